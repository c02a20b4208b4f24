export { PublicIngress, type PublicIngressArgs, type Route } from "./ingress";
export { ingressProblems } from "./rules";
export type { IngressSpec, WafSpec } from "./spec";
