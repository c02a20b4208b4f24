export type { AlertRule } from "./alert-rule";
export type { ClusterMonitoringArgs } from "./args";
export { ClusterMonitoring } from "./cluster-monitoring";
export type { ClusterMonitoringNodes } from "./nodes";
export { clusterMonitoringProblems } from "./rules";
export { type ClusterMonitoringSpec, clusterMonitoringSettings } from "./spec";
