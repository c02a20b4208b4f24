import type { Inputs } from "../../resource-type";

/** Families of Aurora's parameters, as part of a regular expression. */
export const auroraFamily = String.raw`aurora-postgresql1[3-8]|aurora-mysql(5\.7|8\.0|8\.4)`;

/** The number that a major version is ordered by: 16 of 16.4, 8.4 of 8.4.7. */
export function major(version: string): number {
    return Number.parseFloat(version);
}

/** The family that an engine of that version takes parameters of. */
export function familyOf(engine: string, version: string): string {
    const parts = version.split(".");
    return engine + parts.slice(0, engine.includes("postgres") ? 1 : 2).join(".");
}

/** Whether both have the input, and not the same. */
export function changes(old: Inputs, next: Inputs, name: string): boolean {
    return old.has(name) && next.has(name) && old.text(name) !== next.text(name);
}
