import * as pulumi from "@pulumi/pulumi";
import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant, AccessPoint, DataClient } from "../client";
import { Component } from "../component";
import { EncryptionKey, StoredSecret } from "../encryption";
import { GuardedPort } from "../network";
import type { DatabaseArgs } from "./args";
import { DatabaseCluster } from "./aurora/aurora";
import { clientEndpoints, type Endpoint, throughProxy } from "./client-access";
import { type Connection, connectionUrl, type PoolSettings, poolSettings } from "./credentials/connection";
import { createUser, type KeptUser, secretValue, type User } from "./credentials/credentials";
import { databaseKeyArgs } from "./credentials/key";
import { currentPassword } from "./credentials/managed-password";
import { DatabaseRotation } from "./credentials/rotation";
import { byPart, createUsers, mapUsers, type OfUsers } from "./credentials/user";
import { dialectOf, engines, isAurora } from "./engines/engines";
import { DatabaseInstances } from "./instances/instances";
import { type DatabasePlan, planDatabase } from "./plan";
import type { ProxyPlan } from "./proxy/plan";
import { DatabaseProxy, proxyGrant } from "./proxy/proxy";
import type { DatabaseServers, DatabaseServersArgs } from "./servers";
import type { DatabaseEngine } from "./spec";

/**
 * A PostgreSQL or MySQL database on RDS or Aurora: private, encrypted with its own key, TLS forced, with generated credentials in Secrets
 * Manager and a client security group. The master user exists at once. The application's and the read-only user exist
 * in the database only after someone has made them with the credentials in their secrets, as `Application` does. In a restored
 * database they exist with the passwords of then, until they are made anew in the same way.
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
     * The group to put a client into. With a proxy its members reach that alone; whoever is to reach the servers too, as read
     * replicas, is put into `server.clientSecurityGroupId` as well.
     */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** Host and port of the proxy, which leads to the writer; undefined without one. */
    public readonly proxyEndpoint?: pulumi.Output<string>;
    /** Host and port of the proxy that lead to the readers of a cluster; undefined without them. */
    public readonly proxyReaderEndpoint?: pulumi.Output<string>;
    /** Where clients write and where they read: through the proxy, as far as it leads there. */
    public readonly clientEndpoints: { writer: Endpoint; reader: Endpoint };
    /** What `allowFrom` opens. */
    public readonly accessPoints: readonly AccessPoint[];
    /** The servers themselves, for what no proxy will do for: making users, and migrations. */
    public readonly server: AccessPoints;
    /** Secret with the master user's credentials; RDS's own, with user name and password alone, where RDS keeps it. */
    public readonly secretArn: pulumi.Output<string>;
    /** Secret with the application's credentials. */
    public readonly applicationSecretArn: pulumi.Output<string>;
    /** Secret with the credentials of the user who only reads. */
    public readonly readOnlySecretArn: pulumi.Output<string>;
    /** The credentials of each user; the master's are not Plinth's where RDS keeps them. */
    public readonly credentials: OfUsers<StoredSecret>;
    /** The engine. */
    public readonly engine: DatabaseEngine;
    /** ARN of the key that encrypts storage, backups and secrets; of a restored instance, its secrets alone. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The writer's identifier; in a cluster, of the server that was the first writer. */
    public readonly instanceId: pulumi.Output<string>;
    /** An Aurora cluster's identifier. */
    public readonly clusterIdentifier?: pulumi.Output<string>;
    /** What AWS calls the writer, or the cluster, for good, as IAM authentication needs it: `db-…` or `cluster-…`. */
    public readonly resourceId: pulumi.Output<string>;
    /** ARN of the writer, or of the cluster: what backups are made of. */
    public readonly arn: pulumi.Output<string>;
    /** ARN of the key that the storage is encrypted with: of a restored database, its origin's. */
    public readonly storageKeyArn: pulumi.Output<string>;
    /**
     * URL of the writer for the master user. A secret. Where passwords change by themselves, it has the one of the last
     * update.
     */
    public readonly connectionUrl: pulumi.Output<string>;
    /** What to give a client's pool for the writer and for a reader. */
    public readonly poolSettings: { writer: PoolSettings; reader: PoolSettings } = poolSettings;

    /** Who was let in, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];

    private readonly args: DatabaseArgs;
    private readonly access: GuardedPort;
    private readonly clients: AccessPoints;

    constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
        const { isolatedSubnetIds, privateSubnetIds = [] } = args.network;
        const plan = planDatabase(name, args, isolatedSubnetIds.length, privateSubnetIds.length);
        super("plinth:database:Database", name, args, options);
        this.args = args;

        const key = this.createKey();
        this.access = this.createAccess();
        const master = this.createMaster();
        const servers = this.createServers(plan, key, master);
        const users = mapUsers(
            createUsers((part) => this.childName(part), master, this.child),
            (part, user) => ({
                user,
                secret: this.createSecret(part, key),
            }),
        );
        this.credentials = mapUsers(users, (_, { secret }) => secret);
        const secrets = byPart(this.credentials);
        const proxy = plan.proxy && this.createProxy(plan.proxy, key, secrets, servers);
        const written = Object.values(byPart(users)).map(({ user, secret }) =>
            secret.write(this.secretValue(user, servers, proxy)),
        );
        proxy?.serve(servers, written);
        const secretArn = servers.managedSecretArn ?? this.credentials.master?.filledArn;
        if (!secretArn) throw new Error("there is no secret of the master user's");
        if (args.rotationDays > 0) this.rotate(key, secrets, servers);

        const toServers = new GrantingAccessPoint(args.port, this.access, this.accessGrants);
        this.server = new AccessPoints([toServers], this.access.clientSecurityGroupId, this.credentials.application);
        this.clients = proxy
            ? throughProxy(args, proxy, toServers, this.accessGrants, this.credentials.application)
            : this.server;
        this.accessPoints = this.clients.accessPoints;
        this.clientEndpoints = clientEndpoints(args, servers, proxy);
        this.proxyEndpoint = proxy && pulumi.interpolate`${proxy.host}:${proxy.port}`;
        this.proxyReaderEndpoint = proxy?.readerHost && pulumi.interpolate`${proxy.readerHost}:${proxy.port}`;
        this.primaryEndpoint = servers.primaryEndpoint;
        this.primaryAddress = servers.primaryAddress;
        this.replicaEndpoints = servers.replicaEndpoints;
        this.readerEndpoint = servers.readerEndpoint;
        this.databaseName = args.databaseName;
        this.port = args.port;
        this.securityGroupId = this.access.securityGroupId;
        this.clientSecurityGroupId = this.clients.clientSecurityGroupId;
        this.secretArn = secretArn;
        this.applicationSecretArn = this.credentials.application.arn;
        this.readOnlySecretArn = this.credentials.readOnly.arn;
        this.engine = args.engine;
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
        this.connectionUrl = connectionUrl(args.engine, this.connection(master.username, password, servers));
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
     * proxy that is the proxy's port, and the servers' only where read replicas are reached past the proxy.
     */
    allowFrom(client: DataClient): void {
        this.clients.allowFrom(client);
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

    private rotate(key: EncryptionKey, secrets: Record<string, StoredSecret>, servers: DatabaseServers): void {
        const args = {
            ...this.args,
            ...this.shared,
            clientSecurityGroupId: this.access.clientSecurityGroupId,
            keyArn: key.keyArn,
            secrets,
            managedSecretArn: servers.managedSecretArn,
        };
        new DatabaseRotation(this.childName("rotation"), args, this.child);
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
                rotated: this.args.rotationDays > 0,
            },
            this.child,
        );
    }

    private secretValue({ username, password }: KeptUser, servers: DatabaseServers, proxy?: DatabaseProxy) {
        return secretValue(
            dialectOf(this.args.engine),
            this.connection(username, password.result, servers),
            servers.replicaAddresses,
            proxy,
        );
    }

    private connection(username: string, password: pulumi.Input<string>, servers: DatabaseServers): Connection {
        return {
            host: servers.primaryAddress,
            port: this.args.port,
            database: this.args.databaseName,
            username,
            password,
        };
    }
}
