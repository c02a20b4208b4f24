import type { ElastiCacheClient, ReplicationGroup } from "@aws-sdk/client-elasticache";
import { OpsError } from "../ops-error";
import { tagList } from "../snapshot/commands";
import type { SnapshotSource } from "../snapshot/snapshot";
import { awsConfiguration, withAws } from "../stack/aws";

/** Asks ElastiCache. */
export async function withElastiCache<Result>(
    region: string,
    work: (client: ElastiCacheClient) => Promise<Result>,
): Promise<Result> {
    const { ElastiCacheClient } = await import("@aws-sdk/client-elasticache");
    return withAws(new ElastiCacheClient(awsConfiguration(region)), "ElastiCache", work);
}

/** A cache, as what snapshots are made of. */
export async function cacheSource(client: ElastiCacheClient, name: string): Promise<SnapshotSource> {
    const sdk = await import("@aws-sdk/client-elasticache");
    const group = async () => {
        const { ReplicationGroups: [found] = [] } = await client.send(
            new sdk.DescribeReplicationGroupsCommand({ ReplicationGroupId: name }),
        );
        if (!found) throw new OpsError(`ElastiCache has no replication group ${name}`);
        return found;
    };
    return {
        name,
        status: async () => (await group()).Status ?? "unknown",
        async create(snapshot, tags) {
            const of = nodesOf(await group());
            await client.send(new sdk.CreateSnapshotCommand({ SnapshotName: snapshot, ...of, Tags: tagList(tags) }));
        },
        async find(snapshot) {
            try {
                const { Snapshots: [state] = [] } = await client.send(
                    new sdk.DescribeSnapshotsCommand({ SnapshotName: snapshot }),
                );
                return state && { status: state.SnapshotStatus ?? "unknown" };
            } catch (error) {
                if (error instanceof sdk.SnapshotNotFoundFault) return undefined;
                throw error;
            }
        },
    };
}

/**
 * Of a cache with shards, the whole of it. Without, of one node: a replica where there is one, because the snapshot takes
 * memory and time of its node.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-manual.html
 */
function nodesOf({ ReplicationGroupId, ClusterEnabled, NodeGroups, MemberClusters }: ReplicationGroup) {
    if (ClusterEnabled) return { ReplicationGroupId };
    const members = NodeGroups?.[0]?.NodeGroupMembers ?? [];
    const replica = members.find(({ CurrentRole }) => CurrentRole === "replica") ?? members[0];
    return { CacheClusterId: replica?.CacheClusterId ?? MemberClusters?.[0] };
}
