import { type Problem, problemAt } from "@plinth/components";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { type Settings, settingsSchema } from "./schema";

/** What a stack's configuration says under `plinth:`, as far as it has the right form. */
export interface ReadSettings {
    settings: Settings;
    /** The parts that are set to `false`: a platform without them. */
    without: Set<string>;
    problems: Problem[];
}

const prefix = "plinth:";
/** Parts that a platform can do without. */
const optionalParts = ["database", "backup", "cache", "cluster"];

/** Settings whose values no message repeats. */
const secretSettings = ["authToken"];

type Path = PropertyKey[];
type Issue = z.core.$ZodIssue;

/**
 * Reads `raw`, the stack's whole configuration as Pulumi hands it out: values are texts, and whatever was an object or a
 * list is JSON. What has the wrong form becomes a problem and is then left out, so that the rest can still be checked.
 */
export function readSettings(raw: Record<string, string>): ReadSettings {
    const decoded: Record<string, unknown> = {};
    const without = new Set<string>();
    for (const [key, text] of Object.entries(raw)) {
        if (!key.startsWith(prefix)) continue;
        const name = key.slice(prefix.length);
        const value = decode(text);
        if (value === false && optionalParts.includes(name)) without.add(name);
        else decoded[name] = value;
    }
    const first = settingsSchema.safeParse(decoded);
    if (first.success) return { settings: first.data, without, problems: [] };

    const problems = first.error.issues.flatMap((issue) => explain(issue, decoded));
    for (const issue of first.error.issues) forget(issue, decoded);
    return { settings: settingsSchema.parse(decoded), without, problems };
}

/** How a setting is written: `plinth:network.subnets.public[1]`. */
export function settingName(path: Path): string {
    return (
        prefix +
        path
            .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index ? "." : ""}${String(step)}`))
            .join("")
    );
}

/** What is known, nearest first, in place of a key that isn't. */
export function unknownKey(name: string, key: string, known: string[], write: (key: string) => string): Problem {
    const nearest = closest(key, known);
    const near = distance(key, nearest) <= Math.ceil(key.length * 0.4);
    const mend = near ? `did you mean ${write(nearest)}?` : `what can stand there is ${known.join(", ")}`;
    return { at: name, text: `${name} is not known; ${mend}` };
}

function decode(text: string): unknown {
    if (!/^(\{|\[|true$|false$)/.test(text)) return text;
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

function explain(issue: Issue, decoded: unknown): Problem[] {
    if (issue.code === "unrecognized_keys") {
        const known = keysAt(issue.path);
        const write = (key: string) => settingName([...issue.path, key]);
        return issue.keys.map((key) => unknownKey(write(key), key, known, write));
    }
    const value = secretSettings.includes(String(issue.path.at(-1)))
        ? "the value"
        : JSON.stringify(valueAt(issue.path, decoded));
    const at = settingName(issue.path);
    if (issue.code === "invalid_value") {
        const words = issue.values.map(String);
        const last = words.pop() ?? "";
        return [
            problemAt(
                at,
                `${value} is not ${issue.message}; give ${[words.join(", "), last].filter(Boolean).join(" or ")}`,
            ),
        ];
    }
    if (issue.code === "invalid_type") return [problemAt(at, `${value} is not ${wanted(issue.expected, value)}`)];
    return [problemAt(at, `${value} does not do: ${issue.message}`)];
}

function wanted(expected: string, value: string): string {
    switch (expected) {
        case "number":
            return /^"[\d.]+"$/.test(value) ? `a number; give ${value.slice(1, -1)} without quotes` : "a number";
        case "boolean":
            return "true or false";
        case "string":
            return /^[\d.]+$|^true$|^false$/.test(value) ? `text; put it in quotes: "${value}"` : "text";
        case "array":
            return "a list";
        default:
            return "a group of settings";
    }
}

/** Takes what `issue` is about out of the settings: an unknown key, else the setting itself with the list it is in. */
function forget(issue: Issue, decoded: Record<string, unknown>): void {
    if (issue.code === "unrecognized_keys") {
        const parent = valueAt(issue.path, decoded);
        if (isGroup(parent)) for (const key of issue.keys) delete parent[key];
        return;
    }
    const listed = issue.path.findIndex((step) => typeof step === "number");
    const path = listed < 0 ? issue.path : issue.path.slice(0, listed);
    const parent = valueAt(path.slice(0, -1), decoded);
    if (isGroup(parent)) delete parent[String(path.at(-1))];
}

function valueAt(path: Path, from: unknown): unknown {
    return path.reduce<unknown>(
        (value, step) =>
            Array.isArray(value) ? value[Number(step)] : isGroup(value) ? value[String(step)] : undefined,
        from,
    );
}

function keysAt(path: Path): string[] {
    const schema = path.reduce<unknown>((parent, step) => {
        const inner = unwrapped(parent);
        if (inner instanceof z.ZodObject) return inner.shape[String(step)];
        return inner instanceof z.ZodRecord ? inner.valueType : undefined;
    }, settingsSchema);
    const inner = unwrapped(schema);
    return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrapped(schema: unknown): unknown {
    return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}

function isGroup(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
