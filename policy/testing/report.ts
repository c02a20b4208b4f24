import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { GraphResource } from "../graph/graph";
import { toPolicy } from "../pack";
import type { Rule } from "../rule";
import { rules } from "../rules";
import { type Change, type PlatformName, platform } from "./platform";
import { type Mode, materialise } from "./stack";

/** A violation as the pack reports it to Pulumi. */
export interface Report {
    readonly rule: string;
    readonly urn: string | undefined;
    readonly message: string;
}

/** Configuration of the pack: trusted identifiers by rule. */
export type Config = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Runs every policy of the pack, as Pulumi would, on a platform after a change. */
export function reportsOn(mode: Mode, change: Change, config: Config = {}, of?: PlatformName): Report[] {
    const resources = materialise(change(platform(of)), mode);
    return rules.flatMap((rule) => reportsOf(rule, resources, config));
}

/** Runs the policy of one rule, as Pulumi would. */
export function reportsOf(rule: Rule, resources: readonly GraphResource[], config: Config = {}): Report[] {
    const reports: Report[] = [];
    const policy = toPolicy(rule);
    const getConfig = () => config[rule.id] ?? {};
    const report = (message: string, urn?: string) => void reports.push({ rule: rule.id, urn, message });
    // The pack reads no other arguments than these.
    if ("validateStack" in policy) {
        const args = { resources, stackTags: new Map(), getConfig };
        policy.validateStack(args as unknown as StackValidationArgs, report);
        return reports;
    }
    for (const resource of resources) {
        const args = { ...resource, getConfig } as unknown as ResourceValidationArgs;
        for (const validate of [policy.validateResource ?? []].flat()) validate(args, report);
    }
    return reports;
}

/** The rules that report a violation, each once. */
export const rulesIn = (reports: readonly Report[]): string[] => [...new Set(reports.map(({ rule }) => rule))];
