import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Restored } from "../restored";
import type { Transform } from "../transform";
import type { DatabaseOrigin } from "./restore/restore";
import type { DatabaseSpec } from "./spec";

export interface DatabaseArgs extends DatabaseSpec, ComponentArgs {
    /** The network; the component is placed in its isolated subnets. */
    network: DataNetwork;
    /**
     * Set for a database that was, or will be, restored. Its first database and its master user then have the names of
     * the original. An instance's storage keeps the original's key: keep that key for as long as the instance exists; a cluster
     * uses the component's own key. The master user gets a new password; the other users keep the passwords of the backup.
     * @default a new, empty database
     * @remarks Setting or removing it on an existing database replaces the database. Use it for a second component next to it.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-restore-snapshot.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html
     */
    restored?: Restored<DatabaseOrigin<pulumi.Input<string>>>;
    /**
     * Whether nothing makes the application's and the read-only user in the database. Their passwords are then not rotated: for a
     * user that does not exist that fails.
     * @default false
     */
    usersMissing?: boolean;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: DatabaseTransforms;
}

/** The children of a database whose arguments can be changed. One that the engine does not have is refused. */
export interface DatabaseTransforms {
    primary?: Transform<aws.rds.InstanceArgs>;
    /** Applied to every read replica. */
    replica?: Transform<aws.rds.InstanceArgs>;
    /** Aurora's cluster. */
    cluster?: Transform<aws.rds.ClusterArgs>;
    /** Applied to the writer and every reader of a cluster. */
    server?: Transform<aws.rds.ClusterInstanceArgs>;
    clusterParameterGroup?: Transform<aws.rds.ClusterParameterGroupArgs>;
    parameterGroup?: Transform<aws.rds.ParameterGroupArgs>;
    subnetGroup?: Transform<aws.rds.SubnetGroupArgs>;
    /** The proxy, where there is one. */
    proxy?: Transform<aws.rds.ProxyArgs>;
}
