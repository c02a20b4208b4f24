import type { ResourceValidationArgs } from "@pulumi/policy";
import { Graph, type GraphResource } from "./graph/graph";
import { withStatedInputs } from "./stated";

let shared: { readonly properties: readonly object[]; readonly graph: Graph } | undefined;

/** The graph of a stack. All rules share one: the SDK lists the resources anew for each, but with the same properties. */
export function graphOf(resources: readonly GraphResource[]): Graph {
    const isSame =
        shared?.properties.length === resources.length &&
        resources.every(({ props }, index) => props === shared?.properties[index]);
    if (shared && isSame) return shared.graph;
    const graph = new Graph(withStatedInputs(resources));
    shared = { properties: resources.map(({ props }) => props), graph };
    return graph;
}

/** What a resource policy is shown of a resource. */
type Inputs = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">;

/** A graph of one resource with its inputs. An unknown one is computed by the program, since AWS fills in outputs only. */
export function ofInputs({ type, name, urn, props }: Inputs): Graph {
    const computed = Object.fromEntries(Object.keys(props).map((key) => [key, []]));
    return new Graph([{ type, name, urn, props, propertyDependencies: computed }]);
}

/**
 * The URN of the stack itself, for what a policy says of no single resource: `pulumi policy analyze` cannot print a report without
 * one.
 */
export function stackUrn(resources: readonly Pick<GraphResource, "type" | "urn">[]): string | undefined {
    return (resources.find(({ type }) => type === "pulumi:pulumi:Stack") ?? resources[0])?.urn;
}
