import type * as pulumi from "@pulumi/pulumi";
import { type AccessGrant, connection, type DataClient } from "../client";
import { Component } from "../component";
import { EncryptionKey, StoredSecret } from "../encryption";
import { GuardedPort } from "../network";
import type { DatabaseArgs } from "./args";
import { type Connection, connectionUrl, type PoolSettings, poolSettings } from "./connection";
import { createUser, secretValue, type User } from "./credentials";
import { engines } from "./engines";
import { DatabaseInstances } from "./instances";
import { type DatabasePlan, planDatabase } from "./plan";
import type { DatabaseServers, DatabaseServersArgs } from "./servers";
import type { DatabaseEngine } from "./spec";

/**
 * A PostgreSQL or MySQL database on RDS: private, encrypted with its own key, TLS forced, with generated credentials in Secrets
 * Manager and a client security group. The master user exists at once. The application's and the read-only user exist
 * in the database only after someone has made them with the credentials in their secrets, as `Application` does.
 */
export class Database extends Component {
    /** Host and port of the writer. */
    public readonly primaryEndpoint: pulumi.Output<string>;
    /** Host name of the writer. */
    public readonly primaryAddress: pulumi.Output<string>;
    /** Host and port to read from: the first replica's, or the writer's where there is none. */
    public readonly readerEndpoint: pulumi.Output<string>;
    /** Host and port of each read replica. */
    public readonly replicaEndpoints: pulumi.Output<string>[];
    /** Name of the first database. */
    public readonly databaseName: string;
    /** The port that writer and replicas serve. */
    public readonly port: number;
    /** The database's own security group. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** The group to put a client into. */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** Secret with the master user's credentials. */
    public readonly secretArn: pulumi.Output<string>;
    /** Secret with the application's credentials. */
    public readonly applicationSecretArn: pulumi.Output<string>;
    /** Secret with the credentials of the user who only reads. */
    public readonly readOnlySecretArn: pulumi.Output<string>;
    /** The credentials of each user. */
    public readonly credentials: { master: StoredSecret; application: StoredSecret; readOnly: StoredSecret };
    /** The engine. */
    public readonly engine: DatabaseEngine;
    /** ARN of the key that encrypts storage, backups and secrets. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The writer's identifier. */
    public readonly instanceId: pulumi.Output<string>;
    /** What AWS calls the writer for good, as IAM authentication needs it: `db-…`. */
    public readonly resourceId: pulumi.Output<string>;
    /** URL of the writer for the master user. A secret. */
    public readonly connectionUrl: pulumi.Output<string>;
    /** What to give a client's pool for the writer and for a reader. */
    public readonly poolSettings: { writer: PoolSettings; reader: PoolSettings } = poolSettings;

    /** Who was let in, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];

    private readonly args: DatabaseArgs;
    private readonly access: GuardedPort;

    constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planDatabase(name, args, args.network.isolatedSubnetIds.length);
        super("plinth:database:Database", name, args, options);
        this.args = args;

        const key = this.createKey();
        this.access = this.createAccess();
        const master = this.createUser("master", args.masterUsername);
        const servers = this.createServers(plan, key, master);
        const store = (part: string, user: User) => this.storeCredentials(part, user, key, servers);
        const masterSecret = store("master", master);
        const applicationSecret = store("application", this.createUser("application", "application"));
        const readOnlySecret = store("read-only", this.createUser("read-only", "read_only"));

        this.primaryEndpoint = servers.primaryEndpoint;
        this.primaryAddress = servers.primaryAddress;
        this.replicaEndpoints = servers.replicaEndpoints;
        this.readerEndpoint = servers.readerEndpoint;
        this.databaseName = args.databaseName;
        this.port = args.port;
        this.securityGroupId = this.access.securityGroupId;
        this.clientSecurityGroupId = this.access.clientSecurityGroupId;
        this.secretArn = masterSecret.arn;
        this.applicationSecretArn = applicationSecret.arn;
        this.readOnlySecretArn = readOnlySecret.arn;
        this.credentials = { master: masterSecret, application: applicationSecret, readOnly: readOnlySecret };
        this.engine = args.engine;
        this.kmsKeyId = key.keyArn;
        this.instanceId = servers.instanceId;
        this.resourceId = servers.resourceId;
        this.connectionUrl = connectionUrl(args.engine, this.connection(master, servers));
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            replicaEndpoints: this.replicaEndpoints,
            secretArn: this.secretArn,
            applicationSecretArn: this.applicationSecretArn,
            readOnlySecretArn: this.readOnlySecretArn,
            clientSecurityGroupId: this.clientSecurityGroupId,
        });
    }

    /** Lets `client` connect: opens the port to its security group and lets its role read the application's secret. */
    allowFrom(client: DataClient): void {
        this.accessGrants.push(connection(client, this.port));
        if (client.securityGroupId) this.access.allowFrom(client.name, client.securityGroupId);
        if (client.role) this.credentials.application.grantRead({ name: client.name, role: client.role });
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            purpose: `the database ${this.displayName()} and its credentials`,
            deletionWindowDays: this.args.keyDeletionWindowDays,
        };
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

    private createUser(part: string, username: string): User {
        return createUser(this.childName(`${part}-password`), username, this.child);
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
        return new DatabaseInstances(this.childName(), args, this.child);
    }

    private storeCredentials(part: string, user: User, key: EncryptionKey, servers: DatabaseServers): StoredSecret {
        return new StoredSecret(
            this.childName(`${part}-credentials`),
            {
                ...this.shared,
                part: `${part}-credentials`,
                description: `Credentials of the ${part} user of the database ${this.displayName()}`,
                keyArn: key.keyArn,
                recoveryWindowDays: this.args.secretRecoveryWindowDays,
                value: secretValue(this.args.engine, this.connection(user, servers), servers.replicaAddresses),
            },
            this.child,
        );
    }

    private connection(user: User, servers: DatabaseServers): Connection {
        return {
            host: servers.primaryAddress,
            port: this.args.port,
            database: this.args.databaseName,
            username: user.username,
            password: user.password.result,
        };
    }
}
