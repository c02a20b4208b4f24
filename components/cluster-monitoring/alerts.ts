import type { Dialect } from "../database";
import type { AlertRule } from "./alert-rule";
import { cacheAlerts } from "./alerts-of-cache";
import { clusterAlerts } from "./alerts-of-cluster";
import { databaseAlerts } from "./alerts-of-database";
import type { ClusterMonitoringSpec } from "./spec";

/** What is monitored besides the cluster. */
export interface Monitored {
    database?: Dialect;
    cache: boolean;
}

/** The alerts for what a platform has. */
export function alertRules(spec: ClusterMonitoringSpec, { database, cache }: Monitored): AlertRule[] {
    return [...clusterAlerts, ...(database ? databaseAlerts(spec)[database] : []), ...(cache ? cacheAlerts(spec) : [])];
}
