import type { RestoredSpec } from "@plinth/components";
import { z } from "zod";

/** A setting for every field of a spec, so that none is forgotten. */
export type Fields<Spec> = Record<keyof Spec, z.ZodType>;

/** A restored data store beside the living one. */
export function restored<Origin extends z.ZodType>(restoreFrom: Origin) {
    return z
        .strictObject({
            name: z.string(),
            restoreFrom,
            inService: z.boolean(),
            original: word(["keep", "delete"], "what can become of it"),
        } satisfies Fields<RestoredSpec<unknown>>)
        .partial();
}

/** One of a few words; `what` says what another word is not. */
export function word<const Words extends readonly string[]>(words: Words, what: string) {
    return z.enum(words, { error: what });
}
