import type { PlannedResource } from "@plinth/cost";
import { rehearse } from "../../components/testing/mocks";
import { parseConfig } from "../config";
import { createPlatform } from "../platform";

/**
 * What a stack of `tier` creates, by Pulumi's mocks: no engine and no provider, so in a fraction of a second.
 * @param settings what stands under `plinth:`
 */
export async function plannedResources(
    tier: string,
    settings: Readonly<Record<string, unknown>> = {},
    region = "eu-west-1",
): Promise<PlannedResource[]> {
    const raw = Object.entries({ ...settings, tier }).map(([key, value]) => [
        `plinth:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const read = parseConfig({ "aws:region": region, ...Object.fromEntries(raw) }, tier, "plinth");
    if ("problems" in read) throw new Error(read.problems.map(({ text }) => text).join("\n"));
    const { spec } = read;
    let planned: PlannedResource[] = [];
    await rehearse(true, () => {
        createPlatform(spec, (plan) => {
            planned = plan;
        });
    });
    return planned;
}
