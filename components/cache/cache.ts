import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant, AccessPoint, DataClient } from "../client";
import { Component } from "../component";
import { EncryptionKey, StoredSecret } from "../encryption";
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
import { cacheKeyArgs } from "./key";
import { type CachePlan, planCache } from "./plan";
import type { CacheLog } from "./spec";

/**
 * A Redis or Valkey cache on ElastiCache: private, encrypted at rest with its own key and in transit, with its
 * credentials in Secrets Manager and a client security group. Even a single node is a replication group, as ElastiCache has
 * tokens and TLS nowhere else.
 */
export class Cache extends Component {
    /** Host to write to: the primary's, or in cluster mode the configuration endpoint. */
    public readonly primaryEndpoint: pulumi.Output<string>;
    /** Host to read from, which spreads over the replicas; in cluster mode the configuration endpoint. */
    public readonly readerEndpoint: pulumi.Output<string>;
    /** Host that knows the shards; undefined without cluster mode. */
    public readonly configurationEndpoint: pulumi.Output<string> | undefined;
    /** The port that every node serves. */
    public readonly port: number;
    /** `rediss://` URL with the token. A secret. */
    public readonly url: pulumi.Output<string>;
    /** Whether clients have to show a token. */
    public readonly authTokenEnabled: boolean;
    /** The cache's own security group. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** The group to put a client into. */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** The secret with endpoint, token and URL. */
    public readonly credentials: StoredSecret;
    /** The user to log in as; undefined with a token. */
    public readonly userName: string | undefined;
    /** Secret with endpoint, token and URL. */
    public readonly secretArn: pulumi.Output<string>;
    /** ARN of the key that encrypts the cache, its snapshots and its secret. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The names of the log groups, by log: `slow-log`, `engine-log`. */
    public readonly logGroupNames: Record<string, string>;
    /** What a Spring application is configured with. Not a secret. */
    public readonly springConfiguration: pulumi.Output<SpringRedisConfiguration>;
    /** Environment variables for a container; the password and the URL among them are secrets. */
    public readonly containerEnvironment: Record<string, pulumi.Output<string>>;
    /** Shell command that succeeds where the cache serves, with that environment. */
    public readonly healthCheckCommand: pulumi.Output<string>;
    /** Shell commands to look into the cache with, by what they tell. */
    public readonly debuggingCommands: Record<string, pulumi.Output<string>>;
    /** The replication group's identifier. */
    public readonly replicationGroupId: pulumi.Output<string>;
    /** What `allowFrom` opens. */
    public readonly accessPoints: readonly AccessPoint[];

    /** Who was let in, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];

    private readonly args: CacheArgs;
    private readonly access: GuardedPort;
    private readonly clients: AccessPoints;
    private readonly authentication: CacheCredentials;

    constructor(name: string, args: CacheArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planCache(name, args, args.network.isolatedSubnetIds.length);
        super("plinth:cache:Cache", name, args, options);
        this.args = args;

        const key = this.createKey();
        this.logGroupNames = Object.fromEntries(plan.logs.map((log) => [log, this.logGroupName(log)]));
        const logs = plan.logs.length > 0 ? [this.createLogs()] : [];
        this.access = this.createAccess();
        const subnetGroup = this.createSubnetGroup();
        const parameterGroup = this.createParameterGroup(plan);
        this.authentication = this.createCredentials();
        const group = this.createReplicationGroup(plan, {
            keyArn: key.keyArn,
            subnetGroupName: subnetGroup.name,
            securityGroupId: this.access.securityGroupId,
            parameterGroupName: parameterGroup.name,
            logGroupNames: this.logGroupNames,
            // ElastiCache takes names, which say nothing of what has to be there first.
            dependsOn: logs,
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
        this.secretArn = this.credentials.arn;
        this.securityGroupId = this.access.securityGroupId;
        this.clientSecurityGroupId = this.access.clientSecurityGroupId;
        const way = new GrantingAccessPoint(this.port, this.access, this.accessGrants);
        this.clients = new AccessPoints([way], this.clientSecurityGroupId, this.credentials);
        this.accessPoints = this.clients.accessPoints;
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

    private createSubnetGroup(): aws.elasticache.SubnetGroup {
        const args: aws.elasticache.SubnetGroupArgs = {
            name: this.physicalName(nameLimits.subnetGroup),
            description: "Isolated subnets",
            subnetIds: this.args.network.isolatedSubnetIds,
            tags: this.tags(),
        };
        return new aws.elasticache.SubnetGroup(
            this.childName("subnet-group"),
            transformed(this.args.transform?.subnetGroup, args),
            this.child,
        );
    }

    private createParameterGroup(plan: CachePlan): aws.elasticache.ParameterGroup {
        const args: aws.elasticache.ParameterGroupArgs = {
            name: this.physicalName(nameLimits.parameterGroup, plan.parameterGroupPart),
            family: plan.parameterFamily,
            description: `Parameters for ${plan.parameterFamily}`,
            parameters: plan.parameters,
            tags: this.tags(plan.parameterGroupPart),
        };
        return new aws.elasticache.ParameterGroup(
            this.childName("parameter-group"),
            transformed(this.args.transform?.parameterGroup, args),
            this.child,
        );
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

    private storeCredentials(key: EncryptionKey): StoredSecret {
        const { userName, password } = this.authentication;
        return new StoredSecret(
            this.childName("credentials"),
            {
                ...this.shared,
                part: "credentials",
                description: `Endpoint and credentials of the cache ${this.displayName()}`,
                keyArn: key.keyArn,
                recoveryWindowDays: this.args.secretRecoveryWindowDays,
                value: {
                    engine: this.args.engine,
                    host: this.primaryEndpoint,
                    readerHost: this.readerEndpoint,
                    port: this.port,
                    ...(userName ? { username: userName, password } : { authToken: password }),
                    url: this.url,
                },
            },
            this.child,
        );
    }
}
