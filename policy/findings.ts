import { writeFileSync } from "node:fs";
import type { StackValidationPolicy } from "@pulumi/policy";
import { type Coverage, coverageOf } from "./coverage";
import type { Rule } from "./rule";
import type { Waiver } from "./waivers";

/** What became of a rule on a resource. `postponed` is what the update judges. */
export interface Recorded {
    readonly rule: string;
    readonly urn: string;
    readonly outcome: "satisfied" | "violated" | "unproved" | "postponed" | "waived";
    readonly reason?: string;
    readonly waiver?: Waiver;
}

/** All of it, as the file holds it. */
export interface Findings {
    readonly findings: readonly Recorded[];
    readonly coverage: Coverage;
}

/** The environment variable with the file that the findings are written to. Without it nothing is kept. */
export const findingsVariable = "PLINTH_POLICY_FINDINGS";

const recorded = new Map<string, Recorded>();

/** Takes note of what became of a rule on a resource. A later note of the same is the one that counts. */
export function record(one: Recorded): void {
    if (process.env[findingsVariable]) recorded.set(`${one.rule} ${one.urn}`, one);
}

/** Writes the findings to a file, for the report. It reports nothing, and is the last policy of a pack. */
export function findingsWritten(rules: readonly Rule[]): StackValidationPolicy {
    return {
        name: "findings",
        displayName: "The findings are written down",
        description: "Writes the findings to the file that PLINTH_POLICY_FINDINGS names. It reports nothing.",
        enforcementLevel: "advisory",
        validateStack: ({ resources }) => {
            const file = process.env[findingsVariable];
            if (!file) return;
            const findings: Findings = { findings: [...recorded.values()], coverage: coverageOf(rules, resources) };
            writeFileSync(file, JSON.stringify(findings));
        },
    };
}
