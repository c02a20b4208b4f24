import { type Default, tierNames } from "@plinth/components";
import { z } from "zod";
import { defaultsByTier, type SettingEntry } from "./reference";

/** What a setting may be, in words. */
export function valueInWords({ schema }: Pick<SettingEntry, "schema">): string {
    const { expected, example, allowed } = schema.meta() ?? {};
    if (schema instanceof z.ZodEnum) return schema.options.map((option) => code(option)).join(", ");
    if (schema instanceof z.ZodLiteral) return allowed ?? "";
    if (schema instanceof z.ZodNumber) return allowed ?? `a number, ${bounds(schema)}`;
    if (schema instanceof z.ZodBoolean) return "`true` or `false`";
    if (schema instanceof z.ZodArray) {
        const element = schema.element as z.ZodType;
        return element instanceof z.ZodObject
            ? "a list of groups of settings"
            : `a list of: ${valueInWords({ schema: element })}`;
    }
    if (schema instanceof z.ZodRecord) {
        const value = schema.valueType as z.ZodType;
        return value instanceof z.ZodObject
            ? "groups of settings by name"
            : `by name: ${valueInWords({ schema: value })}`;
    }
    if (schema instanceof z.ZodObject) return "a group of settings";
    return [expected ?? "text", allowed, !allowed && example && `like ${code(example)}`].filter(Boolean).join(", ");
}

/** What a setting is where it is left out, in words. */
export function defaultInWords({
    whenOmitted,
    optional,
    schema,
}: Pick<SettingEntry, "whenOmitted" | "optional" | "schema">): string {
    if (whenOmitted?.kind === "engine") return engineDefaults(whenOmitted, schema);
    if (whenOmitted) return tierDefaults(whenOmitted, schema);
    if (optional) return "none";
    return schema instanceof z.ZodObject ? "see its settings" : "has to be given";
}

function engineDefaults({ engines }: Extract<Default, { kind: "engine" }>, schema: z.ZodType): string {
    const named = Object.entries(engines).map(([engine, rule]) => [engine, tierDefaults(rule, schema)] as const);
    const texts = [...new Set(named.map(([, text]) => text))].filter((text) => text !== "none");
    return texts
        .map((text) => {
            const of = named.filter(([, other]) => other === text).map(([engine]) => engine);
            return of.length === named.length ? text : `${text} (${of.join(", ")})`;
        })
        .join("; ");
}

function tierDefaults(rule: Default, schema: z.ZodType): string {
    const texts = defaultsByTier(rule).map((value) => written(value, schema));
    return new Set(texts).size === 1
        ? (texts[0] ?? "none")
        : tierNames.map((tier, index) => `${tier} ${texts[index]}`).join(", ");
}

/** A value as the configuration would say it. */
export function written(value: unknown, schema: z.ZodType): string {
    if (value === undefined) return "none";
    if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).map(code).join(" ");
    if (isEmpty(value)) return schema instanceof z.ZodObject ? "with its defaults" : "none";
    return code(typeof value === "string" ? value : JSON.stringify(value));
}

function isEmpty(value: unknown): boolean {
    return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function bounds({ minValue, maxValue }: z.ZodNumber): string {
    const most = maxValue === null || maxValue >= Number.MAX_SAFE_INTEGER;
    return most ? `${minValue} or more` : `${minValue} to ${maxValue}`;
}

function code(value: unknown): string {
    return `\`${value}\``;
}
