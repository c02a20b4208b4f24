import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Rule } from "./rule";
import { stackUrn } from "./stack-graph";
import { problemsOf, type Waiver, waiverFor } from "./waivers";

/** What the configuration of the pack says once, for all rules. */
interface Configuration {
    readonly waivers?: readonly Waiver[];
    /** Trusted identifiers by their key, for every rule that takes it. */
    readonly trusted?: Readonly<Record<string, readonly string[]>>;
}

let current: Configuration = {};
const used = new Set<Waiver>();

/** The identifiers that the configuration trusts under a key of `trustedIds`, for all rules. */
export const trustedUnder = (key: string): readonly string[] => current.trusted?.[key] ?? [];

/** The waiver that holds for a rule on a resource. It counts as used then. */
export function waived(rule: Rule, urn: string): Waiver | undefined {
    const found = waiverFor(current.waivers ?? [], rule, urn, new Date());
    if (found) used.add(found);
    return found;
}

/** Waivers and trusted identifiers, under the name `configuration`. It is the first policy of a pack, so that the rules after it know them. */
export function configuration(rules: readonly Rule[]): StackValidationPolicy & ResourceValidationPolicy {
    return {
        name: "configuration",
        displayName: "Waivers are valid",
        description: "Waivers name a rule and a resource, give a reason and an owner, and end within a year.",
        enforcementLevel: "mandatory",
        severity: "high",
        remediationSteps: "Correct the waiver in the configuration of the policy pack.",
        configSchema: { properties: { waivers: waiversSchema, trusted: trustedSchema(rules) } },
        validateResource: ({ getConfig }) => void set(getConfig<Configuration>()),
        validateStack: ({ resources, getConfig }, report) => {
            set(getConfig<Configuration>());
            for (const problem of problemsOf(current.waivers ?? [], rules, new Date()))
                report(problem, stackUrn(resources));
        },
    };
}

function set(configured: Configuration): void {
    current = configured;
}

/** Names the valid waivers that no resource needed, which are to be deleted. It comes after the rules. */
export function waiversUsed(rules: readonly Rule[]): StackValidationPolicy {
    return {
        name: "waivers-used",
        displayName: "Every waiver is needed",
        description: "Every waiver is needed.",
        enforcementLevel: "advisory",
        severity: "low",
        remediationSteps: "Delete the waiver from the configuration of the policy pack.",
        validateStack: ({ resources }, report) => {
            const valid = (current.waivers ?? []).filter((one) => problemsOf([one], rules, new Date()).length === 0);
            for (const { rule, urn } of valid.filter((waiver) => !isUsed(waiver)))
                report(`the waiver of ${rule} for ${urn} waives nothing in this stack`, stackUrn(resources));
        },
    };
}

/** The SDK may hand out the configuration anew for each policy. */
const isUsed = ({ rule, urn }: Waiver) => [...used].some((one) => one.rule === rule && one.urn === urn);

const words: PolicyConfigJSONSchema = { type: "string", minLength: 1 };
const waiversSchema: PolicyConfigJSONSchema = {
    type: "array",
    description: "Decisions that a rule does not hold for a resource, for a time.",
    items: {
        type: "object",
        required: ["rule", "urn", "reason", "owner", "expires"],
        additionalProperties: false,
        properties: {
            rule: { ...words, description: "The id of the rule." },
            urn: { ...words, description: "The URN of the resource, * for any characters but in all of its name." },
            reason: { ...words, description: "Why the rule does not hold here." },
            owner: { ...words, description: "Who answers for it: a person or a team." },
            expires: { ...words, description: "The last day, such as 2027-03-31, at most a year from now." },
            ticket: { ...words, description: "Where it was decided." },
        },
    },
};

/** Every list of trusted identifiers that some rule takes, each once. */
function trustedSchema(rules: readonly Rule[]): PolicyConfigJSONSchema {
    const lists = rules.flatMap(({ trustedIds = [] }) => trustedIds);
    return {
        type: "object",
        additionalProperties: false,
        description: "Identifiers from outside the stack that every rule accepts which takes them.",
        properties: Object.fromEntries(
            lists.map(({ key, meaning, pattern }) => [
                key,
                { type: "array", description: `Each is ${meaning}.`, items: { type: "string", pattern } },
            ]),
        ),
    };
}
