import type { Given } from "../settings";
import type { NetworkSpec, networkSettings } from "./spec";

/** A spec of defaults and of what was given, with as many zones as were named. */
export function completeNetwork<Spec extends NetworkSpec>(spec: Spec, given: Given<typeof networkSettings>): Spec {
    return { ...spec, availabilityZones: given.availabilityZones ?? given.zones?.length ?? spec.availabilityZones };
}
