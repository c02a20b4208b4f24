import type { Restored, RestoredSpec } from "../restored";
import { restoredProblems } from "../restored";
import { type Problem, type Rule, violations } from "../validation";
import type { CacheSpec } from "./spec";

/** What a cache is restored from. */
export interface CacheOrigin {
    /**
     * The name of a snapshot: of a daily one, of the final one of a deleted cache, or of one that was taken by hand. It has
     * to be of the same account and region, and ElastiCache reads it with the key that wrote it: where that is pending
     * deletion, cancel its deletion first. One of a cache with shards takes `shards` of 1 or more; how many is free.
     */
    snapshot: string;
}

const originRules: Rule<CacheOrigin>[] = [
    {
        // ElastiCache's names of snapshots are an identifier's, or begin with automatic. where AWS took them.
        at: "snapshot",
        when: ({ snapshot }) => !/^(automatic\.)?[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/i.test(snapshot),
        say: ({ snapshot }) =>
            `"${snapshot}" is not the name of a snapshot; give one like shop-prod-cache-final or automatic.shop-prod-cache-2026-11-20-02-00`,
    },
];

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
        ...(restoreFrom ? violations(`${where}.restoreFrom`, restoreFrom, originRules) : []),
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
