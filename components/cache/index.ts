export type { CacheArgs } from "./args";
export { Cache } from "./cache";
export type { SpringRedisConfiguration } from "./connection";
export { DeletedCache } from "./deleted";
export type { CacheNodes } from "./nodes";
export { type CachePlan, type CacheTopology, cacheProblems, planCache } from "./plan";
export { type CacheOrigin, cacheOriginSettings, restoredCacheProblems } from "./restore";
export {
    type CacheAuthentication,
    type CacheEngine,
    type CacheLog,
    type CacheSpec,
    cacheSettings,
} from "./spec";
