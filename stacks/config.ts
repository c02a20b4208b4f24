import { InvalidSpecError, isRegion, type Problem, problemAt } from "@plinth/components";
import * as pulumi from "@pulumi/pulumi";
import { platformProblems, resolve } from "./resolve";
import { type ReadSettings, readSettings, unknownKey } from "./settings";
import type { PlatformSpec } from "./spec";
import { type TierName, tierNames } from "./tiers";

/** What a configuration comes to: a platform, or all that is wrong with it. */
export type ParsedConfig = { spec: PlatformSpec } | { problems: Problem[] };

/**
 * The platform that the current stack's configuration asks for.
 * @throws InvalidSpecError with every problem of the configuration
 */
export function loadPlatformSpec(): PlatformSpec {
    const stack = pulumi.getStack();
    const parsed = parseConfig(pulumi.runtime.allConfig(), stack, pulumi.getProject());
    if ("problems" in parsed) throw new InvalidSpecError(`Pulumi.${stack}.yaml`, parsed.problems);
    return parsed.spec;
}

/** Reads a stack's whole configuration, as Pulumi hands it out: every value a text, objects as JSON. */
export function parseConfig(raw: Record<string, string>, stack: string, project: string): ParsedConfig {
    const read = readSettings(raw);
    const region = raw["aws:region"] ?? "";
    const identity = { project, stack, region };
    const specs = candidateTiers(read).map((tier) => resolve(read.settings, read.without, tier, identity));
    const problems = [
        ...missingTier(raw),
        ...read.problems,
        ...providerProblems(raw),
        ...strayKeys(raw, project),
        ...common(specs.map((spec) => platformProblems(spec, read.settings))),
    ];
    const [spec] = specs;
    return spec && problems.length === 0 ? { spec } : { problems };
}

/** The tier; or where it isn't known every one, since what is wrong in all of them is wrong whatever was meant. */
function candidateTiers({ settings }: ReadSettings): readonly TierName[] {
    return settings.tier ? [settings.tier] : tierNames;
}

function missingTier(raw: Record<string, string>): Problem[] {
    return raw["plinth:tier"] === undefined ? [problemAt("plinth:tier", "is missing; give dev, staging or prod")] : [];
}

/** Plinth makes its own provider, which reads nothing but the region from the configuration. */
function providerProblems(raw: Record<string, string>): Problem[] {
    const region = raw["aws:region"];
    const others = Object.keys(raw).filter((key) => key.startsWith("aws:") && key !== "aws:region");
    const problems = others.map((key) =>
        problemAt(key, "is not read; give credentials and the like by environment variables"),
    );
    if (region === undefined) return [problemAt("aws:region", "is missing; give one like eu-west-1"), ...problems];
    if (isRegion(region)) return problems;
    return [problemAt("aws:region", `"${region}" is not a region; give one like eu-west-1`), ...problems];
}

/** Keys without a namespace get the project's, which is not Plinth's where the project has another name. */
function strayKeys(raw: Record<string, string>, project: string): Problem[] {
    if (project === "plinth") return [];
    const names = Object.keys(raw).filter((key) => key.startsWith(`${project}:`));
    return names.map((name) => {
        const key = name.slice(project.length + 1);
        return unknownKey(name, key, [key], (known) => `plinth:${known}`);
    });
}

function common(lists: Problem[][]): Problem[] {
    const [first = [], ...others] = lists;
    return first.filter((problem) => others.every((list) => list.some((other) => other.text === problem.text)));
}
