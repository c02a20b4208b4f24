import { defaultsOf } from "@plinth/components/settings";
import { type Estimate, estimate } from "../estimate";
import type { PlannedResource } from "../plan/resource";
import { type Usage, usageSettings } from "../usage";

/** The amounts that are assumed where a stack gives none. */
const assumedUsage: Usage = defaultsOf(usageSettings, { tier: "dev" });

/** A planned resource of no component. */
export function planned(
    type: string,
    inputs: Readonly<Record<string, unknown>> = {},
    sources: PlannedResource["sources"] = {},
    name = type.split(":").pop() ?? "",
): PlannedResource {
    return { type, name, component: name, inputs, sources };
}

/** What resources cost in a month, by default in Ireland and with the assumed use. */
export function priced(
    plan: readonly PlannedResource[],
    {
        region = "eu-west-1",
        usage = {},
        today = "2026-11-26",
    }: { region?: string; usage?: Partial<Usage>; today?: string } = {},
): Estimate {
    return estimate(plan, { region, usage: { ...assumedUsage, ...usage }, today });
}
