import type {
    ApplicationSpec,
    BackupSpec,
    CacheOrigin,
    CacheSpec,
    ClusterSpec,
    DatabaseOrigin,
    DatabaseSpec,
    ExistingNetworkSpec,
    IngressSpec,
    NetworkSpec,
    PlatformContext,
    QueueSpec,
    RegistrySpec,
    RestoredSpec,
    WorkloadSpec,
} from "@plinth/components";
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
    /** The VPC that stands in the place of `network`; undefined for a new one. */
    existingNetwork?: ExistingNetworkSpec;
    /** What may connect to database and cache, by name: members of a security group that someone else made. */
    clients: Record<string, { securityGroupId: string }>;
    /** Undefined for a platform without a database. */
    database?: DatabaseSpec;
    /** A restored database beside the living one; undefined for none. */
    restoredDatabase?: RestoredSpec<DatabaseOrigin>;
    /** What AWS Backup does for the database; undefined for nothing. */
    backup?: BackupSpec;
    /** Undefined for a platform without a cache. */
    cache?: CacheSpec;
    /** A restored cache beside the living one; undefined for none. */
    restoredCache?: RestoredSpec<CacheOrigin>;
    /** Undefined for a platform without a cluster. */
    cluster?: ClusterSpec;
    /** The repositories of the cluster's images; undefined where there is no cluster. */
    registry?: RegistrySpec;
    /** Queues by name. */
    queues: Record<string, QueueSpec>;
    /** What the workloads share; undefined for a platform without a cluster. */
    application?: ApplicationSpec;
    /** The services by name. */
    services: Record<string, WorkloadSpec>;
    /** How they are reached from the internet; undefined for not at all. */
    ingress?: IngressSpec;
}
