import { awsDefaults } from "./aws-defaults";
import { isChanged, isLater, nameOf, type Recorded, readRecording } from "./recording";
import { unknownValue } from "./sdk";
import { type Declared, find, Timed, urnOf } from "./stack";

/** The recorded platforms; tests/engine/recordings.test.ts defines each. */
export type PlatformName = "platform" | "aurora" | "existing-network";

/** A change to the resources of a platform. */
export type Change = (resources: readonly Declared[]) => Declared[];

const platforms = new Map<PlatformName, readonly Declared[]>();

/** The recorded resources of a platform, as a policy pack sees them. */
export function platform(name: PlatformName = "platform"): readonly Declared[] {
    const known = platforms.get(name);
    if (known) return known;
    const recording = JSON.parse(readRecording(name)) as Recorded[];
    const urns = new Map(recording.map((one) => [nameOf(one), urnOf(one)]));
    const resources = recording.map((one) => ({
        ...one,
        props: revived(one.props) as Declared["props"],
        sources: mapValues(one.sources, (names) => names.flatMap((source) => urns.get(source) ?? [])),
    }));
    platforms.set(name, resources);
    return resources;
}

function revived(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(revived);
    if (typeof value !== "object" || value === null) return value;
    if (isLater(value)) return new Timed(unknownValue, value.$later ?? undefined);
    if (isChanged(value)) return new Timed(value.$first ?? undefined, value.$then ?? undefined);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
}

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));

const replace = (resources: readonly Declared[], before: Declared, after: Declared) =>
    resources.map((one) => (one === before ? after : one));

const keysWithout = <Value>(record: Readonly<Record<string, Value>>, keys: readonly string[]) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Adds AWS's defaults for inputs that are not set. */
function withDefaults(type: string, props: Declared["props"]): Declared["props"] {
    const defaults = Object.entries(awsDefaults[type] ?? {}).filter(([key]) => props[key] === undefined);
    return { ...props, ...Object.fromEntries(defaults.map(([key, value]) => [key, new Timed(unknownValue, value)])) };
}

/** Sets inputs of the named resource; undefined removes one. */
export const set =
    (name: string, props: Record<string, unknown>): Change =>
    (resources) => {
        const found = find(resources, name);
        const taken = Object.keys(props).filter((key) => props[key] === undefined);
        const left = withDefaults(found.type, {});
        return replace(resources, found, {
            ...found,
            props: { ...found.props, ...props, ...Object.fromEntries(taken.map((key) => [key, left[key]])) },
            sources: keysWithout(found.sources ?? {}, Object.keys(props)),
        });
    };

/** Changes to parts of inputs: objects are merged, with lists by position; a function replaces the value. */
type Patch = Readonly<Record<string, unknown>>;

/** Unlinks all sources of an input. */
export const everything = Symbol("everything that an input comes from");

/**
 * Changes parts of inputs of the named resource; undefined removes a part. The sources of the input stay, except for
 * resources of the types in `unlinked`, from which the changed parts came.
 */
export const patch =
    (name: string, parts: Patch, unlinked: readonly string[] | typeof everything = []): Change =>
    (resources) => {
        const found = find(resources, name);
        const isUnlinked = (urn: string) => unlinked === everything || unlinked.includes(urn.split("::").at(-2) ?? "");
        const sources = mapValues(found.sources ?? {}, (urns, input) =>
            input in parts ? urns.filter((urn) => !isUnlinked(urn)) : urns,
        );
        const props = patched(found.props, parts) as Declared["props"];
        return replace(resources, found, { ...found, props, sources });
    };

function patched(value: unknown, parts: Patch): unknown {
    if (typeof value !== "object" || value === null) throw new Error(`${Object.keys(parts)} is no part of a value`);
    const copy: Record<string, unknown> = { ...value };
    for (const [key, part] of Object.entries(parts)) {
        if (typeof part === "function") copy[key] = part(copy[key]);
        else copy[key] = isPatch(part) && copy[key] !== undefined ? patched(copy[key], part) : part;
    }
    return Array.isArray(value) ? Object.values(copy) : copy;
}

const isPatch = (part: unknown): part is Patch =>
    typeof part === "object" && part !== null && Object.getPrototypeOf(part) === Object.prototype;

/** Removes the named resource. */
export const without =
    (name: string): Change =>
    (resources) => {
        const found = find(resources, name);
        return resources.filter((one) => one !== found);
    };

/** Adds resources to the platform. */
export const adding =
    (...added: Declared[]): Change =>
    (resources) => [...resources, ...added.map((one) => ({ ...one, props: withDefaults(one.type, one.props) }))];

/** Applies the changes in order. */
export const both =
    (...changes: Change[]): Change =>
    (resources) =>
        changes.reduce<Declared[]>((sofar, change) => change(sofar), [...resources]);

type Statement = Readonly<Record<string, unknown>>;

/** Changes the statements of a policy document of the named resource. */
export const statements = (
    name: string,
    change: (...statements: Statement[]) => readonly object[],
    key = "policy",
): Change =>
    patch(name, {
        [key]: (document: unknown) => {
            const parsed = JSON.parse(String(document)) as { Statement: Statement[] };
            return JSON.stringify({ ...parsed, Statement: change(...parsed.Statement) });
        },
    });

/** A policy document with these statements. */
export const statement = (...ones: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: ones });
