import type { View } from "../graph/graph";
import { absent, elements, field, type Reading, text } from "../graph/reading";
import type { Controls, Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";
import { judgeKey, trustedKeys } from "./checks";

/* Rules on a resource's own inputs, as lines of a table: the path of an input, and what is required there. */

/** Judges the value at a path; `what` is its name in messages. */
export type Check = (reading: Reading, what: string) => Verdict;

/** A rule whose verdict is that of its `inputs`: each path with what is required there. `[]` stands for each element of a list. */
interface InputRule extends Omit<Rule, "judge" | "judges"> {
    readonly inputs: Readonly<Record<string, Check>>;
}

/**
 * A rule on inputs alone. It is judged by the inputs as the program gives them, so that a value that AWS fills in later is
 * not mistaken for one that the program gives and that is not known yet.
 */
export function onInputs({ inputs, ...rule }: InputRule): Rule {
    return { ...rule, judges: "inputs", judge: (view) => judgeInputs(view, inputs) };
}

/** All verdicts on the inputs of a resource. */
export function judgeInputs(view: View, inputs: Readonly<Record<string, Check>>): Verdict {
    return all(
        Object.entries(inputs).flatMap(([path, check]) =>
            valuesAt(view, path).map(({ reading, what }) => check(reading, what)),
        ),
    );
}

/** The values at a path, each with its name in messages. Without a list there are no elements, hence no values. */
export function valuesAt(view: View, path: string): { reading: Reading; what: string }[] {
    const [input = "", ...steps] = path.replaceAll("[]", ".[]").split(".");
    const computed = view.isComputed(input);
    return steps
        .reduce(
            (readings, step) =>
                readings.flatMap((reading) => {
                    if (step !== "[]") return [field(reading, step)];
                    return reading.is === "absent" ? [] : (elements(reading) ?? [reading]);
                }),
            [view.read(input)],
        )
        .map((reading) => ({
            // No edge leads to the input, so AWS fills in this part of it.
            reading: reading.is === "unknown" && !computed ? absent : reading,
            what: path.replaceAll("[]", ""),
        }));
}

/** The value at a path without lists. */
export function valueAt(view: View, path: string): Reading {
    return valuesAt(view, path)[0]?.reading ?? absent;
}

/** A check of the text of a value that must be there. */
export const must =
    (holds: (value: string) => boolean, fault: (value: string) => string): Check =>
    (reading, what) => {
        if (reading.is === "unknown") return unknown(`${what} is not known yet`);
        if (reading.is === "absent") return violated(`${what} is not set`);
        const value = text(reading) ?? "";
        return holds(value) ? satisfied : violated(`${what} ${fault(value)}`);
    };

/** The same, of a value that may be left out, where AWS's default is right. */
export const whenSet =
    (check: Check): Check =>
    (reading, what) =>
        reading.is === "absent" ? satisfied : check(reading, what);

export const isTrue: Check = must(
    (value) => value === "true",
    () => "is false",
);

/** The value must be said to be false, where AWS's default is true. */
export const isFalse: Check = must(
    (value) => value === "false",
    () => "is true",
);

export const isNotTrue: Check = whenSet(
    must(
        (value) => value !== "true",
        () => "is true",
    ),
);

/** The value must be set; an unknown one comes from the program, so it is. */
export const isSet: Check = (reading, what) => {
    const isEmpty = reading.is === "absent" || elements(reading)?.length === 0;
    return isEmpty ? violated(`${what} is not set`) : satisfied;
};

export const isNotSet: Check = (reading, what) => {
    if (reading.is === "unknown") return unknown(`${what} is not known yet`);
    return reading.is === "absent" || elements(reading)?.length === 0 ? satisfied : violated(`${what} is set`);
};

/** One of `values` must be set. */
export const isOneOf = (...values: readonly string[]): Check =>
    must(
        (value) => values.includes(value),
        (value) => `is ${value}, not ${values.join(" or ")}`,
    );

/** None of `values` may be set. */
export const isNoneOf = (...values: readonly string[]): Check =>
    whenSet(
        must(
            (value) => !values.includes(value),
            (value) => `is ${value}`,
        ),
    );

export const matches = (pattern: RegExp, fault: string): Check =>
    must(
        (value) => pattern.test(value),
        () => fault,
    );

export const isAtLeast = (least: number): Check =>
    must(
        (value) => Number(value) >= least,
        (value) => `is ${value}, less than ${least}`,
    );

/** A list must name every one of `values`. */
export const includes =
    (...values: readonly string[]): Check =>
    (reading, what) => {
        const named = (elements(reading) ?? []).map((one) => text(one));
        const missing = values.filter((value) => !named.includes(value));
        if (missing.length === 0) return satisfied;
        return reading.is === "unknown" || named.includes(undefined)
            ? unknown(`${what} is not known yet`)
            : violated(`${what} does not include ${missing.join(", ")}`);
    };

/** The best verdict: satisfied, else one that can't be proved yet, else the first. */
export function any(...verdicts: readonly [Verdict, ...Verdict[]]): Verdict {
    const best = (["satisfied", "deferred", "unknown"] as const).flatMap(
        (is) => verdicts.find((one) => one.is === is) ?? [],
    );
    return best[0] ?? verdicts[0];
}

/** The token of a type of AWS's, such as s3/bucket. */
export function aws(path: string): string {
    const name = path.slice(path.indexOf("/") + 1);
    return `aws:${path}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The wish for a customer managed key instead of an AWS managed one. */
export interface KeyWish {
    readonly id: string;
    /** What is encrypted, in the plural, as the title begins. */
    readonly of: string;
    readonly types: readonly string[];
    /** The path of the key. */
    readonly input: string;
    readonly controls: Controls;
    /** What happens to an existing resource. */
    readonly change?: string;
}

/** A rule that wishes for a customer managed key. AWS encrypts without one too, hence it is advisory. */
export function customerKey({ id, of, types, input, controls, change }: KeyWish): Rule {
    const [top = ""] = input.replaceAll("[]", "").split(".");
    return {
        ...{ id, controls, appliesTo: types, trustedIds: [trustedKeys], severity: "low", enforcement: "advisory" },
        title: `${of} are encrypted with a customer managed key`,
        remedy: `Set ${input.replaceAll("[]", "")} to the arn of an aws.kms.Key of the stack.${change ? ` ${change}` : ""}`,
        judge: (view, trusted) => {
            const values = valuesAt(view, input);
            if (values.length === 0) return violated(`${top} names no key, so an AWS managed key would be used`);
            return all(values.map(({ reading }) => judgeKey(reading, view, top, trusted)));
        },
    };
}

/**
 * The resources of the given types that configure this one: those whose `input` names it, or may, or gives the value that this
 * one has for one of `ownNames`.
 */
export function partsOf(view: View, types: readonly string[], input: string, ...ownNames: readonly string[]): View[] {
    const names = ownNames.flatMap((name) => text(view.read(name)) ?? []);
    return view
        .allOfTypes(types)
        .filter((part) => part.naming(input, view) !== "no" || names.includes(text(part.read(input)) ?? ""));
}

/** A part that a resource must have: of its kind, with what is required of it. */
export interface PartRequirement {
    readonly types: readonly string[];
    /** The input of the part that names the resource, and the inputs of the resource that this can repeat. */
    readonly input: string;
    readonly names?: readonly string[];
    /** What it is called in messages. */
    readonly what: string;
    readonly judge?: (part: View) => Verdict;
}

/** The resource must have such a part. One that names a resource which is not known yet may be it. */
export function mustHavePart(view: View, { types, input, names = [], what, judge }: PartRequirement): Verdict {
    const parts = partsOf(view, types, input, ...names);
    const [first, ...others] = parts.map((part) => judge?.(part) ?? satisfied);
    if (first) return any(first, ...others);
    const stray = view
        .allOfTypes(types)
        .find((part) => part.read(input).is === "unknown" && part.follow(input).length === 0);
    return stray ? unknown(`${stray.name} may be its ${what}`) : violated(`it has no ${what}`);
}
