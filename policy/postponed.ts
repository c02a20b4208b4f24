import type { StackValidationPolicy } from "@pulumi/policy";
import { stackUrn } from "./stack-graph";

/** A resource of which a rule cannot prove something at preview. The update judges it. */
export interface Postponed {
    readonly rule: string;
    readonly name: string;
}

/** What the rules postponed since `provedAtPreview` last spoke of it. */
const postponed: Postponed[] = [];

/** Takes note of what `provedAtPreview` reports, which runs after the rules in the same process. */
export function postpone(one: Postponed): void {
    postponed.push(one);
}

/**
 * Names, in one line, the resources of which a rule cannot prove something before the update. Its level says what that means:
 * `mandatory` refuses a program that cannot be proved whole. It is the last policy of a pack.
 */
export const provedAtPreview: StackValidationPolicy = {
    name: "proved-at-preview",
    displayName: "All that the rules judge is known at preview",
    description: "All that the rules judge is known at preview.",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps: "Write policy documents with names that the program gives, instead of outputs.",
    validateStack: ({ resources }, report) => {
        const found = postponed.splice(0);
        if (found.length > 0) report(summaryOf(found), stackUrn(resources));
    },
};

function summaryOf(found: readonly Postponed[]): string {
    const resources = [...new Set(found.map(({ name }) => name))];
    const rules = [...new Set(found.map(({ rule }) => rule))];
    return (
        `what these rules judge is not known before the update, which judges it then: ${rules.join(", ")}. ` +
        `It is about ${resources.join(", ")}`
    );
}
