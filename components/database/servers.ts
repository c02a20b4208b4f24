import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseArgs } from "./args";
import type { User } from "./credentials";
import type { DatabasePlan } from "./plan";

/** What serves a database, whatever it is made of. */
export interface DatabaseServers {
    /** Host and port of the writer. */
    primaryEndpoint: pulumi.Output<string>;
    /** Host name of the writer. */
    primaryAddress: pulumi.Output<string>;
    /** Host and port to read from; the writer's where there is nothing else. */
    readerEndpoint: pulumi.Output<string>;
    /** Host and port of each server that only reads. */
    replicaEndpoints: pulumi.Output<string>[];
    /** Host name of each server that only reads. */
    replicaAddresses: pulumi.Output<string>[];
    /** The writer's identifier. */
    instanceId: pulumi.Output<string>;
    /** What AWS calls the writer for good: `db-…`. */
    resourceId: pulumi.Output<string>;
}

/** What servers are made from: the database's arguments, and what it made before them. */
export interface DatabaseServersArgs extends DatabaseArgs {
    plan: DatabasePlan;
    /** The key of storage, backups and of what Performance Insights keeps. */
    keyArn: pulumi.Input<string>;
    /** The group that opens the port. */
    securityGroupId: pulumi.Input<string>;
    /** The user who is made with the database. */
    master: User;
}
