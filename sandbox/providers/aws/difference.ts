import { isUnknown, type Properties, reveal } from "../../rpc/values";
import { type Change, changesBetween } from "../diff";
import type { Difference } from "../provider";
import { effectOf, factsOf, type InputFacts } from "./facts";
import { resourceTypes } from "./types";

/** Decides by the measured facts whether a change of inputs is an update in place or a replacement. */
export function difference(token: string, old: Properties, next: Properties): Difference {
    const facts = factsOf(token)?.inputs ?? {};
    const overrules = resourceTypes[token]?.replaces ?? {};
    const changes: Change[] = [];
    const replaces = new Set<string>();
    for (const change of changesBetween(old, next)) {
        const property = String(change.path[0]);
        const effect = effectOf(factsAt(facts, change), change.kind);
        if (effect === "none" && !isElement(change)) continue;
        changes.push(change);
        const overrule = overrules[property];
        if (overrule ? overrule(old, next) : effect === "replace") replaces.add(property);
    }
    return { changes, replaces: [...replaces], deleteBeforeReplace: keepsItsName(token, old, next) };
}

/** Whether an element of a list changes. The input as such is still given, so AWS does not fill it by itself. */
function isElement({ path }: Change): boolean {
    return typeof path.at(-1) === "number";
}

/** The facts of the innermost input on the path: of a block, or of an input inside it. */
function factsAt(inputs: Record<string, InputFacts>, { path }: Change): InputFacts | undefined {
    let found = inputs[String(path[0])];
    for (const part of path.slice(1)) {
        if (typeof part === "string" && found?.nested?.[part]) found = found.nested[part];
    }
    return found;
}

/** Two resources cannot share a name, so the old one is deleted first where its name was given and stays the same. */
function keepsItsName(token: string, old: Properties, next: Properties): boolean {
    const name = resourceTypes[token]?.name;
    if (!name || isUnknown(next[name])) return false;
    const madeUp = Array.isArray(next.__defaults) && next.__defaults.includes(name);
    return !madeUp && reveal(old[name]) === reveal(next[name]);
}
