export type { WorkloadArgs, WorkloadNodes } from "./args";
export { QueueScaling, type QueueScalingArgs } from "./queue-scaling";
export { reachProblems } from "./reach-rules";
export { workloadName, workloadProblems } from "./rules";
export {
    type ProbeSpec,
    type QueueDepthSpec,
    type ReachSpec,
    type ReplicaRange,
    type ResourceSpec,
    type ScalingSpec,
    type SecretKey,
    type WorkloadSpec,
    workloadSettings,
} from "./spec";
export { Workload } from "./workload";
