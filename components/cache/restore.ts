import type { z } from "zod";
import type { Restored, RestoredSpec } from "../restored";
import { restoredProblems } from "../restored";
import { argumentProblems, matching, settings } from "../settings";
import { type Problem, type Rule, violations } from "../validation";
import type { CacheSpec } from "./spec";

/** What a cache is restored from. */
export const cacheOriginSettings = settings({
    /**
     * The name of a snapshot: a daily one, the final one of a deleted cache, or one that was taken by hand. It has to be of the
     * same account and region, and ElastiCache reads it with the key that wrote it: where that is pending deletion, cancel its
     * deletion first. One of a cache with shards needs `shards` of 1 or more; how many is free.
     */
    snapshot: matching(
        // An identifier, with automatic. in front where AWS took the snapshot.
        /^(automatic\.)?[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/i,
        "the name of a snapshot",
        "shop-prod-cache-final",
    ),
});

export type CacheOrigin = z.output<typeof cacheOriginSettings>;

/** What a spec says of a restore. */
type Restoring = Pick<CacheSpec, "clusterModeMigration"> & { restored?: Restored<CacheOrigin> };

/** AWS takes a cache into cluster mode in steps of a living one. */
const migrationRule: Rule<Restoring> = {
    at: "restoreFrom",
    when: ({ clusterModeMigration, restored }) =>
        clusterModeMigration !== undefined && restored?.restoreFrom !== undefined,
    say: ({ clusterModeMigration }) =>
        `makes a new cache, which clusterModeMigration: ${clusterModeMigration} is not for; finish that first`,
};

/** All that is wrong with what a cache is restored from; `where` stands in front of the names of fields. */
export function originProblems(where: string, spec: Restoring): Problem[] {
    const { restoreFrom } = spec.restored ?? {};
    return [
        ...violations(where, spec, [migrationRule]),
        ...(restoreFrom ? argumentProblems(`${where}.restoreFrom`, cacheOriginSettings, restoreFrom) : []),
    ];
}

/** All that is wrong with a restored cache; `where` stands in front of the names of fields. */
export function restoredCacheProblems(
    where: string,
    spec: RestoredSpec<CacheOrigin>,
    { clusterModeMigration }: CacheSpec,
): Problem[] {
    const restored = { restoreFrom: spec.restoreFrom };
    return [...restoredProblems(where, spec), ...originProblems(where, { clusterModeMigration, restored })];
}
