import * as pulumi from "@pulumi/pulumi";
import { componentTypes, pricedTypes } from "../types";
import { isRecord, type PlannedResource, unknown } from "./resource";

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
        const all = [...this.collected.values()].filter(
            ({ resource, type }) => pulumi.CustomResource.isInstance(resource) || type in componentTypes,
        );
        const planned = all.map(({ type, name, resource, inputs }) => {
            const reads = pricedTypes[type]?.reads ?? [];
            const isElsewhere = type.startsWith("aws:") && resource.getProvider(type) !== provider;
            return {
                ...{ type, name, component: this.componentOf(resource) },
                inputs: Object.fromEntries(reads.map((input) => [input, plain(inputs[input])])),
                sources: {} as Record<string, readonly PlannedResource[]>,
                region: isElsewhere ? "another region" : undefined,
            };
        });
        const owners = ownersOf(all, planned);
        for (const [index, { type, inputs }] of all.entries()) {
            for (const input of pricedTypes[type]?.follows ?? []) {
                const sources = [...outputsIn(inputs[input])].flatMap((output) => owners.get(output) ?? []);
                const own = planned[index];
                if (own) own.sources[input] = sources;
            }
        }
        return planned;
    }

    /** The name of the outermost component that a resource belongs to. */
    private componentOf(resource: pulumi.Resource): string {
        const own = this.collected.get(resource);
        const parent = own?.parent && this.collected.get(own.parent);
        return parent ? this.componentOf(parent.resource) : (own?.name ?? "");
    }
}

function plain(value: unknown): unknown {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) return unknown;
    if (Array.isArray(value)) return value.map(plain);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** The planned resource that has an output, by the output. */
function ownersOf(
    all: readonly Collected[],
    planned: readonly PlannedResource[],
): ReadonlyMap<unknown, PlannedResource> {
    const owners = new Map<unknown, PlannedResource>();
    for (const [index, { resource }] of all.entries()) {
        const own = planned[index];
        const outputs = Object.values(resource).filter((value) => pulumi.Output.isInstance(value));
        if (own) for (const output of outputs) owners.set(output, own);
    }
    return owners;
}

function* outputsIn(value: unknown): Generator<unknown> {
    if (pulumi.Output.isInstance(value)) yield value;
    else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* outputsIn(one);
}
