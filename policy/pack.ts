import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { trustedUnder, waived } from "./configuration";
import { type Recorded, record } from "./findings";
import type { Graph } from "./graph/graph";
import { postpone } from "./postponed";
import type { Rule } from "./rule";
import { graphOf, ofInputs } from "./stack-graph";
import type { Verdict } from "./verdict";

/** A rule's verdict on one resource. */
export interface Finding {
    readonly name: string;
    readonly urn: string;
    readonly verdict: Verdict;
}

/** Judges every resource that the rule applies to. */
export function judge(rule: Rule, graph: Graph, trusted: ReadonlySet<string> = new Set()): Finding[] {
    return graph
        .ofTypes(rule.appliesTo)
        .map((view) => ({ name: view.name, urn: view.urn, verdict: rule.judge(view, trusted) }));
}

/** The line under the rule's title in Pulumi's output. */
function messageOf(rule: Rule, name: string, verdict: Exclude<Verdict, { is: "satisfied" }>): string {
    if (verdict.is === "violated") return `${name}: ${verdict.reason}. Remedy: ${rule.remedy}`;
    const keys = (rule.trustedIds ?? []).map(({ key }) => key);
    const remedy =
        keys.length > 0
            ? `${rule.remedy} Identifiers from outside the stack can be listed under ${keys.join(" or ")} in the policy's configuration.`
            : rule.remedy;
    return `${name}: cannot be proved: ${verdict.reason}. Remedy: ${remedy}`;
}

/**
 * The rule as a Pulumi policy.
 *
 * Most are stack policies: only these see the edges between resources, which are all that is known of an id at the first
 * preview. They run at the end of a preview, so a violation stops `pulumi up` before anything is created. With
 * --skip-preview they run after everything is created. One policy per rule gives each its own level and configuration.
 * `stated` tells unknown inputs from what AWS fills in; without it, the edges do.
 *
 * A rule on policy documents is a resource policy too: in an update, only that sees a document before it takes effect.
 */
export function toPolicy(rule: Rule): StackValidationPolicy | ResourceValidationPolicy {
    const policy = policyOf(rule);
    types.set(policy, rule.appliesTo);
    return policy;
}

const types = new WeakMap<object, readonly string[]>();

/** The types that the policy of a rule applies to; undefined for another policy. */
export const typesOf = (policy: object): readonly string[] | undefined => types.get(policy);

function policyOf(rule: Rule): StackValidationPolicy | ResourceValidationPolicy {
    const policy = {
        name: rule.id,
        displayName: rule.title,
        // The SDK puts the description and a line break before each message.
        description: `${rule.title}.`,
        enforcementLevel: rule.enforcement,
        severity: rule.severity,
        remediationSteps: rule.remedy,
        tags: controlIds(rule),
        configSchema: configSchemaOf(rule),
    } satisfies Omit<StackValidationPolicy, "validateStack">;
    const reportAll = (graph: Graph, config: Config, report: ReportViolation) => {
        const keys = (rule.trustedIds ?? []).map(({ key }) => key);
        const trusted = new Set(keys.flatMap((key) => [...(config[key] ?? []), ...trustedUnder(key)]));
        for (const { name, urn, verdict } of judge(rule, graph, trusted)) {
            const outcome = outcomeOf(rule, urn, verdict, config);
            record({ rule: rule.id, urn, ...outcome });
            if (verdict.is === "satisfied" || outcome.outcome === "waived") continue;
            if (outcome.outcome === "postponed") postpone({ rule: rule.id, name });
            else report(messageOf(rule, name, verdict), urn);
        }
    };
    if (rule.judges === "inputs") {
        return {
            ...policy,
            validateResource: (args, report) => {
                if (rule.appliesTo.includes(args.type)) reportAll(ofInputs(args), args.getConfig<Config>(), report);
            },
        };
    }
    const reported = new Set<string>();
    const ofStack: StackValidationPolicy = {
        ...policy,
        validateStack: (args, report) =>
            reportAll(graphOf(args.resources), args.getConfig<Config>(), (message, urn) => {
                if (!reported.has(urn ?? "")) report(message, urn);
            }),
    };
    return rule.judgesDocuments ? { ...ofStack, ...onEachDocument(rule, reported) } : ofStack;
}

/** Reports the known documents that violate the rule, and takes note of them. */
function onEachDocument(rule: Rule, reported: Set<string>): Pick<ResourceValidationPolicy, "validateResource"> {
    return {
        validateResource: (args, report) => {
            if (!rule.appliesTo.includes(args.type)) return;
            for (const { name, urn, verdict } of judge(rule, ofInputs(args))) {
                if (verdict.is !== "violated" || waived(rule, urn)) continue;
                reported.add(urn);
                report(messageOf(rule, name, verdict));
            }
        },
    };
}

/** What the configuration of a rule can say. */
type Config = Readonly<Record<string, readonly string[] | undefined>> & { readonly onUnproved?: "report" | "postpone" };

/** The meaning of `onUnproved`, for the schema and the documentation. */
export const onUnproved =
    "`report` what cannot be proved at preview at the level of the rule, or `postpone` it to the update, which judges it then, " +
    "with one line of `proved-at-preview`. By default policy documents are postponed that are not known because they name resources of the stack.";

function configSchemaOf({ trustedIds = [] }: Rule): NonNullable<StackValidationPolicy["configSchema"]> {
    const lists = trustedIds.map(({ key, meaning, pattern }) => [
        key,
        { type: "array", description: `Each is ${meaning}.`, items: { type: "string", pattern } },
    ]);
    const setting = { type: "string", enum: ["report", "postpone"], description: onUnproved } as const;
    return { properties: { ...Object.fromEntries(lists), onUnproved: setting } };
}

/** What becomes of a verdict, by waivers and configuration. */
function outcomeOf(rule: Rule, urn: string, verdict: Verdict, config: Config): Omit<Recorded, "rule" | "urn"> {
    if (verdict.is === "satisfied") return { outcome: "satisfied" };
    const { reason } = verdict;
    const waiver = waived(rule, urn);
    if (waiver) return { outcome: "waived", reason, waiver };
    if (verdict.is === "violated") return { outcome: "violated", reason };
    const setting = config.onUnproved ?? (verdict.is === "deferred" ? "postpone" : "report");
    return { outcome: setting === "postpone" ? "postponed" : "unproved", reason };
}

/** All control ids of a rule, as they are tagged and documented. */
export function controlIds({ controls }: Rule): string[] {
    const cis = controls.cis?.map((id) => `CIS ${id}`);
    return [...(controls.securityHub ?? []), ...(cis ?? []), ...(controls.checkov ?? [])];
}
