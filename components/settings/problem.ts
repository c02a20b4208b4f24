import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { listed, type Problem, printable, problemAt, type Rule, violations } from "../validation";
import { textFault } from "./field";
import { type Path, schemaAt, unwrapped, valueAt } from "./walk";

export type { Path } from "./walk";

type Issue = z.core.$ZodIssue;

/** All that is wrong with `value` by its schema alone; `where` stands in front of the names of settings. */
export function settingProblems(where: string, schema: z.ZodType, value: unknown): Problem[] {
    const parsed = schema.safeParse(value);
    if (parsed.success) return [];
    const problems = parsed.error.issues.flatMap((issue) => explain(issue, where, schema, value));
    // A number may be too large in two ways, and is said to be once.
    return problems.filter(({ text }, index) => problems.findIndex((other) => other.text === text) === index);
}

/**
 * All that is wrong with a component's arguments by the schema of its settings. Arguments that are no settings, such as the
 * network, are not judged.
 */
export function argumentProblems(where: string, schema: z.ZodObject, args: object): Problem[] {
    const own = Object.entries(args).filter(([key, value]) => key in schema.shape && value !== undefined);
    return settingProblems(where, schema, Object.fromEntries(own));
}

/**
 * All that is wrong with a component's arguments: by the schema of its settings, and by rules on several of them. A rule does
 * not judge a setting again that the schema refuses.
 */
export function specProblems<Spec extends object>(
    where: string,
    schema: z.ZodObject,
    spec: Spec,
    rules: readonly Rule<Spec>[],
): Problem[] {
    const problems = argumentProblems(where, schema, spec);
    const judged = ({ at }: Problem) => problems.some((problem) => problem.at === at);
    return [...problems, ...violations(where, spec, rules).filter((problem) => !judged(problem))];
}

/** How a setting is written: `plinth:network.subnets.public[1]`. */
export function settingName(where: string, path: Path): string {
    const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
    return where.endsWith(":") ? where + steps.replace(/^\./, "") : where + steps;
}

/** What is known, nearest first, in place of a key that is not. */
export function unknownKey(
    name: string,
    key: string,
    known: readonly string[],
    write: (key: string) => string,
): Problem {
    const nearest = closest(key, known);
    const near = distance(key, nearest) <= Math.ceil(key.length * 0.4);
    const mend = near ? `did you mean ${write(nearest)}?` : `the known settings are ${known.join(", ")}`;
    return { at: name, text: printable(`${name} is not known; ${mend}`) };
}

function explain(issue: Issue, where: string, schema: z.ZodType, root: unknown): Problem[] {
    const at = settingName(where, issue.path);
    const field = schemaAt(issue.path, schema);
    if (issue.code === "unrecognized_keys") {
        const group = unwrapped(field);
        const known = group instanceof z.ZodObject ? Object.keys(group.shape) : [];
        const write = (key: string) => settingName(where, [...issue.path, key]);
        return issue.keys.map((key) => unknownKey(write(key), key, known, write));
    }
    const value = valueAt(issue.path, root);
    if (value === undefined) return [problemAt(at, `is missing; give ${wanted(field)}`)];
    const shown = isSecret(field) ? "the value" : JSON.stringify(value);
    if (Object.values(textFault).includes(issue.message)) return [problemAt(at, issue.message)];
    const fault = fits(value, field) ? `${shown} is ${misfit(issue, field)}` : `${shown} is not ${kind(field, value)}`;
    return [problemAt(at, fault)];
}

/** What is wrong with a value of the right type. */
function misfit(issue: Issue, field: z.ZodType | undefined): string {
    const bounds = boundsOf(field);
    if (bounds && (issue.code === "too_small" || issue.code === "too_big")) return `out of range; give ${bounds}`;
    if (issue.code === "not_multiple_of") return `not a multiple of ${issue.divisor}; give ${bounds}`;
    if (bounds && issue.code === "invalid_type") return `not a whole number; give ${bounds}`;
    return `not ${metaOf(field).expected ?? issue.message}; give ${allowedValues(field)}`;
}

/** Whether `value` has the type of what belongs there. */
function fits(value: unknown, field: z.ZodType | undefined): boolean {
    const inner = unwrapped(field);
    if (inner instanceof z.ZodNumber) return typeof value === "number";
    if (inner instanceof z.ZodString) return typeof value === "string";
    return inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral;
}

/** The type of what belongs there, and how to write a value that has another. */
function kind(field: z.ZodType | undefined, value: unknown): string {
    const inner = unwrapped(field);
    if (inner instanceof z.ZodNumber)
        return `a number; give ${/^[\d.]+$/.test(String(value)) ? `${value} without quotes` : boundsOf(field)}`;
    if (inner instanceof z.ZodString) {
        const quotable = ["number", "boolean"].includes(typeof value);
        if (isSecret(field)) return "text; put it in quotes";
        return quotable ? `text; put it in quotes${quoted(value)}` : `text; give ${wanted(field)}`;
    }
    if (inner instanceof z.ZodBoolean) return "true or false";
    if (inner instanceof z.ZodArray) return "a list";
    return "a group of settings";
}

/** A number or a boolean as text. YAML reads 16.10 as 16.1, so that the zeros of a fraction are known only to who wrote it. */
function quoted(value: unknown): string {
    const isFraction = typeof value === "number" && !Number.isInteger(value);
    return isFraction ? `, as you wrote it: "${value}" or "${value}0"` : `: "${value}"`;
}

/** What a missing setting has to be. */
function wanted(field: z.ZodType | undefined): string {
    const { expected, example } = metaOf(field);
    const inner = unwrapped(field);
    if (inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral) return allowedValues(field);
    if (expected) return example ? `${expected}, like ${example}` : expected;
    if (inner instanceof z.ZodArray) return `a list of: ${wanted(inner.element as z.ZodType)}`;
    return boundsOf(field) ?? kind(field, undefined);
}

/** Values that are allowed. */
function allowedValues(field: z.ZodType | undefined): string {
    const inner = unwrapped(field);
    if (inner instanceof z.ZodEnum) return listed(inner.options.map(String));
    const { allowed, example, expected = "another" } = metaOf(field);
    return allowed ?? (example ? `one like ${example}` : expected);
}

/** `0 to 35`; undefined where it is not a number with bounds. */
function boundsOf(field: z.ZodType | undefined): string | undefined {
    const inner = unwrapped(field);
    if (!(inner instanceof z.ZodNumber)) return undefined;
    const { minValue, maxValue } = inner;
    return maxValue === null || maxValue === Number.MAX_SAFE_INTEGER
        ? `${minValue} or more`
        : `${minValue} to ${maxValue}`;
}

function isSecret(field: z.ZodType | undefined): boolean {
    return metaOf(field).secret === true;
}

function metaOf(field: z.ZodType | undefined): z.core.GlobalMeta {
    return { ...unwrapped(field)?.meta(), ...field?.meta() };
}
