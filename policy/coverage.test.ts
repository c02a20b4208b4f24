import type { StackValidationArgs } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { coverageOf, typesJudged } from "./coverage";
import { rules } from "./rules";
import { platform } from "./testing/platform";

const resources = [
    { type: "aws:s3/bucket:Bucket", name: "files" },
    { type: "aws-native:s3:Bucket", name: "native" },
    { type: "aws:fsx/lustreFileSystem:LustreFileSystem", name: "scratch" },
    { type: "aws:fsx/lustreFileSystem:LustreFileSystem", name: "more" },
    { type: "random:index/randomId:RandomId", name: "suffix" },
    { type: "plinth:queue:Queue", name: "orders" },
];

function reported(of: readonly { type: string; name: string }[]): string[] {
    const messages: string[] = [];
    const args = { resources: of } as unknown as StackValidationArgs;
    void typesJudged(rules).validateStack(args, (message) => void messages.push(message));
    return messages;
}

describe("what the rules know of the types of a stack", () => {
    it("is counted: judged, unknown though they hold data, and all others but components", () => {
        expect(coverageOf(rules, resources)).toEqual({
            judged: { "aws:s3/bucket:Bucket": 1, "aws-native:s3:Bucket": 1 },
            sensitive: { "aws:fsx/lustreFileSystem:LustreFileSystem": ["scratch", "more"] },
            others: { "random:index/randomId:RandomId": 1 },
        });
    });

    it("is reported where a type that holds data is unknown, with the resources", () => {
        expect(reported(resources)).toEqual([
            "no rule judges aws:fsx/lustreFileSystem:LustreFileSystem (scratch, more)",
        ]);
    });

    it("is reported of the stack, since the engine cannot analyze a state with a report of nothing", () => {
        const stack = { type: "pulumi:pulumi:Stack", name: "shop-dev", urn: "urn:stack" };
        const args = { resources: [...resources, stack] } as unknown as StackValidationArgs;
        const urns: unknown[] = [];
        void typesJudged(rules).validateStack(args, (_, urn) => void urns.push(urn));
        expect(urns).toEqual(["urn:stack"]);
    });

    it("is enough for the platform", () => {
        expect(reported(platform("platform"))).toEqual([]);
        expect(Object.keys(coverageOf(rules, platform("platform")).judged).length).toBeGreaterThan(40);
    });
});
