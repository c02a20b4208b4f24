import { defaultsOf, observabilitySettings } from "@plinth/components";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../components/observability/dashboards/body";
import { planDashboards } from "../components/observability/dashboards/plan";
import { planObservability } from "../components/observability/plan";
import { settled } from "../components/testing/mocks";
import { everything } from "../components/testing/watched";
import { bodyProblems } from "../sandbox/providers/aws/types/cloudwatch/dashboard-body";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const dashboards = planDashboards(everything, planObservability(everything, spec), spec.runbooks);

describe.each(dashboards)("the dashboard $part", ({ widgets }) => {
    it("has a body as CloudWatch documents it, in the size that it takes", async () => {
        const alarmArn = (part: string) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${part}`;
        const body = await settled(bodyOf(widgets, { region: "eu-west-1", alarmArn }));
        expect(bodyProblems(body)).toEqual([]);
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
        for (const widget of widgets) if (widget.kind === "graph") expect(widget.lines.length).toBeLessThanOrEqual(500);
        expect(widgets.length).toBeLessThanOrEqual(500);
    });
});
