import { AnalyzeRequest, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { describe, expect, it } from "vitest";
import { policies } from "./policies";
import { rules } from "./rules";
import { selectedPolicies } from "./selected";

const selected = selectedPolicies(policies);
const names = () => [...selected].map(({ name }) => name);
const all = policies.map(({ name }) => name);
const companions = all.filter((name) => rules.every(({ id }) => id !== name));
const rulesOf = (...types: string[]) =>
    rules.filter(({ appliesTo }) => appliesTo.some((type) => types.includes(type))).map(({ id }) => id);

describe("the policies that the SDK sees", () => {
    it("are all, where nothing is analyzed", () => {
        expect(names()).toEqual(all);
        expect(selected).toHaveLength(all.length);
    });

    it("are those of the type of the resource that is analyzed, once", () => {
        const request = new AnalyzeRequest();
        request.setType("aws:sqs/queue:Queue");
        expect(request.getType()).toBe("aws:sqs/queue:Queue");
        expect(names().sort()).toEqual([...companions, ...rulesOf("aws:sqs/queue:Queue")].sort());
        expect(names()).toEqual(all);
    });

    it("are those of the types of the stack that is analyzed, those for any type of a provider too", () => {
        const resources = ["aws:kms/key:Key", "aws-native:s3:Bucket"].map((type) => {
            const resource = new AnalyzerResource();
            resource.setType(type);
            return resource;
        });
        const request = new AnalyzeStackRequest();
        request.setResourcesList(resources);
        request.getResourcesList();
        expect(names().sort()).toEqual([...companions, "resource-in-sight", ...rulesOf("aws:kms/key:Key")].sort());
    });

    it("keep their order: what the rules need comes first, and what sums them up last", () => {
        expect(all.slice(0, 2)).toEqual(["configuration", "stated-inputs"]);
        expect(all.slice(-4)).toEqual(["types-judged", "proved-at-preview", "waivers-used", "findings"]);
    });
});
