import type { Inputs } from "../../resource-type";

/** The parameter group families of Aurora, as part of a regular expression. */
export const auroraFamily = String.raw`aurora-postgresql1[3-8]|aurora-mysql(5\.7|8\.0|8\.4)`;

/** The major version as a number: 16 for 16.4, 8.4 for 8.4.7. */
export function major(version: string): number {
    return Number.parseFloat(version);
}

/** The parameter group family of an engine version. */
export function familyOf(engine: string, version: string): string {
    const parts = version.split(".");
    return engine + parts.slice(0, engine.includes("postgres") ? 1 : 2).join(".");
}

/** Whether an input is set before and after the update, with different values. */
export function changes(old: Inputs, next: Inputs, name: string): boolean {
    return old.has(name) && next.has(name) && old.text(name) !== next.text(name);
}
