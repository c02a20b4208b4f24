import { hourly, type PricedType, times, used } from "../priced-type";

/** A cache: each of its nodes, and snapshots beyond the newest. */
const replicationGroup: PricedType = {
    reads: [
        ...["engine", "nodeType", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup"],
        "snapshotRetentionLimit",
    ],
    charges: (own, { usage }) => {
        const engine = own.text("engine") ?? "redis";
        const nodeType = own.text("nodeType") ?? "";
        const shards = own.number("numNodeGroups") ?? 1;
        const perShard = 1 + (own.number("replicasPerNodeGroup") ?? 0);
        const nodes = own.number("numCacheClusters") ?? shards * perShard;
        return [
            hourly(`cache/${engine}/${nodeType}`, `${times(nodes)}${nodeType}, ${engine}`, nodes),
            ...((own.number("snapshotRetentionLimit") ?? 0) > 0
                ? [used("cacheBackupGb", usage.cacheBackupGb, "cache-backup", "snapshots beyond the newest")]
                : []),
        ];
    },
};

export const caches: Readonly<Record<string, PricedType>> = {
    "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
};
