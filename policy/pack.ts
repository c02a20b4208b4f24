import type { ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { Graph, type GraphResource } from "./graph/graph";
import type { Rule } from "./rule";
import { withStatedInputs } from "./stated";
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

/** The line under the rule's title in Pulumi's output; undefined when there is nothing to report. */
function messageOf(rule: Rule, { name, verdict }: Finding): string | undefined {
    if (verdict.is === "satisfied") return undefined;
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
 */
export function toPolicy(rule: Rule): StackValidationPolicy | ResourceValidationPolicy {
    const { trustedIds = [] } = rule;
    const policy = {
        name: rule.id,
        displayName: rule.title,
        // The SDK puts the description and a line break before each message.
        description: `${rule.title}.`,
        enforcementLevel: rule.enforcement,
        severity: rule.severity,
        remediationSteps: rule.remedy,
        tags: controlIds(rule),
        ...(trustedIds.length > 0 && {
            configSchema: {
                properties: Object.fromEntries(
                    trustedIds.map(({ key, meaning, pattern }) => [
                        key,
                        { type: "array", description: `Each is ${meaning}.`, items: { type: "string", pattern } },
                    ]),
                ),
            },
        }),
    } satisfies Omit<StackValidationPolicy, "validateStack">;
    const reportAll: Judging = (graph, config, report) => {
        const trusted = new Set(trustedIds.flatMap(({ key }) => config[key] ?? []));
        for (const finding of judge(rule, graph, trusted)) {
            const message = messageOf(rule, finding);
            if (message) report(message, finding.urn);
        }
    };
    if (rule.judges === "inputs") {
        return {
            ...policy,
            validateResource: (args, report) => {
                if (rule.appliesTo.includes(args.type)) reportAll(ofInputs(args), args.getConfig(), report);
            },
        };
    }
    return {
        ...policy,
        validateStack: (args, report) => reportAll(graphOf(args.resources), args.getConfig(), report),
    };
}

type Judging = (
    graph: Graph,
    config: Record<string, string[] | undefined>,
    report: (message: string, urn?: string) => void,
) => void;

let shared: { readonly properties: readonly object[]; readonly graph: Graph } | undefined;

/** The graph of a stack. All rules share one: the SDK lists the resources anew for each, but with the same properties. */
function graphOf(resources: readonly GraphResource[]): Graph {
    const isSame =
        shared?.properties.length === resources.length &&
        resources.every(({ props }, index) => props === shared?.properties[index]);
    if (shared && isSame) return shared.graph;
    const graph = new Graph(withStatedInputs(resources));
    shared = { properties: resources.map(({ props }) => props), graph };
    return graph;
}

/** A graph of one resource with its inputs. An unknown one is computed by the program, since AWS fills in outputs only. */
function ofInputs({ type, name, urn, props }: Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">): Graph {
    const computed = Object.fromEntries(Object.keys(props).map((key) => [key, []]));
    return new Graph([{ type, name, urn, props, propertyDependencies: computed }]);
}

/** All control ids of a rule, as they are tagged and documented. */
export function controlIds({ controls }: Rule): string[] {
    const cis = controls.cis?.map((id) => `CIS ${id}`);
    return [...(controls.securityHub ?? []), ...(cis ?? []), ...(controls.checkov ?? [])];
}
