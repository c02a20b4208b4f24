export { type PlatformParts, servicesProblems } from "./rules";
export { createServices, type Services, type ServicesArgs } from "./services";
export type { ServicesSpec } from "./spec";
