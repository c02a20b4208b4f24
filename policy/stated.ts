import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { GraphResource } from "./graph/graph";
import { readProperty } from "./graph/reading";

/** By URN, the inputs that the program stated for a resource, whether their values are known or not. */
const stated = new Map<string, ReadonlySet<string>>();

/** Records what the program states for a resource: `props` are its inputs as the engine checks them. */
export function recordInputs({ urn, props }: { readonly urn: string; readonly props: object }): void {
    stated.set(urn, new Set(Object.keys(props).filter((key) => readProperty(props, key).is !== "absent")));
}

/** The resources with the inputs that were recorded for them. */
export function withStatedInputs(resources: readonly GraphResource[]): GraphResource[] {
    return resources.map((resource) => {
        const { type, name, urn, props, propertyDependencies, provider } = resource;
        return { type, name, urn, props, propertyDependencies, provider, stated: stated.get(urn) };
    });
}

/**
 * Reports nothing: it records the inputs of each resource for the stack policies of the same pack, which run in the same
 * process after it and see outputs only. An unknown output may be an input, or a value that AWS fills in; where it comes
 * without an edge, as from an invoke, only this record tells the two apart. Every pack with `toPolicy` needs it.
 */
export const statedInputs: ResourceValidationPolicy = {
    name: "stated-inputs",
    displayName: "What the program states is told from what AWS fills in",
    description: "Records the inputs of each resource for the other policies. It reports nothing.",
    enforcementLevel: "advisory",
    validateResource: ({ urn, props }) => recordInputs({ urn, props }),
};
