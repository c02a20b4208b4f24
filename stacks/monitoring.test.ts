import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
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
    const names: string[] = [];
    const mocks: pulumi.runtime.Mocks = {
        newResource: ({ name, inputs }) => {
            names.push(name);
            return { id: `${name}-id`, state: inputs };
        },
        call: ({ token }) => (token.endsWith(":getAvailabilityZones") ? { names: ["eu-west-1a", "eu-west-1b"] } : {}),
    };
    await pulumi.runtime.setMocks(mocks, "shop", "live", true);
    createPlatform(read.spec);
    await pulumi.runtime.disconnect();
    return names;
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
