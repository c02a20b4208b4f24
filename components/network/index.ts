export type { DataNetwork, InterfaceEndpoints, NetworkArgs, PlatformNetwork } from "./args";
export { type ExistingNetworkSpec, existingNetwork, existingNetworkProblems } from "./existing";
export { GuardedPort, type GuardedPortArgs, type GuardedPortNodes } from "./guarded-port";
export { Network } from "./network";
export type { NetworkNodes } from "./nodes";
export { type NetworkPlan, networkProblems, planNetwork } from "./plan";
export {
    type AdditionalSubnetsSpec,
    type FlowLogTraffic,
    flowLogTraffics,
    type NatGateways,
    type NetworkSpec,
    type SubnetKind,
    subnetKinds,
} from "./spec";
