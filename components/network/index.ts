export { GuardedPort, type GuardedPortArgs } from "./guarded-port";
export { type DataNetwork, Network, type NetworkArgs } from "./network";
export { type NetworkPlan, networkProblems, planNetwork } from "./plan";
export { type NatGateways, type NetworkSpec, type SubnetKind, subnetKinds } from "./spec";
