import { randomBytes } from "node:crypto";
import { hasUnknown, type Properties } from "../../rpc/values";
import type { Checked, CheckFailure, Resource } from "../provider";
import { factsOf, type TypeFacts } from "./facts";
import { holds, Inputs, type ResourceType } from "./resource-type";
import { resourceTypes } from "./types";

/** Inputs that every resource type has in addition to its own. Version 7 of the provider added `region`. */
const COMMON = new Set(["region"]);

/** Checks a resource's inputs before anything is created, and reports every problem at once. */
export function check(resource: Resource, old: Properties, given: Properties): Checked {
    const type = resourceTypes[resource.type];
    const facts = factsOf(resource.type);
    if (!type || !facts) return { inputs: given, failures: [{ property: "", reason: unknownType(resource.type) }] };
    const inputs = named(resource, type, old, given);
    const failures = [
        ...unknownInputs(resource, facts, inputs),
        ...missingInputs(facts, inputs),
        ...rejections(type, inputs),
    ];
    return { inputs, failures };
}

function unknownType(token: string): string {
    return [
        `the sandbox does not emulate ${token}.`,
        "To add it, give it an entry in sandbox/providers/aws/types/ (its id, what AWS adds to it, what it refers to, what AWS refuses)",
        "and its inputs in sandbox/providers/aws/data/inputs.json; docs/sandbox.md shows how.",
    ].join(" ");
}

function* unknownInputs(resource: Resource, facts: TypeFacts, inputs: Properties): Generator<CheckFailure> {
    for (const property of Object.keys(inputs)) {
        if (property in facts.inputs || COMMON.has(property) || property.startsWith("__")) continue;
        const reason = `the sandbox does not know the input ${property} of ${resource.type}: add it, with what replaces, to sandbox/providers/aws/data/inputs.json`;
        yield { property, reason };
    }
}

function* missingInputs(facts: TypeFacts, inputs: Properties): Generator<CheckFailure> {
    for (const [property, { required }] of Object.entries(facts.inputs)) {
        const value = inputs[property];
        if (required && (value === undefined || value === null)) {
            yield { property, reason: `Missing required property '${property}'` };
        }
    }
}

function* rejections(type: ResourceType, properties: Properties): Generator<CheckFailure> {
    const inputs = new Inputs(properties);
    for (const rule of type.rejects ?? []) {
        if (holds(rule, inputs)) yield { property: rule.at ?? "", reason: `${rule.code}: ${rule.say(inputs)}` };
    }
}

/** Generates a physical name where none is given, as the provider does: the Pulumi name and seven digits, which later checks keep. */
function named(resource: Resource, type: ResourceType, old: Properties, given: Properties): Properties {
    const { name } = type;
    if (!name || given[name] !== undefined || given[`${name}Prefix`] !== undefined || hasUnknown(given[name]))
        return given;
    const made =
        typeof old[name] === "string" ? old[name] : `${resource.name}-${randomBytes(4).toString("hex").slice(0, 7)}`;
    return { ...given, [name]: made, __defaults: [name] };
}
