export { type PlatformParts, servicesProblems } from "./rules";
export {
    createServices,
    environmentsOf,
    type Services,
    type ServicesArgs,
    withSecretEnvironments,
} from "./services";
export type { ServicesSpec } from "./spec";
