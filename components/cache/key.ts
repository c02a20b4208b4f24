import type { CacheSpec } from "./spec";

/** The arguments of the key of the cache named `displayName`. */
export function cacheKeyArgs(displayName: string, { keyDeletionWindowDays }: Pick<CacheSpec, "keyDeletionWindowDays">) {
    return { purpose: `the cache ${displayName} and its token`, deletionWindowDays: keyDeletionWindowDays };
}
