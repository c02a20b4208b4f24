import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseArgs } from "./args";
import type { User } from "./credentials/credentials";
import type { DatabasePlan } from "./plan";

/** What serves a database, whatever it is made of. */
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
    /** Host names to read from: of each replica, or the one that stands for all readers of a cluster. */
    replicaAddresses: pulumi.Output<string>[];
    /** The writer's identifier. */
    instanceId: pulumi.Output<string>;
    /** An Aurora cluster's identifier. */
    clusterIdentifier?: pulumi.Output<string>;
    /** What AWS calls the writer, or the cluster, for good: `db-…` or `cluster-…`. */
    resourceId: pulumi.Output<string>;
    /** ARN of the writer, or of the cluster: what backups are made of. */
    arn: pulumi.Output<string>;
    /** ARN of the key that the storage is encrypted with: of a restored database, its origin's. */
    storageKeyArn: pulumi.Output<string>;
    /** Secret that RDS keeps of the master user; undefined where its password was given. */
    managedSecretArn?: pulumi.Output<string>;
}

/** What servers are made from: the database's arguments, and what it made before them. */
export interface DatabaseServersArgs extends DatabaseArgs {
    plan: DatabasePlan;
    /** The key of storage, backups and of what Performance Insights keeps. */
    keyArn: pulumi.Input<string>;
    /** The group that opens the port. */
    securityGroupId: pulumi.Input<string>;
    /** The user who is made with the database; without a password where RDS is to make and keep one. */
    master: User;
}
