import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { components } from "../component-package/components";
import { componentSchema } from "./component-schema";

const file = path.join(__dirname, "../component-package/schema.json");
const outputs = Object.fromEntries(Object.entries(components).map(([token, component]) => [token, component.outputs]));
const schema = componentSchema(outputs);
const text = `${JSON.stringify(schema, undefined, 2)}\n`;

describe("the schema of the component package", () => {
    it("is as the sources say; UPDATE_DOCS=1 writes it anew", () => {
        if (process.env.UPDATE_DOCS) writeFileSync(file, text);
        expect(readFileSync(file, "utf8")).toBe(text);
    });

    it("describes every input", () => {
        const groups = [
            ...Object.entries(schema.resources).map(
                ([token, { inputProperties }]) => [token, inputProperties] as const,
            ),
            ...Object.entries(schema.types).map(([token, { properties }]) => [token, properties] as const),
        ];
        const silent = groups.flatMap(([token, properties]) =>
            Object.keys(properties)
                .filter((name) => !properties[name]?.description)
                .map((name) => `${token}.${name}`),
        );
        // Where a group of settings is a list of words, the group's own description says what they mean.
        const words = ["public", "private", "isolated"].map((kind) => `plinth:network:Subnets.${kind}`);
        expect(silent).toEqual(words);
    });

    it("says what may come from another resource, what has a few values, and what has to be given", () => {
        const queue = schema.resources["plinth:queue:Queue"];
        expect(queue?.inputProperties.consumers).toMatchObject({
            type: "object",
            additionalProperties: { type: "string" },
            plain: true,
        });
        expect(queue?.inputProperties.consumers?.additionalProperties?.plain).toBeUndefined();
        expect(queue?.inputProperties.encryption?.description).toMatch(/One of: kms, sqs\.$/);
        expect(queue?.requiredInputs).toEqual([]);
        expect(schema.resources["plinth:database:Database"]?.requiredInputs).toEqual(["network"]);
        expect(schema.types["plinth:database:DatabaseNetwork"]?.required).toEqual([
            "availabilityZones",
            "isolatedSubnetIds",
            "vpcId",
        ]);
    });
});
