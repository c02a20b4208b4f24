import { argumentProblems } from "../settings";
import type { Problem } from "../validation";
import { type ClusterMonitoringSpec, clusterMonitoringSettings } from "./spec";

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function clusterMonitoringProblems(where: string, spec: ClusterMonitoringSpec): Problem[] {
    return argumentProblems(where, clusterMonitoringSettings, spec);
}
