import { readFileSync } from "node:fs";
import * as path from "node:path";
import { declaredTypes } from "@plinth/sandbox/providers/aws/facts";
import { resourceTypes } from "@plinth/sandbox/providers/aws/types";
import { describe, expect, it } from "vitest";
import { AwsDeclarations, type DeclaredInputs } from "./aws-declarations";
import { awsInventory, inventoryText } from "./aws-inventory";

const data = path.join(__dirname, "../sandbox/providers/aws/data");
const declarations = new AwsDeclarations();

interface Measured {
    nested?: Record<string, Measured>;
}

/** The paths of what was measured and is not declared. */
function undeclared(measured: Record<string, Measured>, declared: DeclaredInputs): string[] {
    return Object.entries(measured).flatMap(([name, { nested }]) => {
        if (![...declared.required, ...declared.optional].includes(name)) return [name];
        if (!nested) return [];
        const block = declared.blocks[name];
        return block ? undeclared(nested, declarations.shape(block)).map((inner) => `${name}.${inner}`) : [`${name}.*`];
    });
}

describe("the inventory of inputs and outputs", () => {
    it("is what the installed SDK declares; `npm run inventory` makes it so", () => {
        const committed = readFileSync(path.join(data, "inventory.json"), "utf8");
        expect(committed).toBe(inventoryText(awsInventory(declaredTypes(Object.keys(resourceTypes)))));
    });

    it("reads a type from its declarations: what is required, what AWS fills, what is secret, what comes out", () => {
        const secretVersion = declarations.typeOf("aws:secretsmanager/secretVersion:SecretVersion");
        expect(secretVersion).toMatchObject({ required: ["secretId"], filled: ["region", "versionStages"] });
        expect(secretVersion?.secret).toEqual(["secretBinary", "secretString", "secretStringWo"]);
        expect(secretVersion?.outputs).toEqual(expect.arrayContaining(["arn", "versionId"]));
        const proxy = declarations.typeOf("aws:rds/proxy:Proxy");
        expect(proxy?.blocks).toEqual({ auths: "rds.ProxyAuth" });
        expect(declarations.shape("rds.ProxyAuth").optional).toContain("secretArn");
        expect(declarations.typeOf("aws:rds/nothing:Nothing")).toBeUndefined();
    });

    it("has every input that something was measured of", () => {
        const measured = JSON.parse(readFileSync(path.join(data, "measured.json"), "utf8")) as Record<
            string,
            Record<string, Measured>
        >;
        const unknown = declaredTypes(Object.keys(measured)).flatMap((token) => {
            const type = declarations.typeOf(token);
            return type ? undeclared(measured[token] ?? {}, type).map((input) => `${token} ${input}`) : [token];
        });
        expect(unknown).toEqual([]);
    });
});
