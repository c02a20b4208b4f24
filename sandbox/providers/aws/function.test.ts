import { expect, it } from "vitest";
import type { Entity } from "../../account/account";
import type { Properties } from "../provider";
import { invoke } from "./function";

const ingress = (annotations: Record<string, string>) =>
    ({ id: "app/web", type: "", inputs: { metadata: { annotations } }, outputs: {} }) as unknown as Entity;
const balancer = (ingresses: Entity[], name: string) =>
    invoke(
        "aws:lb/getLoadBalancer:getLoadBalancer",
        { name },
        { region: "eu-west-1", accountId: "123456789012", all: () => ingresses, records: () => [] },
    );
const named = ingress({ "alb.ingress.kubernetes.io/load-balancer-name": "shop" });

it("finds the load balancer of an Ingress by its name, always under the same id", () => {
    const { arn, arnSuffix } = balancer([ingress({}), named], "shop");
    expect(arnSuffix).toMatch(/^app\/shop\/[0-9a-f]{16}$/);
    expect(arn).toBe(`arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/${arnSuffix}`);
    expect(balancer([named], "shop").arnSuffix).toBe(arnSuffix);
});

it("finds no load balancer without an Ingress that names it", () => {
    expect(() => balancer([ingress({})], "shop")).toThrow(/Load balancers '\[shop\]' not found/);
});

it.each([
    ["eu-west-1", "aws", "amazonaws.com", "com.amazonaws"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com", "com.amazonaws"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"],
])(
    "knows the partition of %s, in which the account and its ARNs are",
    (region, partition, dnsSuffix, reverseDnsPrefix) => {
        const asked = { region, accountId: "123456789012", all: () => [], records: () => [] };
        expect(invoke("aws:index/getPartition:getPartition", {}, asked)).toEqual({
            ...{ id: partition, partition, dnsSuffix, reverseDnsPrefix },
        });
        const { arn } = invoke("aws:index/getCallerIdentity:getCallerIdentity", {}, asked);
        expect(arn).toBe(`arn:${partition}:iam::123456789012:user/sandbox`);
    },
);

it("lists the zones of a region with the ids that they have in some account, without those that are not wanted", () => {
    const asked = { region: "us-east-1", accountId: "123456789012", all: () => [], records: () => [] };
    const zones = (args: Properties) => invoke("aws:index/getAvailabilityZones:getAvailabilityZones", args, asked);
    expect(zones({})).toMatchObject({
        names: ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`),
        zoneIds: ["use1-az6", "use1-az1", "use1-az2", "use1-az4", "use1-az3", "use1-az5"],
    });
    expect(zones({ excludeZoneIds: ["use1-az3"], excludeNames: ["us-east-1a"] })).toMatchObject({
        names: ["b", "c", "d", "f"].map((letter) => `us-east-1${letter}`),
    });
});
