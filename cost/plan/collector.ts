import * as pulumi from "@pulumi/pulumi";
import { componentTypes, pricedTypes } from "../types";
import { type PlannedResource, withUnknowns } from "./resource";

interface Collected {
    type: string;
    name: string;
    resource: pulumi.Resource;
    parent?: pulumi.Resource;
    inputs: Readonly<Record<string, unknown>>;
}

/**
 * Collects what a program registers, while it does, so that the program itself can say what it costs. Give `transformation` to
 * every component. What official components make in processes of their own is counted by the component, and an input that is an
 * output of something else counts as unknown, so that the answer is the same in a preview and in an update.
 */
export class PlanCollector {
    private readonly collected = new Map<pulumi.Resource, Collected>();

    /** Takes note of a resource and leaves it as it is. */
    readonly transformation: pulumi.ResourceTransformation = ({ type, name, resource, props, opts }) => {
        this.collected.set(resource, { type, name, resource, parent: opts.parent, inputs: props });
        return undefined;
    };

    /**
     * What was registered so far.
     * @param provider the stack's provider of AWS: what another one creates is in another region
     */
    plan(provider: pulumi.ProviderResource): PlannedResource[] {
        const all = [...this.collected.values()]
            .filter(({ resource, type }) => pulumi.CustomResource.isInstance(resource) || type in componentTypes)
            .map((collected) => ({ collected, planned: this.planned(collected, provider) }));
        // By each output, the planned resource that has it.
        const owners = new Map(
            all.flatMap(({ collected, planned }) =>
                Object.values(collected.resource)
                    .filter(isOutput)
                    .map((output) => [output, planned] as const),
            ),
        );
        for (const { collected, planned } of all)
            for (const input of pricedTypes[collected.type]?.follows ?? [])
                planned.sources[input] = [...outputsIn(collected.inputs[input])].flatMap(
                    (output) => owners.get(output) ?? [],
                );
        return all.map(({ planned }) => planned);
    }

    /** A resource without those that its inputs come from. */
    private planned({ type, name, resource, inputs }: Collected, provider: pulumi.ProviderResource) {
        const reads = pricedTypes[type]?.reads ?? [];
        const isElsewhere = type.startsWith("aws:") && resource.getProvider(type) !== provider;
        return {
            ...{ type, name, component: this.componentOf(resource) },
            inputs: Object.fromEntries(reads.map((input) => [input, withUnknowns(inputs[input], isLater)])),
            sources: {} as Record<string, readonly PlannedResource[]>,
            region: isElsewhere ? "another region" : undefined,
        };
    }

    /** The name of the outermost component that a resource belongs to. */
    private componentOf(resource: pulumi.Resource): string {
        const own = this.collected.get(resource);
        const parent = own?.parent && this.collected.get(own.parent);
        return parent ? this.componentOf(parent.resource) : (own?.name ?? "");
    }
}

const isOutput = (value: unknown): boolean => pulumi.Output.isInstance(value);
const isLater = (value: unknown) => isOutput(value) || value instanceof Promise;

function* outputsIn(value: unknown): Generator<unknown> {
    if (isOutput(value)) yield value;
    else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* outputsIn(one);
}
