import type { IngressSpec } from "../ingress";
import type { LogGroupsSpec } from "../logs";
import type { WorkloadSpec } from "../workload";

/** All the services of a platform, in plain values. */
export interface ServicesSpec {
    /** The services by name. */
    services: Record<string, WorkloadSpec>;
    /** How they are reached from the internet; undefined for not at all. */
    ingress?: IngressSpec;
    /** How long the services' logs are kept. */
    logs: LogGroupsSpec;
}
