import { unknownSentinels } from "../../components/unknown-values";

/** What is known of a value at preview. The AWS provider writes `""` or `null` for an input that is not set: absent. */
export type Reading =
    | { readonly is: "absent" }
    | { readonly is: "unknown" }
    | { readonly is: "known"; readonly value: string | number | boolean | object };

export const absent: Reading = { is: "absent" };

/**
 * Reads `holder[key]` without throwing. A plain read of an unknown value throws UnknownValueError, which the SDK turns
 * into an advisory that passes; a property descriptor bypasses the SDK's proxy. Its value is unwrapped at every
 * depth, so nested values must be read with `readProperty` too.
 */
export function readProperty(holder: object, key: string | number): Reading {
    const value: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (unknownSentinels.has(value)) return { is: "unknown" };
    switch (typeof value) {
        case "string":
            return value === "" ? absent : { is: "known", value };
        case "number":
        case "boolean":
            return { is: "known", value };
        case "object":
            return value === null ? absent : { is: "known", value };
        default:
            return absent;
    }
}

/** The elements of a list one by one, or undefined when the value is not a list. */
export function elements(reading: Reading): Reading[] | undefined {
    if (reading.is !== "known" || !Array.isArray(reading.value)) return undefined;
    const list: object = reading.value;
    return Array.from({ length: reading.value.length }, (_, index) => readProperty(list, index));
}

/** A property of a nested object; absent when there is no such object, unknown when the object itself is. */
export function field(reading: Reading, key: string): Reading {
    if (reading.is !== "known") return reading;
    return typeof reading.value === "object" ? readProperty(reading.value, key) : absent;
}

/** The text of a known value, numbers and booleans included; undefined for all else. */
export function text(reading: Reading): string | undefined {
    return reading.is === "known" && typeof reading.value !== "object" ? String(reading.value) : undefined;
}

/** Whether a value is unknown or contains an unknown value at any depth. */
export function hasUnknown(reading: Reading): boolean {
    if (reading.is !== "known" || typeof reading.value !== "object") return reading.is === "unknown";
    const holder = reading.value;
    return Object.keys(holder).some((key) => hasUnknown(readProperty(holder, key)));
}
