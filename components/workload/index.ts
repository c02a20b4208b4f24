export { QueueScaling, type QueueScalingArgs } from "./queue-scaling";
export { reachProblems } from "./reach-rules";
export { workloadName, workloadProblems } from "./rules";
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
export { Workload, type WorkloadArgs } from "./workload";
