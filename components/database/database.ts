import * as pulumi from "@pulumi/pulumi";
import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant, AccessPoint, DataClient } from "../client";
import { Component } from "../component";
import { EncryptionKey, type SecretValue, StoredSecret } from "../encryption";
import { GuardedPort } from "../network";
import type { DatabaseArgs } from "./args";
import { DatabaseCluster } from "./aurora/aurora";
import { clientEndpoints, throughProxy } from "./client-access";
import { connectionTo, connectionUrl, type PoolSettings, poolSettings } from "./credentials/connection";
import { createUser, secretValue, type User } from "./credentials/credentials";
import { databaseKeyArgs } from "./credentials/key";
import { currentPassword } from "./credentials/managed-password";
import { DatabaseRotation } from "./credentials/rotation";
import { byPart, createUsers, mapUsers, monitoringUser, type OfUsers } from "./credentials/user";
import { engines, isAurora } from "./engines/engines";
import { DatabaseInstances } from "./instances/instances";
import type { DatabaseNodes } from "./nodes";
import { type DatabasePlan, databaseWarnings, planDatabase } from "./plan";
import type { ProxyPlan } from "./proxy/plan";
import { DatabaseProxy, proxyGrant } from "./proxy/proxy";
import type { DatabaseServers, DatabaseServersArgs, Endpoint } from "./servers";
import type { DatabaseEngine } from "./spec";

/**
 * A PostgreSQL or MySQL database on RDS or Aurora: private, encrypted with its own key, TLS forced, with generated credentials in Secrets
 * Manager and a client security group. The master user exists immediately. The application's and the read-only user exist
 * in the database only after they have been created with the credentials in their secrets, as `Application` does. In a restored
 * database they exist with the passwords of the backup, until they are updated in the same way.
 */
export class Database extends Component {
    /** Host and port of the writer. */
    public readonly primaryEndpoint: pulumi.Output<string>;
    /** Host name of the writer. */
    public readonly primaryAddress: pulumi.Output<string>;
    /** Host and port to read from: the first replica's or any of a cluster's readers', or the writer's where there is none. */
    public readonly readerEndpoint: pulumi.Output<string>;
    /** Host and port of each read replica, or of each reader of a cluster; a failover makes one of those the writer. */
    public readonly replicaEndpoints: pulumi.Output<string>[];
    /** Name of the first database. */
    public readonly databaseName: string;
    /** The port that writer and replicas serve. */
    public readonly port: number;
    /** The servers' own security group. */
    public readonly securityGroupId: pulumi.Output<string>;
    /**
     * The group to put a client into. With a proxy its members reach only the proxy; a client that must also reach the servers,
     * for example read replicas, needs `server.clientSecurityGroupId` as well.
     */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** Host and port of the proxy, which connects to the writer; undefined without one. */
    public readonly proxyEndpoint?: pulumi.Output<string>;
    /** Host and port of the proxy's endpoint for the readers of a cluster; undefined without them. */
    public readonly proxyReaderEndpoint?: pulumi.Output<string>;
    /** Where clients write and where they read: through the proxy where it connects there. */
    public readonly clientEndpoints: { writer: Endpoint; reader: Endpoint };
    /** What `allowFrom` opens. */
    public readonly accessPoints: readonly AccessPoint[];
    /** The servers themselves, for work that cannot use a proxy: creating users, and migrations. */
    public readonly server: AccessPoints;
    /** Secret with the master user's credentials; where RDS manages it, it has user name and password only. */
    public readonly secretArn: pulumi.Output<string>;
    /** Secret with the application's credentials. */
    public readonly applicationSecretArn: pulumi.Output<string>;
    /** Secret with the credentials of the user who only reads. */
    public readonly readOnlySecretArn: pulumi.Output<string>;
    /** The credentials of each user; without the master's where RDS manages them. */
    public readonly credentials: OfUsers<SecretValue>;
    /** Names of the users besides the master. */
    public readonly users: { application: string; readOnly: string };
    /** The engine. */
    public readonly engine: DatabaseEngine;
    /** Certificates, in PEM, of the authorities that sign the servers' certificates; undefined where none are given. */
    public readonly authorities: string | undefined;
    /** ARN of the key that encrypts storage, backups and secrets; of a restored instance, its secrets alone. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The writer's identifier; in a cluster, of the server that was the first writer. */
    public readonly instanceId: pulumi.Output<string>;
    /** An Aurora cluster's identifier. */
    public readonly clusterIdentifier?: pulumi.Output<string>;
    /** The identifier of the writer, or of the cluster, that never changes, as IAM authentication needs it: `db-…` or `cluster-…`. */
    public readonly resourceId: pulumi.Output<string>;
    /** ARN of the writer, or of the cluster: what backups are made of. */
    public readonly arn: pulumi.Output<string>;
    /** ARN of the key that the storage is encrypted with: of a restored database, its origin's. */
    public readonly storageKeyArn: pulumi.Output<string>;
    /**
     * URL of the writer for the master user. A secret. With rotation it has the password of the last update.
     */
    public readonly connectionUrl: pulumi.Output<string>;
    /** What to give a client's pool for the writer and for a reader. */
    public readonly poolSettings: { writer: PoolSettings; reader: PoolSettings } = poolSettings;

    /** Name of the function that rotates the passwords; undefined where they are not rotated. */
    public readonly rotationFunctionName?: string;

    /** The clients that were given access, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];
    /** The raw resources. */
    public readonly nodes: DatabaseNodes;

    private readonly args: DatabaseArgs;
    private readonly access: GuardedPort;
    private readonly clients: AccessPoints;
    private readonly servers: DatabaseServers;
    private readonly key: EncryptionKey;

    constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
        const { isolatedSubnetIds, privateSubnetIds = [] } = args.network;
        const plan = planDatabase(name, args, isolatedSubnetIds.length, privateSubnetIds.length);
        super("plinth:database:Database", name, args, options);
        this.warn([...databaseWarnings(args), ...missingUsersWarning(args)]);
        this.args = args;

        const key = this.createKey();
        this.access = this.createAccess();
        const master = this.createMaster();
        const servers = this.createServers(plan, key, master);
        const users = mapUsers(
            createUsers((part) => this.childName(part), master, args.users, this.child),
            (part, user) => ({
                user,
                secret: this.createSecret(part, key),
            }),
        );
        this.key = key;
        this.servers = servers;
        const secrets = mapUsers(users, (_, { secret }) => secret);
        const unconnected = plan.proxy && this.createProxy(plan.proxy, key, byPart(secrets), servers);
        const rotated = (part: string) => args.rotationDays > 0 && (part === "master" || !args.usersMissing);
        this.credentials = mapUsers(users, (part, { user, secret }) =>
            secret.store(
                secretValue(
                    args,
                    connectionTo(args, servers, user.username, user.password.result),
                    servers,
                    unconnected,
                ),
                { rotated: rotated(part) },
            ),
        );
        const values = byPart(this.credentials);
        const proxy = unconnected?.connect(servers, Object.values(values));
        const secretArn = servers.managedSecretArn ?? this.credentials.master?.secretArn;
        if (!secretArn) throw new Error("the master user has no secret");
        const rotatedValues = Object.fromEntries(Object.entries(values).filter(([part]) => rotated(part)));
        if (args.rotationDays > 0) this.rotationFunctionName = this.rotate(key, rotatedValues, servers).functionName;

        const application = this.credentials.application.secret;
        const toServers = new GrantingAccessPoint(args.port, this.access, this.accessGrants);
        this.server = new AccessPoints([toServers], this.access.clientSecurityGroupId, application);
        this.clients = proxy ? throughProxy(args, proxy, toServers, this.accessGrants, application) : this.server;
        this.accessPoints = this.clients.accessPoints;
        this.clientEndpoints = clientEndpoints(args, servers, proxy);
        this.proxyEndpoint = proxy && pulumi.interpolate`${proxy.host}:${proxy.port}`;
        this.proxyReaderEndpoint = proxy?.readerHost && pulumi.interpolate`${proxy.readerHost}:${proxy.port}`;
        this.nodes = {
            ...servers.nodes,
            ...this.access.nodes,
            key: key.nodes.key,
            secrets: mapUsers(secrets, (_, { nodes }) => nodes.secret),
            proxy: proxy?.nodes,
        };
        this.primaryEndpoint = servers.primaryEndpoint;
        this.primaryAddress = servers.primaryAddress;
        this.replicaEndpoints = servers.replicaEndpoints;
        this.readerEndpoint = servers.readerEndpoint;
        this.databaseName = args.databaseName;
        this.port = args.port;
        this.securityGroupId = this.access.securityGroupId;
        this.clientSecurityGroupId = this.clients.clientSecurityGroupId;
        this.secretArn = secretArn;
        this.applicationSecretArn = application.arn;
        this.readOnlySecretArn = this.credentials.readOnly.secret.arn;
        this.users = { application: args.users.application, readOnly: args.users.readOnly };
        this.engine = args.engine;
        this.authorities = args.authorities;
        this.kmsKeyId = key.keyArn;
        this.instanceId = servers.instanceId;
        this.clusterIdentifier = servers.clusterIdentifier;
        this.resourceId = servers.resourceId;
        this.arn = servers.arn;
        this.storageKeyArn = servers.storageKeyArn;
        const password =
            master.password && args.rotationDays === 0
                ? master.password.result
                : currentPassword(secretArn, { parent: this });
        this.connectionUrl = connectionUrl(args.engine, connectionTo(args, servers, master.username, password));
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            replicaEndpoints: this.replicaEndpoints,
            proxyEndpoint: this.proxyEndpoint,
            proxyReaderEndpoint: this.proxyReaderEndpoint,
            secretArn: this.secretArn,
            applicationSecretArn: this.applicationSecretArn,
            readOnlySecretArn: this.readOnlySecretArn,
            clientSecurityGroupId: this.clientSecurityGroupId,
        });
    }

    /**
     * Lets `client` connect: opens the port to its security group and lets its role read the application's secret. With a
     * proxy that is the proxy's port, and the servers' port only where read replicas are reached without the proxy.
     */
    allowFrom(client: DataClient): void {
        this.clients.allowFrom(client);
    }

    /**
     * Credentials of a user who may see the server's statistics and no data, in a secret of their own. Like the others, the
     * user exists in the database once it has been created with them. Its password is not rotated: what monitors a
     * database reads it once, when it starts.
     */
    createMonitoringUser(): SecretValue {
        const { username, password } = createUser(this.childName("monitoring-password"), monitoringUser, this.child);
        const connection = connectionTo(this.args, this.servers, username, password.result);
        return this.createSecret("monitoring", this.key).store(secretValue(this.args, connection, this.servers));
    }

    private createKey(): EncryptionKey {
        const args = { ...this.shared, ...databaseKeyArgs(this.displayName(), this.args) };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    private createAccess(): GuardedPort {
        const args = {
            ...this.shared,
            vpcId: this.args.network.vpcId,
            port: this.args.port,
            service: engines[this.args.engine].label,
        };
        return new GuardedPort(this.childName("access"), args, this.child);
    }

    private createMaster(): User {
        const { masterPassword, masterUsername: username } = this.args;
        return masterPassword === "managed"
            ? { username }
            : createUser(this.childName("master-password"), username, this.child);
    }

    private createServers(plan: DatabasePlan, key: EncryptionKey, master: User): DatabaseServers {
        const args: DatabaseServersArgs = {
            ...this.args,
            ...this.shared,
            plan,
            keyArn: key.keyArn,
            securityGroupId: this.access.securityGroupId,
            master,
        };
        const Servers = isAurora(this.args.engine) ? DatabaseCluster : DatabaseInstances;
        return new Servers(this.childName(), args, this.child);
    }

    private rotate(
        key: EncryptionKey,
        secrets: Record<string, SecretValue>,
        servers: DatabaseServers,
    ): DatabaseRotation {
        const args = {
            ...this.args,
            ...this.shared,
            clientSecurityGroupId: this.access.clientSecurityGroupId,
            keyArn: key.keyArn,
            secrets,
            managedSecretArn: servers.managedSecretArn,
        };
        return new DatabaseRotation(this.childName("rotation"), args, this.child);
    }

    private createProxy(
        plan: ProxyPlan,
        key: EncryptionKey,
        secrets: Record<string, StoredSecret>,
        { managedSecretArn }: DatabaseServers,
    ): DatabaseProxy {
        const args = {
            ...this.args,
            ...{ platform: this.platform, physicalName: `${this.physicalIdentity}-proxy` },
            ...{ plan, secrets, managedSecretArn, keyArn: key.keyArn, transform: this.args.transform?.proxy },
            serverClientSecurityGroupId: this.access.clientSecurityGroupId,
        };
        this.accessGrants.push(proxyGrant(this.args.port));
        return new DatabaseProxy(this.childName("proxy"), args, this.child);
    }

    private createSecret(part: string, key: EncryptionKey): StoredSecret {
        return new StoredSecret(
            this.childName(`${part}-credentials`),
            {
                ...this.shared,
                part: `${part}-credentials`,
                description: `Credentials of the ${part} user of the database ${this.displayName()}`,
                keyArn: key.keyArn,
                recoveryWindowDays: this.args.secretRecoveryWindowDays,
            },
            this.child,
        );
    }
}

/** Said at preview, since nothing fails before the first client logs in. */
function missingUsersWarning({ usersMissing, users, rotationDays }: DatabaseArgs): string[] {
    if (!usersMissing) return [];
    const rotation = rotationDays > 0 ? ", and only the master's password is rotated" : "";
    return [
        `nothing makes the users ${users.application} and ${users.readOnly}, for there is no cluster${rotation}: ` +
            "run `npm run ops -- <stack> database users`, then set plinth:database.users.madeByHand to true",
    ];
}
