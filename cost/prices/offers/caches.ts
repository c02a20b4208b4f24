import { classes } from "./classes";
import { gigabyteMonth, hour, type PriceRule } from "./rule";

export const caches: readonly PriceRule[] = [
    ...Object.entries({ redis: "Redis", valkey: "Valkey" }).map(
        ([engine, name]): PriceRule => ({
            ...{ offer: "AmazonElastiCache", key: `cache/${engine}/*`, usage: ["NodeUsage:*"], ...hour },
            ...{ where: { "Cache Engine": [name] }, classes: classes.cache },
        }),
    ),
    { offer: "AmazonElastiCache", key: "cache-backup", usage: ["ElastiCache:BackupUsage"], ...gigabyteMonth },
];
