import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { REFUSED, UnemulatedList } from "../../../account/unemulated";
import { check } from "../check";
import { invoke } from "../function";
import { AwsProvider } from "../provider";
import { emptyAccounts } from "../testing";
import { genericType } from "./type";

const THING = "aws:iot/thing:Thing";
const thing = { type: THING, name: "lamp", stack: "dev" };

function providerOf(mode: "generic" | "list"): { provider: AwsProvider; list: UnemulatedList } {
    const accounts = emptyAccounts();
    const list = new UnemulatedList(mode, path.join(accounts, "unemulated.jsonl"));
    const provider = new AwsProvider({ accounts, passphrase: "for tests", run: "this", unemulated: list });
    provider.enter("dev");
    provider.configure({ region: "eu-west-1" });
    return { provider, list };
}

describe("a type that the emulation does not know", () => {
    it("is refused without the option, which the error names", () => {
        const { failures } = check(thing, {}, {}, undefined, REFUSED);
        expect(failures.map(({ reason }) => reason)).toEqual([
            expect.stringMatching(/does not emulate aws:iot\/thing:Thing\. .*--unknown-types generic/),
        ]);
    });

    it("is held against what the SDK declares", () => {
        const { provider } = providerOf("generic");
        const reasons = (type: string, inputs = {}) =>
            provider.check({ ...thing, type }, {}, inputs).failures.map(({ reason }) => reason);
        expect(reasons("aws:iot/thing:Thong")).toEqual([
            expect.stringMatching(/has no resource type aws:iot\/thing:Thong/),
        ]);
        expect(reasons("aws:../../secret:Secret")).toEqual([expect.stringMatching(/has no resource type/)]);
        expect(reasons(THING, { colour: "red" })).toEqual([expect.stringMatching(/has no input colour of aws:iot/)]);
        expect(reasons("aws:cognito/userPoolClient:UserPoolClient")).toEqual([
            "Missing required property 'userPoolId'",
        ]);
    });

    it("is created, read, changed, replaced for another name, and deleted", () => {
        const { provider, list } = providerOf("generic");
        const { inputs } = provider.check(thing, {}, { attributes: { room: "hall" } });
        expect(inputs.name).toMatch(/^lamp-[0-9a-f]{7}$/);
        const planned = provider.create(thing, inputs, true).outputs;
        expect(JSON.stringify(planned.arn)).toContain("unknown");
        const { id, outputs } = provider.create(thing, inputs, false);
        expect(outputs).toMatchObject({ attributes: { room: "hall" }, version: 0, region: "eu-west-1" });
        expect(outputs.arn).toBe(`arn:aws:iot:eu-west-1:123456789012:${id}`);
        const old = { id, inputs, outputs };
        expect(provider.read(thing, id)).toEqual(old);
        const next = { ...inputs, attributes: { room: "attic" } };
        expect(provider.diff(thing, old, next)).toMatchObject({ replaces: [] });
        expect(provider.update(thing, old, next, false)).toMatchObject({
            attributes: { room: "attic" },
            arn: outputs.arn,
        });
        expect(provider.diff(thing, old, { ...inputs, name: "switch" }).replaces).toEqual(["name"]);
        provider.delete(thing, old);
        expect(provider.read(thing, id)).toBeUndefined();
        expect(list.counts()).toEqual([{ kind: "resource type", token: THING, count: 1 }]);
    });

    it("is read from the declarations of every type of the installed SDK", () => {
        const sdk = path.dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
        const files = readdirSync(sdk, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
        const tokens = files.flatMap((file) => {
            const [, token = ""] =
                /__pulumiType = '(aws:[^']+)'/.exec(readFileSync(path.join(sdk, file), "utf8")) ?? [];
            return token && !/^aws:index\/provider:/.test(token) ? [token] : [];
        });
        const unread = tokens.filter((token) => !genericType(token)?.facts.optional);
        expect(unread).toEqual([]);
        expect(tokens.length).toBeGreaterThan(1400);
        console.log(`${tokens.length} resource types are read from the SDK's declarations`);
    });
});

describe("a function that the emulation does not know", () => {
    const caller = { region: "eu-west-1", accountId: "123456789012", all: () => [], records: () => [] };
    const answer = (owner: string) => {
        const unemulated = providerOf("generic").list;
        return invoke("aws:ec2/getAmi:getAmi", { owners: [owner] }, { ...caller, unemulated });
    };

    it("answers in the form that the SDK declares, the same for the same arguments", () => {
        expect(answer("amazon")).toEqual(answer("amazon"));
        expect(answer("amazon").id).not.toBe(answer("self").id);
        expect(answer("amazon")).toMatchObject({ owners: ["amazon"], blockDeviceMappings: [], enaSupport: false });
    });

    it("is refused without the option, and where the SDK has none", () => {
        expect(() => invoke("aws:ec2/getAmi:getAmi", {}, caller)).toThrow(
            /does not emulate the function.*--unknown-types/,
        );
        const unemulated = providerOf("generic").list;
        expect(() => invoke("aws:ec2/getMoon:getMoon", {}, { ...caller, unemulated })).toThrow(/has no function/);
    });
});
