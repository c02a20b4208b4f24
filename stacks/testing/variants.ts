import { readFileSync } from "node:fs";
import * as path from "node:path";

/** What of JSON Schema the stack's schema uses for the kinds of settings that are walked. */
interface Schema {
    type?: string | string[];
    enum?: unknown[];
    properties?: Record<string, Schema>;
    additionalProperties?: Schema | boolean;
    required?: string[];
    items?: Schema;
    anyOf?: Schema[];
}

/** A setting, and what it may be in turn; undefined is left out. */
export interface Choice {
    at: readonly string[];
    values: readonly unknown[];
}

type Group = Readonly<Record<string, unknown>>;

/** Whether it is a group of settings. */
export function isGroup(value: unknown): value is Group {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schema of what is given under `plinth:`, by the name of the part. */
function partSchemas(): Record<string, Schema> {
    const text = readFileSync(path.join(__dirname, "../stack.schema.json"), "utf8");
    const whole = JSON.parse(text) as { properties: { config: { properties: Record<string, Schema> } } };
    const own = Object.entries(whole.properties.config.properties).filter(([key]) => key.startsWith("plinth:"));
    return Object.fromEntries(own.map(([key, schema]) => [key.slice("plinth:".length), schema]));
}

/**
 * Every choice that the schema leaves to a stack that has these settings: what is given may be left out, unless it is
 * required; a switch may be on or off; a word may be any of the list. Groups that the stack does not have are not entered.
 */
export function choicesOf(settings: Group): Choice[] {
    return Object.entries(partSchemas()).flatMap(([part, schema]) =>
        walk([part], schema, settings[part], part !== "tier"),
    );
}

function walk(at: readonly string[], schema: Schema, value: unknown, optional: boolean): Choice[] {
    const forms = [schema, ...(schema.anyOf ?? [])];
    const words = forms.flatMap((form) => form.enum ?? (form.type === "boolean" ? [false, true] : []));
    const others = isGroup(value) ? [] : words;
    const values = [...new Set([value, ...(optional ? [undefined] : []), ...others])];
    const own = values.length > 1 ? [{ at, values }] : [];
    if (!isGroup(value)) return own;
    const form = forms.find(({ properties, additionalProperties }) => properties ?? isGroup(additionalProperties));
    const inner = form?.additionalProperties;
    const names = new Set([...Object.keys(form?.properties ?? {}), ...Object.keys(value)]);
    const children = [...names].flatMap((name) => {
        const schemaOfName = form?.properties?.[name] ?? (isGroup(inner) ? (inner as Schema) : {});
        return walk([...at, name], schemaOfName, value[name], !form?.required?.includes(name));
    });
    return [...own, ...children];
}

/** The settings with one of them as it may also be. */
export function withChoice(settings: Group, at: readonly string[], value: unknown): Group {
    const [step, ...rest] = at;
    if (step === undefined) return settings;
    const inner = settings[step];
    if (rest.length > 0 && !isGroup(inner)) return settings;
    const changed = rest.length > 0 ? withChoice(inner as Group, rest, value) : value;
    const { [step]: _, ...others } = settings;
    return changed === undefined ? others : { ...others, [step]: changed };
}
