import { describe, expect, it } from "vitest";
import { Graph } from "./graph/graph";
import { recordInputs, withStatedInputs } from "./stated";
import { proxied, unknownValue } from "./testing/sdk";

const urn = "urn:pulumi:dev::plinth::aws:sqs/queue:Queue::orders";
const read = (key: string) => {
    const props = proxied({ policy: unknownValue, arn: unknownValue, name: "orders" });
    const resource = { ...{ type: "aws:sqs/queue:Queue", name: "orders", urn }, props, propertyDependencies: {} };
    return new Graph(withStatedInputs([resource])).find(urn)?.read(key).is;
};

describe("an unknown output without an edge", () => {
    it("is unknown when the program states it, and absent when AWS fills it in", () => {
        recordInputs({ urn, props: proxied({ policy: unknownValue, name: "orders" }) });
        expect([read("policy"), read("arn"), read("name")]).toEqual(["unknown", "absent", "known"]);
    });

    it("is absent when the provider's check left the input empty", () => {
        recordInputs({ urn, props: { policy: "", name: "orders" } });
        expect(read("policy")).toBe("absent");
    });
});
