import type * as aws from "@pulumi/aws";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Transform } from "../transform";
import type { DatabaseSpec } from "./spec";

export interface DatabaseArgs extends DatabaseSpec, ComponentArgs {
    /** Where it stands: in the isolated subnets. */
    network: DataNetwork;
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
}
