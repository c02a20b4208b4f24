import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { databaseProxy, readerAutoscaling, serverlessCapacity } from "./defaults";
import { type Tier, tierNames, tiers } from "./tiers";

const parts = [
    "network",
    "database",
    "backup",
    "cache",
    "cluster",
    "registry",
    "queue",
    "application",
    "migration",
    "workload",
    "ingress",
    "waf",
] as const satisfies (keyof Tier)[];

/** Where the spec of a part stands, if not in the folder of its name. */
const files: Record<string, string> = {
    migration: "application/spec.ts",
    waf: "ingress/spec.ts",
};

/** The documented default of each field of a spec: `@default` and the field's name, as they stand in its source. */
function documentedDefaults(part: string, file = files[part]): [field: string, documented: string][] {
    const source = readFileSync(path.join(__dirname, "..", "components", file ?? path.join(part, "spec.ts")), "utf8");
    const fields = source.matchAll(/\/\*\*(?<doc>(?:(?!\*\/).)*)\*\/\s+(?<field>\w+)\??:/gs);
    return [...fields].flatMap(({ groups }) => {
        const documented = /@default (?<value>.*)/.exec(groups?.doc ?? "")?.groups?.value;
        return documented && groups?.field ? [[groups.field, documented] as [string, string]] : [];
    });
}

/** How a default is written: by tier where the tiers differ. */
function written(values: unknown[]): string {
    const words = values.map((value) => (value === undefined ? "none" : String(value)));
    return new Set(words).size === 1 ? (words[0] ?? "") : `by tier: ${words.join(" / ")}`;
}

describe.each(parts)("the documented defaults of the %s", (part) => {
    it.each(documentedDefaults(part))("%s: %s", (field, documented) => {
        const values = tierNames.map((name) => (tiers[name][part] as Record<string, unknown>)[field]);
        // What is worked out from other settings is described, not listed.
        if (values.every((value) => value === undefined || typeof value === "object")) return;
        expect(documented).toContain(written(values));
    });
});

describe("the documented defaults of an Aurora database", () => {
    const documented = new Map(documentedDefaults("database"));
    it.each(["instanceClass", "storageType"] as const)("%s", (field) => {
        const values = tierNames.map((name) => tiers[name].aurora[field]);
        expect(documented.get(field)).toContain(`for Aurora ${written(values)}`);
    });

    const ofAurora = new Map(documentedDefaults("database", "database/aurora/spec.ts"));
    it.each(Object.entries({ ...serverlessCapacity, ...readerAutoscaling }))("%s: %d", (field, value) => {
        expect(ofAurora.get(field)).toBe(String(value));
    });

    it("readerAutoscaling, in prod alone", () => {
        const { maximumReaders, targetCpuPercent } = readerAutoscaling;
        const documented = `none / none / up to ${maximumReaders} readers at ${targetCpuPercent} % of the CPU`;
        expect(ofAurora.get("readerAutoscaling")).toContain(documented);
        const values = tierNames.map((name) => tiers[name].aurora.readerAutoscaling);
        expect(values).toEqual([undefined, undefined, readerAutoscaling]);
    });
});

describe("the documented defaults of a database's proxy", () => {
    const documented = new Map(documentedDefaults("database", "database/proxy/spec.ts"));
    it.each(Object.entries({ ...databaseProxy, initQuery: undefined }))("%s: %j", (field, value) => {
        const none = value === undefined || (Array.isArray(value) && value.length === 0);
        expect(documented.get(field)).toBe(none ? "none" : String(value));
    });
});
