import { z } from "zod";
import type { Problem } from "../validation";
import { type DefaultContext, defaultValue } from "./default";
import { type Path, settingProblems } from "./problem";
import { isGroup, schemaAt, unwrapped, valueAt } from "./walk";

/** What a stack may give of a group of settings: any part of it. */
export type Given<Schema> =
    Schema extends z.ZodOptional<infer Inner>
        ? Given<Inner>
        : Schema extends z.ZodObject<infer Shape>
          ? { [Key in keyof Shape]?: Given<Shape[Key]> }
          : Schema extends z.ZodRecord<z.ZodString, infer Value>
            ? Record<string, Given<Value>>
            : z.output<Schema>;

/** A group of settings with defaults in the place of what was left out. */
export interface ResolvedSettings<Schema extends z.ZodType> {
    /** What was given, without what was wrong. */
    given: Given<Schema>;
    spec: z.output<Schema>;
    problems: Problem[];
}

/**
 * Completes what was given of `schema` and checks it. A wrong value becomes a problem, and its default takes its place, so
 * that the rest can still be checked. Where a setting without a default is missing, the group that needs it is left out.
 * @param where how the group is named in problems
 */
export function resolveSettings<Schema extends z.ZodType>(
    schema: Schema,
    given: unknown,
    where: string,
    context: DefaultContext,
): ResolvedSettings<Schema> {
    const problems: Problem[] = isGroup(given) ? [] : settingProblems(where, schema, given);
    const kept = isGroup(given) ? structuredClone(given) : {};
    for (;;) {
        const filled = fill(schema, kept, context);
        const parsed = schema.safeParse(filled);
        if (parsed.success) return { given: kept as Given<Schema>, spec: parsed.data, problems };
        problems.push(...settingProblems(where, schema, filled));
        if (!parsed.error.issues.map((issue) => forget(issue, schema, kept)).some(Boolean)) {
            throw new Error(`the defaults of ${where} are invalid: ${parsed.error.message}`);
        }
    }
}

/** A group of settings that consists of defaults. */
export function defaultsOf<Schema extends z.ZodType>(schema: Schema, context: DefaultContext): z.output<Schema> {
    return schema.parse(fill(schema, {}, context));
}

/** `given`, whatever it is, with defaults wherever it leaves out what `schema` has one for. */
function fill(schema: z.ZodType, given: unknown, context: DefaultContext): unknown {
    const inner = unwrapped(schema);
    if (!isGroup(given)) return given;
    if (inner instanceof z.ZodRecord) {
        const value = inner.valueType as z.ZodType;
        return Object.fromEntries(Object.entries(given).map(([name, own]) => [name, fill(value, own, context)]));
    }
    if (!(inner instanceof z.ZodObject)) return given;
    const shape = inner.shape as Record<string, z.ZodType>;
    const own = { ...context, ...engineOf(shape.engine, given.engine, context) };
    const filled: Record<string, unknown> = { ...given };
    for (const [key, field] of Object.entries(shape)) {
        const value = given[key] === undefined ? omitted(field, own) : fill(field, given[key], own);
        if (value !== undefined) filled[key] = value;
    }
    return filled;
}

/** The engine that a group of settings chooses, if it does. */
function engineOf(field: z.ZodType | undefined, given: unknown, context: DefaultContext): { engine?: string } {
    if (!field) return {};
    const engine = field.safeParse(given).success ? given : omitted(field, context);
    return { engine: String(engine) };
}

/** What stands in the place of a setting that was left out. */
function omitted(field: z.ZodType, context: DefaultContext): unknown {
    const rule = field.meta()?.whenOmitted ?? unwrapped(field).meta()?.whenOmitted;
    if (rule) return fill(field, defaultValue(rule, context), context);
    return field instanceof z.ZodObject ? fill(field, {}, context) : undefined;
}

/**
 * Takes what `issue` is about out of `given`: an unknown key; a wrong value, with the list that it is in; and where a setting
 * is missing, the optional group or the named entry around it. Returns whether there was anything to take out.
 */
function forget(issue: z.core.$ZodIssue, schema: z.ZodType, given: unknown): boolean {
    if (issue.code === "unrecognized_keys") {
        const parent = valueAt(issue.path, given);
        return issue.keys.map((key) => remove(parent, key)).some(Boolean);
    }
    const listed = issue.path.findIndex((step) => typeof step === "number");
    const path = listed < 0 ? issue.path : issue.path.slice(0, listed);
    for (let length = path.length; length > 0; length -= 1) {
        const parent = path.slice(0, length - 1);
        const removable = length === path.length || isOptional(schema, path.slice(0, length));
        if (removable && remove(valueAt(parent, given), path[length - 1])) return true;
    }
    return false;
}

function isOptional(schema: z.ZodType, path: Path): boolean {
    const parent = unwrapped(schemaAt(path.slice(0, -1), schema));
    return parent instanceof z.ZodRecord || schemaAt(path, schema) instanceof z.ZodOptional;
}

function remove(parent: unknown, key: PropertyKey | undefined): boolean {
    if (!isGroup(parent) || key === undefined || !(key in parent)) return false;
    delete parent[String(key)];
    return true;
}
