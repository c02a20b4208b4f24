export type { ServiceAccountRef, WorkloadCluster } from "./access";
