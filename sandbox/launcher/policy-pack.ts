import { existsSync } from "node:fs";
import * as path from "node:path";
import { closest } from "fastest-levenshtein";
import { readIfPresent } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import { readYaml } from "../account/yaml-file";
import type { Layout } from "./layout";

/**
 * The flags for the project's own policy pack, or for `others` where it has none, for the commands that take one, unless the user
 * names others. `policy/config/<stack>.json` is its configuration, of the project or else of the pack, where there is one.
 */
export function policyPackFlags(
    layout: Layout,
    stack: string,
    [command = "", ...flags]: readonly string[],
    others?: string,
): string[] {
    if (!["preview", "up"].includes(command)) return [];
    const isNamed = (flag: string) => flags.some((given) => given === flag || given.startsWith(`${flag}=`));
    const own = path.join(layout.root, "policy");
    const pack = existsSync(path.join(own, "PulumiPolicy.yaml")) ? own : others;
    if (isNamed("--policy-pack") || pack === undefined) return [];
    const config = [own, pack].map((folder) => path.join(folder, "config", `${stack}.json`)).find(existsSync);
    if (isNamed("--policy-pack-config") || config === undefined) return ["--policy-pack", pack];
    const problems = [...problemsOf(config, path.join(pack, "config.schema.json")), ...weakened(config, layout, stack)];
    if (problems.length > 0) throw new SandboxError([`${config} is not valid:`, ...problems].join("\n  "));
    return ["--policy-pack", pack, "--policy-pack-config", config];
}

/**
 * What the engine does not say of a configuration: it ignores a policy that the pack does not have. What a policy's settings may
 * be it checks by itself.
 */
function problemsOf(file: string, schemaFile: string): string[] {
    const config = parsed(file);
    if (config === undefined) return ["it is no JSON object"];
    const schema = parsed(schemaFile) as { properties?: object } | undefined;
    const known = Object.keys(schema?.properties ?? {});
    if (known.length === 0) return [];
    const unknown = Object.keys(config).filter((name) => !known.includes(name));
    return unknown.map((name) => `${name} is no policy of the pack: did you mean ${closest(name, known)}?`);
}

/** Production is not freed of every rule by one word. */
function weakened(file: string, layout: Layout, stack: string): string[] {
    const { all } = (parsed(file) ?? {}) as { all?: unknown };
    const stackFile = path.join(layout.stackFiles, `Pulumi.${stack}.yaml`);
    const { config } = (readYaml(stackFile) ?? {}) as { config?: Record<string, unknown> };
    if (config?.["plinth:tier"] !== "prod" || all === undefined || all === "mandatory") return [];
    return [`all is ${JSON.stringify(all)} in a stack of tier prod: set the level of each rule that is to be weaker`];
}

function parsed(file: string): object | undefined {
    try {
        const value: unknown = JSON.parse(readIfPresent(file) ?? "");
        return typeof value === "object" && value !== null ? value : undefined;
    } catch {
        return undefined;
    }
}
