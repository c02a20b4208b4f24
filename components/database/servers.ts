import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseArgs } from "./args";
import type { User } from "./credentials/credentials";
import type { DatabaseServerNodes } from "./nodes";
import type { DatabasePlan } from "./plan";

/** Where something listens. */
export interface Endpoint {
    host: pulumi.Output<string>;
    port: number;
}

/** The servers of a database: instances or an Aurora cluster. */
export interface DatabaseServers {
    /** Host and port of the writer. */
    primaryEndpoint: pulumi.Output<string>;
    /** Host name of the writer. */
    primaryAddress: pulumi.Output<string>;
    /** Host and port to read from; the writer's where there is nothing else. */
    readerEndpoint: pulumi.Output<string>;
    /** The host name of that. */
    readerAddress: pulumi.Output<string>;
    /** Host and port of each server that only reads. */
    replicaEndpoints: pulumi.Output<string>[];
    /** Host names to read from: of each replica, or the one endpoint for all readers of a cluster. */
    replicaAddresses: pulumi.Output<string>[];
    /** The writer's identifier. */
    instanceId: pulumi.Output<string>;
    /** An Aurora cluster's identifier. */
    clusterIdentifier?: pulumi.Output<string>;
    /** The identifier of the writer, or of the cluster, that never changes: `db-…` or `cluster-…`. */
    resourceId: pulumi.Output<string>;
    /** ARN of the writer, or of the cluster: what backups are made of. */
    arn: pulumi.Output<string>;
    /** ARN of the key that the storage is encrypted with: of a restored database, its origin's. */
    storageKeyArn: pulumi.Output<string>;
    /** Secret of the master user that RDS manages; undefined where Plinth generates the password. */
    managedSecretArn?: pulumi.Output<string>;
    /** The raw resources. */
    nodes: DatabaseServerNodes;
}

/** The database's arguments, and the resources that it created before the servers. */
export interface DatabaseServersArgs extends DatabaseArgs {
    plan: DatabasePlan;
    /** The key of storage, backups and Performance Insights data. */
    keyArn: pulumi.Input<string>;
    /** The servers' security group. */
    securityGroupId: pulumi.Input<string>;
    /** The user that is created with the database; without a password where RDS manages it. */
    master: User;
}
