import { readFileSync } from "node:fs";
import * as path from "node:path";
import { exampleOf } from "@plinth/components";
import Ajv from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../../stacks/config";
import { flattened, type Reference, readReference, type SettingEntry } from "./reference";

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

describe("every setting", () => {
    let reference: Reference;
    beforeAll(() => {
        reference = readReference(root);
    }, 180_000);
    const all = (): SettingEntry[] => [
        ...reference.stack,
        ...reference.parts.flatMap(({ entry }) => [entry, ...flattened(entry)]),
    ];

    it("has a description", () => {
        expect(all().filter(({ description }) => description === "")).toEqual([]);
    });

    it("that has no default has an example that its schema accepts, which stands in where it is missing", () => {
        const required = all().filter(
            ({ optional, whenOmitted, schema }) => !optional && !whenOmitted && schema.type !== "object",
        );
        expect(required.length).toBeGreaterThan(10);
        for (const { path: name, schema } of required) {
            if (name !== "tier") expect(schema.safeParse(exampleOf(schema)).success, name).toBe(true);
        }
    });
});
