export type { DatabaseArgs, DatabaseTransforms } from "./args";
export type { AuroraOptions, ReaderAutoscaling, ServerlessCapacity } from "./aurora/spec";
export type { Endpoint } from "./client-access";
export type { PoolSettings } from "./credentials/connection";
export { Database } from "./database";
export { type Dialect, dialectOf, hasInsights, isAurora } from "./engines/engines";
export { connectionsCarried } from "./parameters/parameters";
export { type DatabasePlan, databaseProblems, planDatabase } from "./plan";
export { databasePorts } from "./proxy/plan";
export type { DatabaseProxySpec, SessionPinningFilter } from "./proxy/spec";
export { DeletedDatabase } from "./restore/deleted";
export { type DatabaseOrigin, restoredDatabaseProblems } from "./restore/restore";
export type {
    AuroraEngine,
    AuroraStorageType,
    DatabaseEngine,
    DatabaseInsights,
    DatabaseSpec,
    DatabaseStorageType,
    InstanceStorageType,
    MasterPassword,
} from "./spec";
