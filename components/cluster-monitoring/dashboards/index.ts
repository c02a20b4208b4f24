import type { Monitored } from "../alerts";
import { cacheDashboard } from "./cache";
import { clusterDashboard } from "./cluster";
import { mysqlDashboard } from "./mysql";
import { type DashboardSpec, dashboard } from "./panel";
import { postgresDashboard } from "./postgres";

/** The dashboards for what a platform has. */
export function dashboardSpecs({ database, cache }: Monitored): DashboardSpec[] {
    const ofDatabase = { postgres: postgresDashboard, mysql: mysqlDashboard };
    return [clusterDashboard, ...(database ? [ofDatabase[database]] : []), ...(cache ? [cacheDashboard] : [])];
}

/** The files that Grafana reads them from, by name. */
export function dashboardFiles(monitored: Monitored): Record<string, string> {
    const files = dashboardSpecs(monitored).map((spec) => [`${spec.uid}.json`, JSON.stringify(dashboard(spec))]);
    return Object.fromEntries(files);
}
