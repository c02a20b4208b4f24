import type { GraphResource } from "../graph/graph";
import { idOf, nameOf } from "./recording";
import { proxied, unknownValue } from "./sdk";

/** `fresh`: the first preview, nothing exists. `updated`: a later one, every id is known. */
export type Mode = "fresh" | "updated";

/** A resource as recorded, or as a case declares it; values may be `Timed` or `Computed`. */
export interface Declared {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** Recorded sources: by input, the URNs of the resources that it is computed from. */
    readonly sources?: Readonly<Record<string, readonly string[]>>;
    /** The name of the provider, when it is not the stack's. */
    readonly provider?: string;
}

/** A value that differs between the first preview and a later one. */
export class Timed {
    constructor(
        readonly fresh: unknown,
        readonly updated: unknown,
    ) {}
}

/** A value that comes from outputs of other resources. */
export class Computed {
    constructor(
        /** The names of the resources that it comes from; undefined when the engine reports no edges at all. */
        readonly from: readonly string[] | undefined,
        readonly known: (mode: Mode, resources: readonly Declared[]) => unknown,
    ) {}
}

/** An output of another resource. */
export const ref = (name: string, output = "id"): Computed =>
    new Computed([name], (mode, resources) => (mode === "fresh" ? unknownValue : outputOf(resources, name, output)));

/** `all(references).apply(pick)`: one value that is computed from all of them. */
export const applied = (names: readonly string[], pick: (ids: unknown[]) => unknown): Computed =>
    new Computed(names, (mode, resources) =>
        mode === "fresh" ? unknownValue : pick(names.map((name) => outputOf(resources, name, "id"))),
    );

/** A value known at preview already that comes from another resource: an input of it that its outputs repeat. */
export const repeated = (name: string, value: unknown): Computed => new Computed([name], () => value);

/** An output of a resource that the program only reads (`get`): the engine leaves it out of the resources of a preview. */
export const read = (value: unknown): Computed => new Computed([], (mode) => (mode === "fresh" ? unknownValue : value));

/** What an invoke on unknown arguments returns: unknown at first, and without any edge. */
export const invoked = (value: unknown): Computed =>
    new Computed(undefined, (mode) => (mode === "fresh" ? unknownValue : value));

/** The same output, looked up by an id or an invoke of the program, so that no edge leads to the resource. */
export const lookedUp = (name: string, output = "id"): Computed =>
    new Computed([], (mode, resources) => (mode === "fresh" ? unknownValue : outputOf(resources, name, output)));

/** The resource with that name. If several types share it, `selector` includes the last part of the type: `Role:readers`. */
export function find(resources: readonly Declared[], selector: string): Declared {
    const named = resources.filter((one) => isNamed(one, selector));
    const [found] = named;
    if (!found) throw new Error(`the platform has no ${selector}`);
    if (named.length > 1) throw new Error(`${selector} is one of ${named.map(nameOf).join(", ")}`);
    return found;
}

const isNamed = (one: Declared, selector: string) => one.name === selector || nameOf(one) === selector;

export const urnOf = ({ type, name }: Pick<Declared, "type" | "name">) => `urn:pulumi:dev::plinth::${type}::${name}`;

function outputOf(resources: readonly Declared[], name: string, output: string): unknown {
    const found = find(resources, name);
    const value = found.props[output];
    const known = value instanceof Timed ? value.updated : value;
    if (output !== "id") return known ?? `${name}.${output}`;
    const { arn } = found.props;
    return idOf(arn instanceof Timed ? arn.updated : arn) ?? `id-0${name}`;
}

/** The results by resource: a case changes only a few of them. */
const materialised = { fresh: new WeakMap<Declared, GraphResource>(), updated: new WeakMap<Declared, GraphResource>() };

/** The resources as the SDK's server hands them to a stack policy: edges by input, unknown values behind its proxy. */
export function materialise(resources: readonly Declared[], mode: Mode): GraphResource[] {
    return resources.map((resource) => {
        const known = materialised[mode].get(resource);
        if (known) return known;
        const edges: Record<string, { urn: string }[]> = {};
        // A URN may belong to a resource that a case removed; the graph ignores it.
        const link = (input: string, urns: readonly string[]) => {
            const sofar = edges[input] ?? [];
            const added = urns.filter((urn) => sofar.every((one) => one.urn !== urn));
            edges[input] = [...sofar, ...added.map((urn) => ({ urn }))];
        };
        let isComputed = false;
        const stated = new Set<string>();
        const resolve = (value: unknown, input: string): unknown => {
            if (value instanceof Computed) {
                isComputed = true;
                stated.add(input);
                const urns = value.from?.flatMap((name) => resources.filter((one) => isNamed(one, name)).map(urnOf));
                if (urns) link(input, urns);
                return value.known(mode, resources);
            }
            if (value instanceof Timed) return value[mode];
            if (Array.isArray(value)) return value.map((one) => resolve(one, input));
            if (typeof value !== "object" || value === null) return value;
            return withoutUndefined(Object.entries(value).map(([key, one]) => [key, resolve(one, input)]));
        };
        for (const [input, urns] of Object.entries(resource.sources ?? {})) link(input, urns);
        const props = Object.entries(resource.props).map(([key, value]): [string, unknown] => [
            key,
            resolve(value, key),
        ]);
        const result = {
            ...{ type: resource.type, name: resource.name, urn: urnOf(resource) },
            props: proxied(withoutUndefined(props)),
            propertyDependencies: edges,
            provider: { urn: `urn:pulumi:dev::plinth::pulumi:providers:aws::${resource.provider ?? "aws"}` },
            stated,
        };
        if (!isComputed) materialised[mode].set(resource, result);
        return result;
    });
}

const withoutUndefined = (entries: [string, unknown][]) =>
    Object.fromEntries(entries.filter(([, value]) => value !== undefined));
