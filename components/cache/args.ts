import type * as aws from "@pulumi/aws";
import type { ComponentArgs } from "../component";
import type { DataNetwork } from "../network";
import type { Restored } from "../restored";
import type { Transform } from "../transform";
import type { CacheOrigin } from "./restore";
import type { CacheSpec } from "./spec";

export interface CacheArgs extends CacheSpec, ComponentArgs {
    /** The network; the component is placed in its isolated subnets. */
    network: DataNetwork;
    /**
     * Set for a cache that was, or will be, restored from a snapshot. It has its own key, token and clients.
     * @default a new, empty cache
     * @remarks Setting or removing it on an existing cache changes nothing, because AWS can only fill a new one. Use it for a second
     * component next to the existing one.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
     */
    restored?: Restored<CacheOrigin>;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        replicationGroup?: Transform<aws.elasticache.ReplicationGroupArgs>;
        parameterGroup?: Transform<aws.elasticache.ParameterGroupArgs>;
        subnetGroup?: Transform<aws.elasticache.SubnetGroupArgs>;
    };
}
