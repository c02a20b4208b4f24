import type { CacheSpec } from "./spec";

/** How the key of the cache that people call `displayName` is made. */
export function cacheKeyArgs(displayName: string, { keyDeletionWindowDays }: Pick<CacheSpec, "keyDeletionWindowDays">) {
    return { purpose: `the cache ${displayName} and its token`, deletionWindowDays: keyDeletionWindowDays };
}
