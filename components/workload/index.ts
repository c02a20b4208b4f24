export { type RbacObject, type RbacRule, type Reader, readersOf } from "./access-rules";
export { Application, type ApplicationArgs } from "./application";
export { applicationProblems } from "./application-rules";
export type { ApplicationSpec, MigrationSpec } from "./application-spec";
export { PublicIngress, type PublicIngressArgs, type Route } from "./ingress";
export type { IngressSpec, WafSpec } from "./ingress-spec";
export { QueueScaling, type QueueScalingArgs } from "./keda";
export type { NetworkBlocks, NetworkPath, Peer } from "./paths";
export { createServices, type Services, type ServicesArgs } from "./services";
export { type PlatformParts, type ServicesSpec, servicesProblems } from "./services-spec";
export type {
    ProbeSpec,
    QueueDepthSpec,
    ReachSpec,
    ReplicaRange,
    ResourceSpec,
    ScalingSpec,
    SecretKey,
    WorkloadSpec,
} from "./spec";
export type { DataStore, MessageQueue, WorkloadNamespace, WorkloadNetwork } from "./surroundings";
export { Workload, type WorkloadArgs } from "./workload";
