import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant, AccessPoint, DataClient } from "../client";
import { Component } from "../component";
import { EncryptionKey, type SecretValue, StoredSecret } from "../encryption";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import { GuardedPort } from "../network";
import { transformed } from "../transform";
import type { CacheArgs } from "./args";
import {
    type CacheConnection,
    connectionUrl,
    containerEnvironment,
    debuggingCommands,
    healthCheckCommand,
    type SpringRedisConfiguration,
    springConfiguration,
} from "./connection";
import { CacheCredentials } from "./credentials";
import { type Dependencies, groupArgs } from "./group-args";
import { createParameterGroup, createSubnetGroup } from "./groups";
import { cacheKeyArgs } from "./key";
import type { CacheNodes } from "./nodes";
import { type CachePlan, cacheWarnings, planCache } from "./plan";
import type { CacheLog } from "./spec";

/**
 * A Redis or Valkey cache on ElastiCache: private, encrypted at rest with its own key and in transit, with its
 * credentials in Secrets Manager and a client security group. Even a single node is a replication group, because ElastiCache
 * offers tokens and TLS only there.
 */
export class Cache extends Component {
    /** Host to write to: the primary's, or in cluster mode the configuration endpoint. */
    public readonly primaryEndpoint: pulumi.Output<string>;
    /** Host to read from, which balances over the replicas; in cluster mode the configuration endpoint. */
    public readonly readerEndpoint: pulumi.Output<string>;
    /** Host that knows the shards; undefined without cluster mode. */
    public readonly configurationEndpoint: pulumi.Output<string> | undefined;
    /** The port that every node serves. */
    public readonly port: number;
    /** `rediss://` URL with the token. A secret. */
    public readonly url: pulumi.Output<string>;
    /** Whether clients authenticate with a token. */
    public readonly authTokenEnabled: boolean;
    /** The cache's own security group. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** The group to put a client into. */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** Endpoint, token and URL, stored in a secret. */
    public readonly credentials: SecretValue;
    /** The user to log in as; undefined with a token. */
    public readonly userName: string | undefined;
    /** Secret with endpoint, token and URL. */
    public readonly secretArn: pulumi.Output<string>;
    /** ARN of the key that encrypts the cache, its snapshots and its secret. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The names of the log groups, by log: `slow-log`, `engine-log`. */
    public readonly logGroupNames: Record<string, string>;
    /** Configuration for a Spring application. Not a secret. */
    public readonly springConfiguration: pulumi.Output<SpringRedisConfiguration>;
    /** Environment variables for a container; the password and the URL among them are secrets. */
    public readonly containerEnvironment: Record<string, pulumi.Output<string>>;
    /** Shell command that succeeds when the cache responds; it needs `containerEnvironment`. */
    public readonly healthCheckCommand: pulumi.Output<string>;
    /** Shell commands to inspect the cache, by what they show. */
    public readonly debuggingCommands: Record<string, pulumi.Output<string>>;
    /** The replication group's identifier. */
    public readonly replicationGroupId: pulumi.Output<string>;
    /** What `allowFrom` opens. */
    public readonly accessPoints: readonly AccessPoint[];

    /** The clients that were given access, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];
    /** The raw resources. */
    public readonly nodes: CacheNodes;

    private readonly args: CacheArgs;
    private readonly access: GuardedPort;
    private readonly clients: AccessPoints;
    private readonly authentication: CacheCredentials;

    constructor(name: string, args: CacheArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planCache(name, args, args.network.isolatedSubnetIds.length);
        super("plinth:cache:Cache", name, args, options);
        this.warn(cacheWarnings(args));
        this.args = args;

        const key = this.createKey();
        this.logGroupNames = Object.fromEntries(plan.logs.map((log) => [log, this.logGroupName(log)]));
        const logs = plan.logs.length > 0 ? this.createLogs() : undefined;
        this.access = this.createAccess();
        const subnetGroup = createSubnetGroup(this.asParent, args);
        const parameterGroup = createParameterGroup(this.asParent, args, plan);
        this.authentication = this.createCredentials();
        const group = this.createReplicationGroup(plan, {
            keyArn: key.keyArn,
            subnetGroupName: subnetGroup.name,
            securityGroupId: this.access.securityGroupId,
            parameterGroupName: parameterGroup.name,
            logGroupNames: this.logGroupNames,
            // The log groups are referred to by name, so Pulumi does not see the dependency.
            dependsOn: logs ? [logs] : [],
        });

        const sharded = args.shards > 0;
        this.configurationEndpoint = sharded ? group.configurationEndpointAddress : undefined;
        this.primaryEndpoint = this.configurationEndpoint ?? group.primaryEndpointAddress;
        this.readerEndpoint = this.configurationEndpoint ?? group.readerEndpointAddress;
        this.port = args.port;
        this.url = connectionUrl(this.primaryEndpoint, this.port, this.authentication);
        this.authTokenEnabled = args.authentication === "token";
        this.credentials = this.storeCredentials(key);
        this.userName = this.authentication.userName;
        this.secretArn = this.credentials.secret.arn;
        this.securityGroupId = this.access.securityGroupId;
        this.clientSecurityGroupId = this.access.clientSecurityGroupId;
        const accessPoint = new GrantingAccessPoint(this.port, this.access, this.accessGrants);
        this.clients = new AccessPoints([accessPoint], this.clientSecurityGroupId, this.credentials.secret);
        this.accessPoints = this.clients.accessPoints;
        this.nodes = {
            ...{ replicationGroup: group, subnetGroup, parameterGroup, key: key.nodes.key },
            ...this.authentication.nodes,
            ...this.access.nodes,
            secret: this.credentials.secret.nodes.secret,
            logGroups: logs?.nodes.groups ?? {},
        };
        this.kmsKeyId = key.keyArn;
        this.replicationGroupId = group.replicationGroupId;
        const connection = this.connection();
        this.springConfiguration = springConfiguration(connection);
        this.containerEnvironment = containerEnvironment(connection);
        this.healthCheckCommand = healthCheckCommand(connection);
        this.debuggingCommands = debuggingCommands(connection);
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            secretArn: this.secretArn,
            clientSecurityGroupId: this.clientSecurityGroupId,
        });
    }

    /** Lets `client` connect: opens the port to its security group and lets its role read the token. */
    allowFrom(client: DataClient): void {
        this.clients.allowFrom(client);
    }

    /**
     * Credentials to see the cache's statistics with: those of a user who may do no more, in a secret of their own. With a
     * token, which allows all that clients may do, there is no such user, and they are the cache's own.
     */
    createMonitoringCredentials(): SecretValue {
        const { monitoring } = this.authentication;
        if (!monitoring) return this.credentials;
        const description = `Credentials of the user who monitors the cache ${this.displayName()}`;
        const secret = this.createSecret("monitoring-credentials", description, this.kmsKeyId);
        return secret.store({ username: monitoring.userName, password: monitoring.password });
    }

    private connection(): CacheConnection {
        return {
            host: this.primaryEndpoint,
            readerHost: this.readerEndpoint,
            port: this.port,
            clusterMode: this.args.shards > 0,
            userName: this.authentication.userName,
            password: this.authentication.password,
            ...{ url: this.url, secretArn: this.secretArn, logGroupNames: this.logGroupNames },
        };
    }

    private createKey(): EncryptionKey {
        const args = { ...this.shared, ...cacheKeyArgs(this.displayName(), this.args) };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    /** Under a path whose groups AWS lets its services write to without a policy for each. */
    private logGroupName(log: CacheLog): string {
        return `/aws/vendedlogs/elasticache/${this.physicalName(nameLimits.logGroup)}/${log}`;
    }

    private createLogs(): LogGroups {
        const args = {
            ...this.shared,
            purpose: `the logs of the cache ${this.displayName()}`,
            names: this.logGroupNames,
            retentionDays: this.args.logRetentionDays,
            keyDeletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new LogGroups(this.childName("logs"), args, this.child);
    }

    private createAccess(): GuardedPort {
        const args = {
            ...this.shared,
            vpcId: this.args.network.vpcId,
            port: this.args.port,
            service: "Redis",
        };
        return new GuardedPort(this.childName("access"), args, this.child);
    }

    private createCredentials(): CacheCredentials {
        const args = { ...this.args, physicalName: this.physicalIdentity };
        return new CacheCredentials(this.childName("auth"), args, this.child);
    }

    private createReplicationGroup(
        plan: CachePlan,
        made: Dependencies & { dependsOn: pulumi.Resource[] },
    ): aws.elasticache.ReplicationGroup {
        const spec = this.args;
        const args: aws.elasticache.ReplicationGroupArgs = {
            replicationGroupId: this.physicalName(nameLimits.replicationGroup),
            description: `The cache ${this.displayName()}`,
            ...groupArgs(spec, plan, made),
            ...this.authentication.groupArgs,
            snapshotName: spec.restored?.restoreFrom?.snapshot,
            finalSnapshotIdentifier: spec.finalSnapshot ? this.physicalName(nameLimits.snapshot, "final") : undefined,
            tags: this.tags(),
        };
        return new aws.elasticache.ReplicationGroup(
            this.childName("replication-group"),
            transformed(spec.transform?.replicationGroup, args),
            { ...this.stateful, dependsOn: made.dependsOn, ignoreChanges: plan.ignoreChanges },
        );
    }

    private storeCredentials(key: EncryptionKey): SecretValue {
        const { userName, password } = this.authentication;
        const description = `Endpoint and credentials of the cache ${this.displayName()}`;
        return this.createSecret("credentials", description, key.keyArn).store({
            engine: this.args.engine,
            host: this.primaryEndpoint,
            readerHost: this.readerEndpoint,
            port: this.port,
            ...(userName ? { username: userName, password } : { authToken: password }),
            url: this.url,
        });
    }

    private createSecret(part: string, description: string, keyArn: pulumi.Input<string>): StoredSecret {
        const recoveryWindowDays = this.args.secretRecoveryWindowDays;
        const args = { ...this.shared, part, description, keyArn, recoveryWindowDays };
        return new StoredSecret(this.childName(part), args, this.child);
    }
}
