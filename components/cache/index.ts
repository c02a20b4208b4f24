export { Cache, type CacheArgs } from "./cache";
export type { SpringRedisConfiguration } from "./connection";
export { type CachePlan, type CacheTopology, cacheProblems, planCache } from "./plan";
export type { CacheAuthentication, CacheEngine, CacheLog, CacheSpec } from "./spec";
