export type { DataStore, MessageQueue, WorkloadNamespace, WorkloadNetwork } from "./dependencies";
export type { NetworkCidrs, NetworkPath, Peer } from "./network-path";
export type { PodSecurityGroup } from "./pod-security-group";
