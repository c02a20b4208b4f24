import { isUnknown, type Properties, revealDeep } from "../../rpc/values";
import type { Reference } from "./resource-type";
import { resourceTypes } from "./types";

/** One resource that another's input names. */
export interface ReferenceFound {
    property: string;
    type: string;
    handle: string;
    /** Whether what is referred to may be deleted all the same. */
    weak: boolean;
    /** AWS's code where there is no such resource. */
    notFound: string;
}

/** What the inputs of a resource refer to, as far as it is known. */
export function* referencesOf(token: string, inputs: Properties): Generator<ReferenceFound> {
    for (const [property, reference] of Object.entries(resourceTypes[token]?.refersTo ?? {})) {
        const {
            type,
            weak = false,
            ...own
        }: Exclude<Reference, string> = typeof reference === "string" ? { type: reference } : reference;
        const notFound = own.notFound ?? resourceTypes[type]?.notFound ?? "NotFound";
        const value = inputs[property];
        if (value === undefined || isUnknown(value)) continue;
        for (const handle of [revealDeep(value)].flat()) {
            if (typeof handle === "string" && handle !== "") yield { property, type, handle, weak, notFound };
        }
    }
}
