import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import type { PackageSpec } from "./component-schema";

/** As it is checked in, which is as it is generated (docs/generate.test.ts). */
const schema = JSON.parse(
    readFileSync(path.join(__dirname, "..", "component-package", "schema.json"), "utf8"),
) as PackageSpec;

describe("the schema of the component package", () => {
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
        expect(silent).toEqual([]);
    });

    it("says what may come from another resource, what has a few values, and what has to be given", () => {
        const queue = schema.resources["plinth:queue:Queue"];
        expect(queue?.inputProperties.consumers).toMatchObject({
            type: "object",
            additionalProperties: { type: "string" },
            plain: true,
        });
        expect(queue?.inputProperties.consumers?.additionalProperties?.plain).toBeUndefined();
        expect(queue?.inputProperties.encryption?.description).toMatch(
            /One of: (kms, sqs|sqs, kms)\.\n\nDefault: `kms`$/,
        );
        expect(queue?.requiredInputs).toEqual([]);
        expect(schema.resources["plinth:database:Database"]?.requiredInputs).toEqual(["network"]);
        expect(schema.types["plinth:database:DatabaseNetwork"]?.required).toEqual([
            "availabilityZones",
            "isolatedSubnetIds",
            "vpcId",
        ]);
    });
});
