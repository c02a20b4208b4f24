import type { Created } from "../../components/testing/mocks";
import { plannedStack } from "../../stacks/testing/planned";
import type { Body } from "./body";

/** The bodies of a stack's dashboards, by their names; of the project in `folder`. */
export async function dashboardsOf(stack: string, folder = "."): Promise<Record<string, Body>> {
    return dashboardsIn((await plannedStack(folder, stack)).created);
}

/** The bodies of the dashboards among resources. */
export function dashboardsIn(resources: readonly Created[]): Record<string, Body> {
    const dashboards = resources.filter(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard");
    const bodies = dashboards.map(({ inputs }): [string, Body] => [
        String(inputs.dashboardName),
        JSON.parse(String(inputs.dashboardBody)) as Body,
    ]);
    // They are made in the order in which their metrics become known.
    return Object.fromEntries(bodies.sort(([one], [other]) => (one < other ? -1 : 1)));
}
