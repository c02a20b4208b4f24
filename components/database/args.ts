import type * as aws from "@pulumi/aws";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Transform } from "../transform";
import type { DatabaseSpec } from "./spec";

export interface DatabaseArgs extends DatabaseSpec, ComponentArgs {
    /** Where it stands: in the isolated subnets. */
    network: DataNetwork;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        primary?: Transform<aws.rds.InstanceArgs>;
        /** Applied to every read replica. */
        replica?: Transform<aws.rds.InstanceArgs>;
        parameterGroup?: Transform<aws.rds.ParameterGroupArgs>;
        subnetGroup?: Transform<aws.rds.SubnetGroupArgs>;
    };
}
