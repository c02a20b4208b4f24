import { z } from "zod";
import { listed } from "../validation";
import type { Default } from "./default";

/* The kinds of setting. Each carries what its errors, the documentation and the JSON Schema say of it. */

declare module "zod" {
    interface GlobalMeta {
        /** What a value has to be, as a noun: `an engine`, `the id of a VPC`. */
        expected?: string;
        /** A value that is allowed, for errors and documentation. */
        example?: string;
        /** The values that are allowed, in words, where an example does not say it. */
        allowed?: string;
        /** The value where a stack gives none. Without one, a setting that is not optional has to be given. */
        whenOmitted?: Default;
        /** Whether no message may repeat the value. */
        secret?: boolean;
        /** Where that of an ARN has to be. */
        place?: ArnPlace;
    }
}

/** What an ARN has to have in common with the stack: the partition alone, the region too, or also the account. */
export type ArnPlace = "partition" | "region" | "account";

/**
 * A group of settings. Write each with a comment: it is the description in editors, types and documentation. The result type
 * is spelled out because TypeScript then keeps the comments in declaration files.
 */
export function settings<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
    return z.strictObject(shape);
}

/** Nothing that is configured is longer: the kernel gives no process a longer variable or argument. */
const longestText = 131_072;
/** Texts of a form are short; so a long one takes no expression long to refuse. */
const longestForm = 2_048;

/** What a text is refused for, whatever it is for. */
export const textFault = {
    control: "has characters that are not printed; leave them out",
    length: `is longer than ${longestText} characters; give a shorter text`,
};

/** Any text. `expected` says what it is for where the name does not: `the name of a database`. */
export function text(expected = "text") {
    return (
        z
            .string()
            .max(longestText, { error: textFault.length })
            // Lines may end in it: certificates and scripts have several.
            .refine((value) => !/[^\P{Cc}\t\n\r]/u.test(value), { error: textFault.control })
            .meta({ expected })
    );
}

/** A longer one is not looked at any further. */
function shortText(expected: string) {
    return z.string().max(longestForm, { error: expected, abort: true });
}

/** A text of a certain form. */
export function matching(form: RegExp, expected: string, example: string) {
    return shortText(expected).regex(form, { error: expected }).meta({ expected, example });
}

/** A text that `test` accepts. */
export function accepted(test: (value: string) => boolean, expected: string, example: string) {
    return shortText(expected).refine(test, { error: expected }).meta({ expected, example });
}

/** The ARN of something that is used with what is in the stack, so that it has to be in the same place. */
export function arn(form: RegExp, place: ArnPlace, expected: string, example: string) {
    return matching(form, expected, example).meta({ place });
}

/** One of a few words. */
export function enumOf<const Words extends readonly string[]>(words: Words, expected: string) {
    return z.enum(words, { error: expected }).meta({ expected });
}

/** A whole number within bounds, both included. */
export function whole(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) {
    return z.int().min(minimum).max(maximum);
}

/** One of a few whole numbers. */
export function oneOf(
    values: readonly number[],
    expected: string,
    allowed = listed(values.map(String)),
): z.ZodType<number> {
    return z.literal([...values], { error: expected }).meta({ expected, allowed });
}

/** `true` or `false`. */
export function flag() {
    return z.boolean();
}

/** A list. */
export function listOf<Item extends z.ZodType>(item: Item) {
    return z.array(item);
}

/** Settings or values by a name that the stack chooses. */
export function byName<Value extends z.ZodType>(value: Value) {
    return z.record(z.string(), value);
}
