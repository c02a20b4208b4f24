import { z } from "zod";

/** The way to a setting from the group that it is in. */
export type Path = readonly PropertyKey[];

/** The value at `path`; undefined where there is none. */
export function valueAt(path: Path, from: unknown): unknown {
    return path.reduce<unknown>(
        (value, step) =>
            Array.isArray(value) ? value[Number(step)] : isGroup(value) ? value[String(step)] : undefined,
        from,
    );
}

/** The schema of what stands at `path`; undefined where nothing can. */
export function schemaAt(path: Path, from: z.ZodType): z.ZodType | undefined {
    return path.reduce<z.ZodType | undefined>((parent, step) => {
        const inner = parent && unwrapped(parent);
        if (inner instanceof z.ZodObject) return inner.shape[String(step)] as z.ZodType | undefined;
        if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
        return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
    }, from);
}

/** The schema of a setting that is given. */
export function unwrapped(schema: z.ZodType): z.ZodType;
export function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined;
export function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
    return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

/** Whether it is a group of settings. */
export function isGroup(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
