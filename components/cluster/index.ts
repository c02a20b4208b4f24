export type { SecretsCluster, ServiceAccountRef, WorkloadCluster, WorkloadIdentity } from "./access";
export { type AddonName, addonNames } from "./addon-names";
export { Cluster, type ClusterArgs } from "./cluster";
export type { ClusterNodes } from "./nodes";
export { type ClusterPlan, clusterProblems, type NodeGroupPlan, planCluster } from "./plan";
export {
    type CapacityType,
    type ClusterAccess,
    type ClusterAccessPolicy,
    type ClusterSpec,
    clusterSettings,
} from "./spec";
