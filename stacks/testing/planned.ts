import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { PlannedResource } from "@plinth/cost";
import { parse } from "yaml";
import type { Problem } from "../../components";
import { type Created, rehearse, settled } from "../../components/testing/mocks";
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
    const spec = specOf(tier, { tier, ...settings }, region);
    let planned: PlannedResource[] = [];
    await rehearse(true, () => {
        createPlatform(spec, (plan) => {
            planned = plan;
        });
    });
    return planned;
}

/** What a stack comes to under the mocks. */
export interface PlannedStack {
    region: string;
    created: Created[];
    /** What prices depend on. */
    planned: PlannedResource[];
    outputs: Record<string, unknown>;
}

/** What a stack creates by the same mocks, as if AWS had created it: one of the project whose Pulumi.yaml is in `folder`. */
export async function plannedStack(folder: string, stack: string): Promise<PlannedStack> {
    const config = configOf(folder, stack);
    const { name } = parse(readFileSync(path.resolve(folder, "Pulumi.yaml"), "utf8")) as { name: string };
    const region = String(config["aws:region"]);
    const spec = specOf(stack, ownSettings(config), region, name);
    let planned: PlannedResource[] = [];
    const { created, made } = await rehearse(false, () =>
        createPlatform(spec, (plan) => {
            planned = plan;
        }),
    );
    return { region, created, planned, outputs: await settled(made) };
}

/** What a stack with these settings gives its resources, or what is wrong with the settings. */
export async function plannedInputs(
    settings: Readonly<Record<string, unknown>>,
): Promise<{ created: Created[] } | { problems: Problem[] }> {
    const read = parsed(String(settings.tier), settings);
    if ("problems" in read) return read;
    return { created: (await rehearse(true, () => createPlatform(read.spec))).created };
}

function specOf(stack: string, settings: Readonly<Record<string, unknown>>, region = "eu-west-1", project = "plinth") {
    const read = parsed(stack, settings, region, project);
    if ("problems" in read) throw new Error(read.problems.map(({ text }) => text).join("\n"));
    return read.spec;
}

function parsed(stack: string, settings: Readonly<Record<string, unknown>>, region = "eu-west-1", project = "plinth") {
    const raw = Object.entries(settings).map(([key, value]) => [
        `plinth:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return parseConfig({ "aws:region": region, ...Object.fromEntries(raw) }, stack, project);
}

/** What the file of a stack of this repository says under `plinth:`. */
export function settingsOfStack(stack: string): Record<string, unknown> {
    return ownSettings(configOf(".", stack));
}

function configOf(folder: string, stack: string): Record<string, unknown> {
    // Not by this file's own folder, which is another where it is bundled.
    const text = readFileSync(path.resolve(folder, `Pulumi.${stack}.yaml`), "utf8");
    return (parse(text) as { config: Record<string, unknown> }).config;
}

function ownSettings(config: Record<string, unknown>): Record<string, unknown> {
    const own = Object.entries(config).filter(([key]) => key.startsWith("plinth:"));
    return Object.fromEntries(own.map(([key, value]) => [key.slice("plinth:".length), value]));
}
