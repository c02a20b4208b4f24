import type { Field } from "../field";

/** One control: the violation by a pod, in the words of the admission; undefined where there is none. */
export type Control = (pod: Pod) => string | undefined;

/** A pod as the controls see it. What is not known before the update counts as allowed. */
export interface Pod {
    metadata: Field;
    spec: Field;
    containers: Field[];
}

export const context = (field: Field) => field.at("securityContext");

export function named(fields: Field[], noun = "container"): string {
    const names = fields.map((field) => JSON.stringify(field.at("name").text() ?? "")).join(", ");
    return `${noun}${fields.length === 1 ? "" : "s"} ${names}`;
}

export function subject(bad: Field[], pod: boolean | undefined): string {
    const parts = [...(pod ? ["pod"] : []), ...(bad.length > 0 ? [named(bad)] : [])];
    return parts.join(" and ");
}
