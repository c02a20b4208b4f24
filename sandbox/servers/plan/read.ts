import type { Entity } from "../../account/account";
import { type Properties, revealDeep, type Value } from "../../rpc/values";
import type { Parameter } from "./plan";

/** A text among the properties, a secret one too; empty where there is none. */
export function textIn(properties: Properties, name: string): string {
    const value = revealDeep(properties[name]);
    return typeof value === "string" ? value : "";
}

export function numberIn(properties: Properties, name: string): number | undefined {
    const value = properties[name];
    return typeof value === "number" ? value : undefined;
}

export function textsIn(properties: Properties, name: string): string[] {
    const value = revealDeep(properties[name]);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** The entries of a property such as `tags`. */
export function mapIn(properties: Properties, name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(objectOf(properties[name])).map(([key, value]) => [key, String(value)]));
}

/** The parameters of a parameter group. */
export function parametersOf(group: Entity | undefined): Parameter[] {
    const parameters = revealDeep(group?.inputs.parameters);
    if (!Array.isArray(parameters)) return [];
    return parameters.map(objectOf).map(({ name, value }) => ({ name: String(name), value: String(value) }));
}

/** The fields of a secret's text, where it is JSON. */
export function fieldsOf(text: string): Record<string, unknown> {
    try {
        const fields: unknown = JSON.parse(text);
        return typeof fields === "object" && fields !== null ? (fields as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

export function objectOf(value: Value | undefined): Properties {
    const shown = revealDeep(value);
    return typeof shown === "object" && shown !== null && !Array.isArray(shown) ? (shown as Properties) : {};
}
