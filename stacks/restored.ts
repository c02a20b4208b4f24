import {
    type CacheOrigin,
    type DatabaseOrigin,
    type Problem,
    type RestoredSpec,
    restoredCacheProblems,
    restoredDatabaseProblems,
} from "@plinth/components";
import { restoredDefaults } from "./defaults";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";

/** The restored database that a stack asks for. */
export function restoredDatabaseOf({ database }: Settings): RestoredSpec<DatabaseOrigin> | undefined {
    const restored = restoredOf<DatabaseOrigin>(database?.restored);
    const { restoreFrom } = restored ?? {};
    if (!restored || !restoreFrom?.pointInTime) return restored;
    // Pulumi takes a moment in YAML for a moment, quoted or not, and hands it out in the words of Go.
    const pointInTime = restoreFrom.pointInTime.replace(/^(\S+) (\S+) \+0000 UTC$/, "$1T$2Z");
    return { ...restored, restoreFrom: { ...restoreFrom, pointInTime } };
}

/** The restored cache that a stack asks for; without a snapshot it is wrong, and named so. */
export function restoredCacheOf({ cache }: Settings): RestoredSpec<CacheOrigin> | undefined {
    const { restoreFrom, ...own } = cache?.restored ?? {};
    const origin = restoreFrom && { restoreFrom: { snapshot: "", ...restoreFrom } };
    return restoredOf<CacheOrigin>(cache?.restored && { ...own, ...origin });
}

/** A restored data store; without a name it is wrong, and named so. */
function restoredOf<Origin>(own: Partial<RestoredSpec<Origin>> | undefined): RestoredSpec<Origin> | undefined {
    return own && { name: "", ...restoredDefaults, ...own };
}

/** All that is wrong with restored data stores. */
export function restoredStoreProblems(spec: PlatformSpec): Problem[] {
    const { database, restoredDatabase, cache, restoredCache } = spec;
    return [
        ...(database && restoredDatabase
            ? restoredDatabaseProblems(settingName(["database", "restored"]), restoredDatabase, database.engine)
            : []),
        ...(cache && restoredCache
            ? restoredCacheProblems(settingName(["cache", "restored"]), restoredCache, cache)
            : []),
    ];
}
