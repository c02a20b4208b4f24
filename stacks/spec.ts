import type { CacheSpec, DatabaseSpec, NetworkSpec, PlatformContext, QueueSpec } from "@plinth/components";
import type { TierName } from "./tiers";

/** A whole platform in plain values: the stack's configuration over its tier's defaults. */
export interface PlatformSpec {
    tier: TierName;
    /** The AWS region, such as `eu-west-1`. */
    region: string;
    /** The account that the stack may be made in; undefined for whatever account the credentials belong to. */
    accountId?: string;
    platform: PlatformContext;
    network: NetworkSpec;
    /** Undefined for a platform without a database. */
    database?: DatabaseSpec;
    /** Undefined for a platform without a cache. */
    cache?: CacheSpec;
    /** Queues by name. */
    queues: Record<string, QueueSpec>;
}
