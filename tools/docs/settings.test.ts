import { readFileSync } from "node:fs";
import * as path from "node:path";
import { exampleOf, unwrapped } from "@plinth/components";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseConfig } from "../../stacks/config";
import type { Part } from "../../stacks/part";
import { parts } from "../../stacks/parts";
import { stackSettings } from "../../stacks/stack-settings";

const root = path.join(__dirname, "..", "..");

describe("the JSON Schema of stack files", () => {
    const schema = JSON.parse(readFileSync(path.join(root, "stacks/stack.schema.json"), "utf8"));
    const problemsOf = (file: unknown) => {
        const ajv = new Ajv({ allErrors: true });
        const validate = ajv.compile(schema);
        validate(file);
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    };
    const stackFile = (stack: string) => readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8");

    it.each(["dev", "staging", "prod"])("accepts %s, which names it", (stack) => {
        expect(stackFile(stack)).toMatch(/^# yaml-language-server: \$schema=\.\/stacks\/stack\.schema\.json\n/);
        expect(problemsOf(parse(stackFile(stack)))).toEqual([]);
    });

    it("accepts the example in the README", () => {
        const readme = readFileSync(path.join(root, "README.md"), "utf8");
        const example = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? "";
        expect(problemsOf(parse(example))).toEqual([]);
        const { config } = parse(example) as { config: Record<string, unknown> };
        const raw = Object.entries(config).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        expect(parseConfig(Object.fromEntries(raw), "staging", "plinth")).toHaveProperty("spec");
    });

    it("accepts a part that is left out, and secrets as Pulumi writes them", () => {
        const config = { "aws:region": "eu-west-1", "plinth:tier": "dev", "plinth:database": false };
        expect(problemsOf({ config })).toEqual([]);
        const cache = { authToken: { secure: "AAABAEq…" } };
        expect(problemsOf({ encryptionsalt: "v1:…", config: { ...config, "plinth:cache": cache } })).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, string]>([
        ["a misspelt part", { "plinth:databse": {} }, "/config/plinth:databse boolean schema is false"],
        [
            "a misspelt setting",
            { "plinth:network": { natGateway: "none" } },
            "/config/plinth:network must NOT have additional properties",
        ],
        [
            "a value out of range",
            { "plinth:queues": { orders: { delaySeconds: 901 } } },
            "/config/plinth:queues/orders/delaySeconds must be <= 900",
        ],
        [
            "a missing setting",
            { "plinth:clients": { app: {} } },
            "/config/plinth:clients/app must have required property 'securityGroupId'",
        ],
        ["another tier", { "plinth:tier": "test" }, "/config/plinth:tier must be equal to one of the allowed values"],
    ])("refuses %s", (_, change, problem) => {
        expect(problemsOf({ config: { "aws:region": "eu-west-1", "plinth:tier": "dev", ...change } })).toContain(
            problem,
        );
    });
});

/** Every setting of a stack by its path, as the schemas of the parts have it. */
function settings(schema: z.ZodType, name: string): [string, z.ZodType][] {
    const bare = unwrapped(schema);
    if (bare instanceof z.ZodArray) return settings(bare.element as z.ZodType, `${name}[]`);
    if (bare instanceof z.ZodRecord) return settings(bare.valueType as z.ZodType, `${name}.<name>`);
    if (!(bare instanceof z.ZodObject)) return [];
    return Object.entries(bare.shape as Record<string, z.ZodType>).flatMap(([key, field]) => {
        const path = name ? `${name}.${key}` : key;
        return [[path, field] as [string, z.ZodType], ...settings(field, path)];
    });
}

/** Every schema in a JSON Schema that describes a setting, by its path. */
function described(name: string, value: unknown): [string, { description?: string }][] {
    if (typeof value !== "object" || value === null) return [];
    const { properties = {} } = value as { properties?: Record<string, { description?: string }> };
    const inside = Object.entries(value).flatMap(([key, one]) => (key === "properties" ? [] : described(name, one)));
    const own = Object.entries(properties).flatMap(([key, one]) => {
        const path = `${name}/${key}`;
        return [[path, one] as [string, { description?: string }], ...described(path, one)];
    });
    return [...own, ...inside];
}

describe("every setting", () => {
    it("has a description, in front of its default", () => {
        const schema = JSON.parse(readFileSync(path.join(root, "stacks/stack.schema.json"), "utf8"));
        const all = described("", schema.properties.config);
        expect(all.length).toBeGreaterThan(200);
        const without = all.filter(([, { description = "" }]) => !/^(?!Default: |Change: )\S/.test(description));
        expect(without.map(([name]) => name)).toEqual([]);
    });

    it("that has no default has an example that its schema accepts, which stands in where it is missing", () => {
        const all = [
            ...settings(stackSettings, ""),
            ...parts.flatMap((part) => settings((part as Part).settings, part.key)),
        ];
        const required = all.filter(
            ([, field]) =>
                !(field instanceof z.ZodOptional) &&
                !field.meta()?.whenOmitted &&
                !unwrapped(field).meta()?.whenOmitted &&
                unwrapped(field).type !== "object",
        );
        expect(required.length).toBeGreaterThan(10);
        for (const [name, field] of required) {
            const schema = unwrapped(field);
            if (name !== "tier") expect(schema.safeParse(exampleOf(schema)).success, name).toBe(true);
        }
    });
});
