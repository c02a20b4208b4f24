import { isUnknown, type Properties, revealDeep } from "../../rpc/values";
import { resourceTypes } from "./types";

/** One resource that another's input names. */
export interface ReferenceFound {
    property: string;
    type: string;
    handle: string;
    /** Whether what is referred to may be deleted all the same. */
    weak: boolean;
}

/** What the inputs of a resource refer to, as far as it is known. */
export function* referencesOf(token: string, inputs: Properties): Generator<ReferenceFound> {
    for (const [property, reference] of Object.entries(resourceTypes[token]?.refersTo ?? {})) {
        const { type, weak } = typeof reference === "string" ? { type: reference, weak: false } : reference;
        const value = inputs[property];
        if (value === undefined || isUnknown(value)) continue;
        for (const handle of [revealDeep(value)].flat()) {
            if (typeof handle === "string" && handle !== "") yield { property, type, handle, weak };
        }
    }
}
