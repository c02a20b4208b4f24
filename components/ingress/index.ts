export { PublicIngress, type PublicIngressArgs, type PublicIngressNodes, type Route } from "./ingress";
export { ingressProblems } from "./rules";
export { type IngressSpec, ingressSettings, type WafSpec } from "./spec";
