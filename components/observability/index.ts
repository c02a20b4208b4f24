export type { AlarmPlan, Comparison, CompositePlan, MissingData } from "./alarm";
export type { WatchedAddress } from "./alarms/address";
export type { WatchedCache } from "./alarms/cache";
export type { WatchedCluster } from "./alarms/cluster";
export type { WatchedDatabase, WatchedServer } from "./alarms/database";
export type { WatchedLoadBalancer } from "./alarms/load-balancer";
export type { WatchedEndpoint, WatchedNetwork } from "./alarms/network";
export type { WatchedQueue } from "./alarms/queue";
export type { WatchedTopic } from "./alarms/topic";
export type { EventNodes, WatchedBackup, WatchedRegistry } from "./events";
export { type AlarmKind, type AlarmKindName, alarmKinds } from "./kinds";
export type { LogNodes, WatchedLogs } from "./logs";
export type { Metric, Statistic } from "./metric";
export { Observability, type ObservabilityArgs, type ObservabilityNodes } from "./observability";
export type { Watched } from "./plan";
export { observabilityProblems } from "./rules";
export { type ObservabilitySpec, observabilitySettings } from "./spec";
export {
    watchCache,
    watchCluster,
    watchDatabase,
    watchLoadBalancer,
    watchLogs,
    watchNetwork,
    watchQueue,
} from "./watch";
