import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { toPolicy } from "../pack";
import { rules } from "../rules";
import { type Change, type PlatformName, platform } from "./platform";
import { type Mode, materialise, statedIn } from "./stack";

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
    const declared = change(platform(of));
    const resources = materialise(declared, mode);
    const stated = statedIn(declared);
    return rules.flatMap((rule) => {
        const reports: Report[] = [];
        const policy = toPolicy(rule, stated);
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
    });
}

/** The rules that report a violation, each once. */
export const rulesIn = (reports: readonly Report[]): string[] => [...new Set(reports.map(({ rule }) => rule))];
