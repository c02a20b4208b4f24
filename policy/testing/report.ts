import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { type GraphResource, typeTest } from "../graph/graph";
import { readProperty } from "../graph/reading";
import { toPolicy } from "../pack";
import { provedAtPreview } from "../postponed";
import type { Rule } from "../rule";
import { rules } from "../rules";
import { recordInputs } from "../stated";
import { type Change, type PlatformName, platform } from "./platform";
import { type Mode, materialise } from "./stack";

/** A violation as the pack reports it to Pulumi. */
export interface Report {
    readonly rule: string;
    readonly urn: string | undefined;
    readonly message: string;
}

/** Configuration of the pack, by rule: trusted identifiers, and what becomes of what cannot be proved. */
export type Config = Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;

/** Runs every policy of the pack, as Pulumi would, on a platform after a change. */
export function reportsOn(mode: Mode, change: Change, config: Config = {}, of?: PlatformName): Report[] {
    const resources = materialise(change(platform(of)), mode);
    // Of a recorded resource only the outputs are known: what a case sets is recorded as stated.
    for (const { urn, stated } of resources) {
        recordInputs({ urn, props: Object.fromEntries([...(stated ?? [])].map((key) => [key, true])) });
    }
    const expected = rules.filter(({ id }) => !(id in declined));
    return expected.flatMap((rule) => reportsOf(rule, resources, config));
}

/** The line on what the rules leave to the update, which ends a run of the pack. */
export function postponedIn(resources: readonly GraphResource[]): string | undefined {
    let said: string | undefined;
    const args = { resources } as unknown as StackValidationArgs;
    provedAtPreview.validateStack(args, (message) => {
        said = message;
    });
    return said;
}

/** Wishes that the platform does not follow, and why. A program of ours reports them. */
export const declined: Readonly<Record<string, string>> = {
    "database-upgraded": "the version of a database is in the configuration, and changes there",
    "secret-rotated": "rotation is a choice of the configuration, and some secrets have no other end",
};

/** What a resource policy is shown: inputs, hence nothing that AWS fills in, which is unknown and has no source. */
function inputsOf(resource: GraphResource): GraphResource {
    const { props, propertyDependencies: sources } = resource;
    const isGiven = (key: string) =>
        key in sources || resource.stated?.has(key) === true || readProperty(props, key).is !== "unknown";
    const given = Object.keys(props).filter(isGiven);
    return given.length === Object.keys(props).length || resource.type.startsWith("kubernetes:")
        ? resource
        : {
              ...resource,
              props: Object.fromEntries(given.map((key) => [key, Reflect.getOwnPropertyDescriptor(props, key)?.value])),
          };
}

/** Runs the policy of one rule, as Pulumi would. */
export function reportsOf(rule: Rule, resources: readonly GraphResource[], config: Config = {}): Report[] {
    const reports: Report[] = [];
    const isJudged = typeTest(rule.appliesTo);
    const judged = resources.filter(({ type }) => isJudged(type));
    if (judged.length === 0) return reports;
    const policy = toPolicy(rule);
    const getConfig = () => config[rule.id] ?? {};
    const report = (message: string, urn?: string) => void reports.push({ rule: rule.id, urn, message });
    // The pack reads no other arguments than these.
    if ("validateStack" in policy) {
        const args = { resources, stackTags: new Map(), getConfig };
        policy.validateStack(args as unknown as StackValidationArgs, report);
        return reports;
    }
    for (const resource of judged) {
        const args = { ...inputsOf(resource), getConfig } as unknown as ResourceValidationArgs;
        for (const validate of [policy.validateResource ?? []].flat()) validate(args, report);
    }
    return reports;
}

const advisory = new Set(rules.filter(({ enforcement }) => enforcement === "advisory").map(({ id }) => id));

/** The reports of a rule and of mandatory ones: a change that a case makes may go against other wishes besides. */
export const mattering = (reports: readonly Report[], rule?: string): Report[] =>
    reports.filter((one) => one.rule === rule || !advisory.has(one.rule));

/** The rules that report a violation, each once. */
export const rulesIn = (reports: readonly Report[]): string[] => [...new Set(reports.map(({ rule }) => rule))];
