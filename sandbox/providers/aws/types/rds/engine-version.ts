import { type DatabaseEngine, databaseVersions } from "@plinth/facts";
import type { Inputs } from "../../resource-type";

/** The parameter group families of what an engine creates. */
function familiesOf(engine: DatabaseEngine): string[] {
    return [...new Set(databaseVersions(engine).map((version) => familyOf(engine, version)))];
}

/** Those of a cluster's groups. */
export const auroraFamilies = () => [...familiesOf("aurora-postgresql"), ...familiesOf("aurora-mysql")];

/** Those of the groups of instances, also of a cluster's. */
export const instanceFamilies = () => [...familiesOf("postgres"), ...familiesOf("mysql"), ...auroraFamilies()];

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
