import { randomBytes } from "node:crypto";
import { HOW_TO_RUN_UNEMULATED, REFUSED } from "../../account/unemulated";
import { hasUnknown, isObject, isUnknown, type Properties, reveal, type Value } from "../../rpc/values";
import { type Checked, type CheckFailure, type Resource, urnOf } from "../provider";
import { outOfBounds } from "./bound";
import { factsOf, type Shape, SOURCE, shapeOf } from "./facts";
import { genericType } from "./generic/type";
import { holds, Inputs, type Placed, type Rejection, type ResourceType } from "./resource-type";
import { resourceTypes } from "./types";

/**
 * Checks a resource's inputs before anything is created, and reports every problem at once.
 * @param place where it is created; without it, what AWS offers in a region is not checked
 * @param unemulated what becomes of a type that the sandbox does not know
 */
export function check(
    resource: Resource,
    old: Properties,
    given: Properties,
    place?: Pick<Placed, "region" | "alsoOffered">,
    unemulated = REFUSED,
): Checked {
    const type = resourceTypes[resource.type] ?? genericType(resource.type)?.type;
    const facts = factsOf(resource.type);
    if (!type || !facts) return refused(given, `${SOURCE} has no resource type ${resource.type}`);
    if (!(resource.type in resourceTypes)) {
        if (unemulated.mode === "refuse") return refused(given, unknownType(resource.type));
        unemulated.add({ kind: "resource type", token: resource.type, of: urnOf(resource) });
    }
    const inputs = named(resource, type, old, given);
    const failures = [
        ...misshapen(resource.type, facts, inputs, ""),
        ...judged(resource.type, type, inputs, old, place),
    ];
    return { inputs, failures };
}

function refused(inputs: Properties, reason: string): Checked {
    return { inputs, failures: [{ property: "", reason }] };
}

function unknownType(token: string): string {
    return `the sandbox does not emulate ${token}. ${HOW_TO_RUN_UNEMULATED} docs/sandbox.md shows how a type is added.`;
}

/** The inputs that a resource or a block in it does not have, and those that it has to be given. */
function* misshapen(token: string, shape: Shape, inputs: Properties, prefix: string): Generator<CheckFailure> {
    const { required = [], optional = [] } = shape;
    for (const [name, value] of Object.entries(inputs)) {
        const property = prefix + name;
        if (required.includes(name) || optional.includes(name)) {
            const inner = shapeOf(shape, name);
            if (inner) yield* misshapenBlocks(token, inner, value, property);
        } else if (!name.startsWith("__")) {
            const where = prefix === "" ? "" : ` in ${prefix.slice(0, -1)}`;
            yield { property, reason: `Invalid or unknown key: ${SOURCE} has no input ${name}${where} of ${token}` };
        }
    }
    for (const name of required) {
        const property = prefix + name;
        if (isAbsent(inputs[name])) yield { property, reason: `Missing required property '${property}'` };
    }
}

function* misshapenBlocks(
    token: string,
    shape: Shape,
    value: Value | undefined,
    path: string,
): Generator<CheckFailure> {
    const plain = reveal(value);
    if (plain === undefined || isUnknown(plain)) return;
    if (Array.isArray(plain)) {
        for (const [index, item] of plain.entries()) yield* misshapenBlocks(token, shape, item, `${path}[${index}]`);
    } else if (isObject(plain)) yield* misshapen(token, shape, plain, `${path}.`);
}

function isAbsent(value: Value | undefined): boolean {
    return value === undefined || value === null;
}

/** What AWS refuses of the values. What is out of bounds is reported once, although rules may be about it too. */
function judged(
    token: string,
    type: ResourceType,
    properties: Properties,
    old: Properties,
    place: Pick<Placed, "region" | "alsoOffered"> | undefined,
): CheckFailure[] {
    const inputs = new Inputs(properties);
    const outside = [...outOfBounds(token, properties)];
    const own = typeof properties.region === "string" ? { region: properties.region } : {};
    const refused = [
        ...violated(type.rejects, inputs),
        ...(place ? violated(type.offered, { ...place, ...own, inputs, old: new Inputs(old) }) : []),
    ];
    const reported = new Set(outside.map(({ property }) => property));
    return [...outside, ...refused.filter(({ property }) => !reported.has(property))];
}

function violated<Subject>(rules: Rejection<Subject>[] | undefined, subject: Subject): CheckFailure[] {
    const broken = (rules ?? []).filter((rule) => holds(rule, subject));
    return broken.map((rule) => ({ property: rule.at ?? "", reason: `${rule.code}: ${rule.say(subject)}` }));
}

/** Generates a physical name where none is given, as the provider does: the Pulumi name and seven digits, which later checks keep. */
function named(resource: Resource, type: ResourceType, old: Properties, given: Properties): Properties {
    const { name } = type;
    if (!name || given[name] !== undefined || given[`${name}Prefix`] !== undefined || hasUnknown(given[name]))
        return given;
    const pulumiName = type.lowerCaseName ? resource.name.toLowerCase() : resource.name;
    const made =
        typeof old[name] === "string" ? old[name] : `${pulumiName}-${randomBytes(4).toString("hex").slice(0, 7)}`;
    return { ...given, [name]: made, __defaults: [name] };
}
