import { isObject, isUnknown, type Properties, reveal, revealDeep, type Value } from "../../rpc/values";
import type { Reference } from "./resource-type";
import { resourceTypes } from "./types";

/** A reference from an input of one resource to another resource. */
export interface ReferenceFound {
    property: string;
    type: string;
    handle: string;
    /** Whether the other resource may be deleted before this one. */
    weak: boolean;
    /** AWS's error code where there is no such resource. */
    notFound: string;
}

/** The references in a resource's inputs, as far as they are known. */
export function* referencesOf(token: string, inputs: Properties): Generator<ReferenceFound> {
    for (const [property, reference] of Object.entries(resourceTypes[token]?.refersTo ?? {})) {
        const {
            type,
            weak = false,
            ...own
        }: Exclude<Reference, string> = typeof reference === "string" ? { type: reference } : reference;
        const notFound = own.notFound ?? resourceTypes[type]?.notFound ?? "NotFound";
        for (const value of valuesAt(inputs, property.split("."))) {
            const handle = revealDeep(value);
            if (typeof handle === "string" && handle !== "") yield { property, type, handle, weak, notFound };
        }
    }
}

/** The values at `path`, through blocks and lists of blocks. */
function* valuesAt(value: Value | undefined, path: string[]): Generator<Value> {
    const plain = reveal(value);
    if (plain === undefined || isUnknown(plain)) return;
    if (Array.isArray(plain)) for (const item of plain) yield* valuesAt(item, path);
    else if (path.length === 0) yield plain;
    else if (isObject(plain)) yield* valuesAt(plain[path[0] ?? ""], path.slice(1));
}
