import {
    InvalidSpecError,
    type Problem,
    problemAt,
    regionFault,
    settingProblems,
    type TierName,
    tierNames,
    unknownKey,
} from "@plinth/components";
import * as pulumi from "@pulumi/pulumi";
import { knownKeys, type PlatformSpec, resolvePlatform } from "./resolve";
import { stackSettings } from "./stack-settings";

// The SDK exports it, and leaves it out of its declarations.
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

/** What a configuration comes to: a platform, or all that is wrong with it. */
export type ParsedConfig = { spec: PlatformSpec } | { problems: Problem[] };

const prefix = "plinth:";

/**
 * The platform that the current stack's configuration asks for.
 * @throws InvalidSpecError with every problem of the configuration
 */
export function loadPlatformSpec(): PlatformSpec {
    const stack = pulumi.getStack();
    const raw = pulumi.runtime.allConfig();
    const secret = Object.keys(raw).filter((key) => isConfigSecret(key));
    const parsed = parseConfig(raw, stack, pulumi.getProject(), secret);
    if ("problems" in parsed) throw new InvalidSpecError(`Pulumi.${stack}.yaml`, parsed.problems);
    return parsed.spec;
}

/**
 * Reads a stack's whole configuration, as Pulumi returns it: every value is text, objects as JSON.
 * @param secret the keys that are secret or hold a secret
 */
export function parseConfig(
    raw: Record<string, string>,
    stack: string,
    project: string,
    secret: readonly string[] = [],
): ParsedConfig {
    const config = decode(raw);
    const hidden = Object.keys(config).filter((key) => hasHiddenKey(config[key]));
    const secretKeys = secret.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    const identity = { project, stack, region: raw["aws:region"] ?? "", secretKeys };
    const tierProblems = settingProblems(prefix, stackSettings.pick({ tier: true }), { tier: config.tier });
    const resolved = candidateTiers(config.tier).map((tier) => resolvePlatform(config, tier, identity));
    const problems = [
        ...tierProblems,
        ...providerProblems(raw),
        ...strayKeys(raw, project),
        ...hidden.map((key) => problemAt(prefix + key, 'has a setting or a name "__proto__"; leave it out')),
        ...common(resolved.map((one) => one.problems)),
    ];
    const [first] = resolved;
    return first && problems.length === 0 ? { spec: first.spec } : { problems };
}

/** What stands under `plinth:`. Whatever was an object or a list is JSON. */
function decode(raw: Record<string, string>): Record<string, unknown> {
    const own = Object.entries(raw).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), decodeValue(text)]));
}

function decodeValue(text: string): unknown {
    if (!/^(\{|\[|true$|false$)/.test(text)) return text;
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Whether a name is among the settings that JavaScript would take for something else: it changes an object, and is not seen in it. */
function hasHiddenKey(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasHiddenKey);
}

/** The tier; or where it is not known every one, since what is wrong in all of them is wrong whatever was meant. */
function candidateTiers(tier: unknown): readonly TierName[] {
    const known = tierNames.find((name) => name === tier);
    return known ? [known] : tierNames;
}

/** Plinth makes its own provider, which reads nothing but the region from the configuration. */
function providerProblems(raw: Record<string, string>): Problem[] {
    const region = raw["aws:region"];
    const others = Object.keys(raw).filter((key) => key.startsWith("aws:") && key !== "aws:region");
    const problems = others.map((key) =>
        problemAt(key, "is not read; give credentials and the like by environment variables"),
    );
    if (region === undefined) return [problemAt("aws:region", "is missing; give one like eu-west-1"), ...problems];
    const fault = regionFault(region);
    return fault === undefined ? problems : [problemAt("aws:region", fault), ...problems];
}

/** Keys without a namespace get the project's, which is not Plinth's where the project has another name. */
function strayKeys(raw: Record<string, string>, project: string): Problem[] {
    if (project === "plinth") return [];
    const names = Object.keys(raw).filter((key) => key.startsWith(`${project}:`));
    return names.map((name) => {
        const key = name.slice(project.length + 1);
        const known = knownKeys().includes(key) ? [key] : knownKeys();
        return unknownKey(name, key, known, (other) => prefix + other);
    });
}

function common(lists: Problem[][]): Problem[] {
    const [first = [], ...others] = lists;
    return first.filter((problem) => others.every((list) => list.some((other) => other.text === problem.text)));
}
