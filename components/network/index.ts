export type { DataNetwork, InterfaceEndpoints, NetworkArgs, PlatformNetwork } from "./args";
export { completeNetwork } from "./defaults";
export { existingNetwork, existingNetworkProblems } from "./existing";
export { GuardedPort, type GuardedPortArgs, type GuardedPortNodes } from "./guarded-port";
export { Network } from "./network";
export type { NetworkNodes } from "./nodes";
export { type NetworkPlan, networkProblems, planNetwork } from "./plan";
export {
    type AdditionalSubnetsSpec,
    type ExistingNetworkSpec,
    existingNetworkSettings,
    type FlowLogTraffic,
    type NatGateways,
    type NetworkSpec,
    networkSettings,
    type SubnetKind,
    subnetKinds,
} from "./spec";
