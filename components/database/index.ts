export type { DatabaseArgs } from "./args";
export type { PoolSettings } from "./connection";
export { Database } from "./database";
export { DeletedDatabase } from "./deleted";
export { hasInsights } from "./engines";
export { connectionsCarried } from "./parameters";
export { type DatabasePlan, databaseProblems, planDatabase } from "./plan";
export { type DatabaseOrigin, restoredDatabaseProblems } from "./restore";
export type { DatabaseEngine, DatabaseInsights, DatabaseSpec, DatabaseStorageType } from "./spec";
