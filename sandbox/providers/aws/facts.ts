import measured from "./data/inputs.json";

/** How a change of one input is carried out, by what happened to it. */
export type Mode = "add" | "remove" | "change";

/** What is known of one input of a resource type; see data/README.md for how it was measured. */
export interface InputFacts {
    required?: boolean;
    /** AWS fills it when it is left out. */
    computed?: boolean;
    sensitive?: boolean;
    replacesOn?: Mode[];
    updatesOn?: Mode[];
    nested?: Record<string, InputFacts>;
}

export interface TypeFacts {
    inputs: Record<string, InputFacts>;
    /** Outputs that are no inputs. */
    computedOnly: string[];
}

const types = measured as Record<string, TypeFacts>;

export function factsOf(type: string): TypeFacts | undefined {
    return types[type];
}

/**
 * Whether `mode` on this input needs a new resource. A mode that was not measured goes as a change of the same input does; taking away
 * what AWS then fills by itself changes nothing.
 */
export function effectOf(facts: InputFacts | undefined, mode: Mode): "replace" | "update" | "none" {
    if (facts?.replacesOn?.includes(mode)) return "replace";
    if (facts?.updatesOn?.includes(mode)) return "update";
    if (mode === "remove" && facts?.computed) return "none";
    return facts?.replacesOn?.includes("change") ? "replace" : "update";
}
