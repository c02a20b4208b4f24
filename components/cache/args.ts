import type * as aws from "@pulumi/aws";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Restored } from "../restored";
import type { Transform } from "../transform";
import type { CacheOrigin } from "./restore";
import type { CacheSpec } from "./spec";

export interface CacheArgs extends CacheSpec, ComponentArgs {
    /** Where it stands: in the isolated subnets. */
    network: DataNetwork;
    /**
     * Given for a cache that was, or is to be, restored. It has a key, a token and clients of its own.
     * @default a new, empty cache
     * @remarks Of a living cache it changes nothing, neither given nor taken away: AWS can only fill a new one, so it is for
     * another component beside it.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
     */
    restored?: Restored<CacheOrigin>;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        replicationGroup?: Transform<aws.elasticache.ReplicationGroupArgs>;
        parameterGroup?: Transform<aws.elasticache.ParameterGroupArgs>;
        subnetGroup?: Transform<aws.elasticache.SubnetGroupArgs>;
    };
}
