import { z } from "zod";
import type { Problem } from "../validation";
import { type DefaultContext, defaultValue } from "./default";
import { settingProblems } from "./problem";
import { isGroup, type Path, schemaAt, unwrapped, valueAt } from "./walk";

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
 * that the rest can still be checked; where there is no default, an example does. With problems, the spec is only good for
 * finding more of them.
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
    const first = schema.safeParse(fill(schema, kept, context));
    if (first.success) return { given: kept as Given<Schema>, spec: first.data, problems };

    problems.push(...settingProblems(where, schema, fill(schema, kept, context)));
    for (const issue of first.error.issues) replaceWrong(issue, schema, kept);
    return { given: kept as Given<Schema>, spec: schema.parse(fill(schema, kept, context)), problems };
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

/** Takes what `issue` is about out of `given`: an unknown key, or a wrong value, with the list that it is in. */
function replaceWrong(issue: z.core.$ZodIssue, schema: z.ZodType, given: unknown): void {
    if (issue.code === "unrecognized_keys") {
        const parent = valueAt(issue.path, given);
        if (isGroup(parent)) for (const key of issue.keys) delete parent[key];
        return;
    }
    const listed = issue.path.findIndex((step) => typeof step === "number");
    const path = listed < 0 ? issue.path : issue.path.slice(0, listed);
    const parent = valueAt(path.slice(0, -1), given);
    const key = String(path.at(-1));
    if (!isGroup(parent)) return;
    if (canBeLeftOut(path, schema)) delete parent[key];
    else parent[key] = exampleOf(schemaAt(path, schema));
}

function canBeLeftOut(path: Path, schema: z.ZodType): boolean {
    const field = schemaAt(path, schema);
    if (unwrapped(schemaAt(path.slice(0, -1), schema)) instanceof z.ZodRecord) return true;
    // That it was given at all is for rules to judge too.
    if (field instanceof z.ZodOptional) return unwrapped(field).meta()?.example === undefined;
    return field instanceof z.ZodObject || field?.meta()?.whenOmitted !== undefined;
}

/** A value that a setting may have. */
export function exampleOf(field: z.ZodType | undefined): unknown {
    const inner = unwrapped(field);
    if (inner instanceof z.ZodEnum) return inner.options[0];
    if (inner instanceof z.ZodNumber) return inner.minValue ?? 0;
    if (inner instanceof z.ZodArray) return [];
    return inner?.meta()?.example ?? "";
}
