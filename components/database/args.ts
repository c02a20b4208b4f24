import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Restored } from "../restored";
import type { Transform } from "../transform";
import type { DatabaseOrigin } from "./restore/restore";
import type { DatabaseSpec } from "./spec";

export interface DatabaseArgs extends DatabaseSpec, ComponentArgs {
    /** Where it stands: in the isolated subnets. */
    network: DataNetwork;
    /**
     * Given for a database that was, or is to be, restored. Its first database and its master user are then called as in
     * its origin. An instance's storage has the origin's key: keep that key for as long as the instance exists; a cluster
     * has the component's own. The master user gets the component's own password; the other users have those of then.
     * @default a new, empty database
     * @remarks Given to, or taken from, a living database it replaces it: it is for another component beside it.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-restore-snapshot.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html
     */
    restored?: Restored<DatabaseOrigin<pulumi.Input<string>>>;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
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
