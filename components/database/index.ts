export type { DatabaseArgs, DatabaseTransforms } from "./args";
export type { AuroraOptions, ReaderAutoscaling, ServerlessCapacity } from "./aurora-spec";
export type { PoolSettings } from "./connection";
export { Database } from "./database";
export { DeletedDatabase } from "./deleted";
export { type Dialect, dialectOf, hasInsights, isAurora } from "./engines";
export { connectionsCarried } from "./parameters";
export { type DatabasePlan, databaseProblems, planDatabase } from "./plan";
export { databasePorts } from "./proxy-plan";
export type { DatabaseProxySpec, SessionPinningFilter } from "./proxy-spec";
export { type DatabaseOrigin, restoredDatabaseProblems } from "./restore";
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
export type { Endpoint } from "./ways-in";
