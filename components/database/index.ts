export type { DatabaseArgs, DatabaseTransforms } from "./args";
export type { ReaderAutoscaling, ServerlessCapacity } from "./aurora/spec";
export type { PoolSettings } from "./credentials/connection";
export { Database } from "./database";
export { completeDatabase } from "./defaults";
export { type Dialect, dialectOf, hasInsights, isAurora } from "./engines/engines";
export type { DatabaseNodes } from "./nodes";
export { connectionsCarried } from "./parameters/parameters";
export { type DatabasePlan, databaseProblems, planDatabase } from "./plan";
export { databasePorts } from "./proxy/plan";
export { type DatabaseProxySpec, databaseProxySettings, type SessionPinningFilter } from "./proxy/spec";
export { DeletedDatabase } from "./restore/deleted";
export {
    type DatabaseOrigin,
    databaseOriginSettings,
    pointInTimeOf,
    restoredDatabaseProblems,
} from "./restore/restore";
export type { Endpoint } from "./servers";
export {
    type AuroraEngine,
    type AuroraStorageType,
    type DatabaseEngine,
    type DatabaseInsights,
    type DatabaseSpec,
    type DatabaseStorageType,
    databaseSettings,
    type InstanceStorageType,
    type MasterPassword,
} from "./spec";
