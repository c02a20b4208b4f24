import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Parent } from "../../component";
import { nameLimits } from "../../naming";
import { type BodyContext, bodyOf } from "./body";
import type { DashboardPlan } from "./widget";

/** Creates dashboards as children of `parent`, by their parts of names. */
export function createDashboards(
    parent: Parent,
    plans: readonly DashboardPlan[],
    context: BodyContext,
): Record<string, aws.cloudwatch.Dashboard> {
    const dashboards = plans.map(({ part, widgets }): [string, aws.cloudwatch.Dashboard] => [
        part,
        new aws.cloudwatch.Dashboard(
            parent.childName(`${part}-dashboard`),
            {
                dashboardName: parent.physicalName(nameLimits.dashboard, part),
                dashboardBody: pulumi.jsonStringify(bodyOf(widgets, context)),
            },
            parent.options,
        ),
    ]);
    return Object.fromEntries(dashboards);
}
