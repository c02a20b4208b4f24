import { describe, expect, it } from "vitest";
import { rehearse } from "../components/testing/mocks";
import { parseConfig } from "./config";
import { createPlatform } from "./platform";

/** The names of all that a stack registers at its first preview. */
async function registered(settings: Record<string, unknown>): Promise<string[]> {
    const raw = Object.entries(settings).map(([key, value]) => [`plinth:${key}`, JSON.stringify(value)]);
    const read = parseConfig(
        { "aws:region": "eu-west-1", "plinth:tier": "staging", ...Object.fromEntries(raw) },
        "live",
        "shop",
    );
    if ("problems" in read) throw new Error(read.problems.map(({ text }) => text).join("\n"));
    const { created } = await rehearse(true, () => createPlatform(read.spec));
    return created.map(({ name }) => name);
}

const exporters = ["monitoring-database-exporter", "monitoring-cache-exporter"];
const user = ["database-monitoring-credentials"];

describe("monitoring in the cluster", () => {
    it.each<[string, Record<string, unknown>, string[]]>([
        ["all that the platform has", {}, [...user, ...exporters]],
        ["no database whose user no workloads' Job would create", { workloads: false }, exporters.slice(1)],
        ["nothing that the platform has not", { database: false, cache: false }, []],
        ["nothing where it is turned off", { monitoring: false }, []],
    ])("is of %s", async (_, settings, expected) => {
        const names = await registered(settings);
        expect([...user, ...exporters].filter((name) => names.includes(name))).toEqual(expected);
    });
});
