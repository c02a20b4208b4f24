import type { StackValidationPolicy } from "@pulumi/policy";
import sensitive from "./data/sensitive-types.json";
import { typeTest } from "./graph/graph";
import type { Rule } from "./rule";
import { stackUrn } from "./stack-graph";

/** How many resources of each type the rules judge, and of which they know nothing. */
export interface Coverage {
    readonly judged: Readonly<Record<string, number>>;
    /** Types that can hold data or open a way in, with the names of the resources. */
    readonly sensitive: Readonly<Record<string, readonly string[]>>;
    readonly others: Readonly<Record<string, number>>;
}

type Named = { readonly type: string; readonly name: string };

/** Helm makes the objects of a release in the cluster, where no rule sees them. */
const release = "kubernetes:helm.sh/v3:Release";
const sensitiveTypes = new Set([...sensitive.types, release]);

/** Sorts resources by what the rules make of their types. Components and providers are none. */
export function coverageOf(rules: readonly Rule[], resources: readonly Named[]): Coverage {
    const judged: Record<string, number> = {};
    const unknown: Record<string, string[]> = {};
    const others: Record<string, number> = {};
    const isJudged = typeTest(rules.flatMap(({ appliesTo }) => appliesTo));
    for (const { type, name } of resources.filter((one) => isReal(one.type))) {
        if (isJudged(type)) judged[type] = (judged[type] ?? 0) + 1;
        else if (sensitiveTypes.has(type)) unknown[type] = [...(unknown[type] ?? []), name];
        else others[type] = (others[type] ?? 0) + 1;
    }
    return { judged, sensitive: unknown, others };
}

/** A resource that a provider makes: its token has a module, and components of programs have none of a package. */
const isReal = (type: string) => /^(aws|aws-native|kubernetes|random|awscc):/.test(type);

/** Names the resources of types that can hold data or open a way in, and that no rule judges. */
export function typesJudged(rules: readonly Rule[]): StackValidationPolicy {
    return {
        name: "types-judged",
        displayName: "The rules judge every type that can hold data or open a way in",
        description: "The rules judge every type that can hold data or open a way in.",
        enforcementLevel: "advisory",
        severity: "low",
        remediationSteps: "Review these resources by hand.",
        validateStack: ({ resources }, report) => {
            const found = Object.entries(coverageOf(rules, resources).sensitive);
            if (found.length === 0) return;
            const types = found.map(([type, names]) => `${type} (${names.join(", ")})`);
            report(`no rule judges ${types.join("; ")}`, stackUrn(resources));
        },
    };
}
