import { describe, expect, it } from "vitest";
import { MissingPricesError } from "./estimate";
import { unknown } from "./plan/resource";
import { pricedRegions, priceTable } from "./prices/prices";
import { planned, priced } from "./testing/plan";
import { pricedTypes, reasonForNoCharge } from "./types";

const NAT = "aws:ec2/natGateway:NatGateway";
const EC2 = "aws:ec2/instance:Instance";

describe("an estimate", () => {
    it("sums what the plan decides and what use decides apart, by component", () => {
        const { monthlyUsd, components } = priced([
            planned(NAT, {}, {}, "nat"),
            planned("aws:kms/key:Key", {}, {}, "key"),
        ]);
        expect(components).toEqual([
            { component: "nat", fixed: 730 * 0.048, usage: 100 * 0.048, total: 730 * 0.048 + 100 * 0.048 },
            { component: "key", fixed: 1, usage: 0.03, total: 1.03 },
        ]);
        expect(monthlyUsd.fixed).toBeCloseTo(730 * 0.048 + 1);
        expect(monthlyUsd.total).toBeCloseTo(730 * 0.048 + 1 + 4.8 + 0.03);
    });

    it("has the source, the date and the confidence of every price, and the least of them", () => {
        const { lines, confidence } = priced([planned(NAT)]);
        for (const line of lines) {
            expect(line.source.length).toBeGreaterThan(10);
            expect(line.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
        }
        expect(confidence).toBe("high");
        expect(priced([planned(NAT), planned("aws:cloudwatch/compositeAlarm:CompositeAlarm")]).confidence).toBe("low");
    });

    it("counts what is free, lists what has no price, and leaves out what AWS does not see", () => {
        const { lines, free, unpriced } = priced([
            planned("aws:ec2/subnet:Subnet"),
            planned("aws:ec2/subnet:Subnet"),
            planned("random:index/randomPassword:RandomPassword"),
            planned("aws:redshift/cluster:Cluster"),
        ]);
        expect(lines).toEqual([]);
        expect(free.map(({ type, count }) => [type, count])).toEqual([
            ["aws:ec2/subnet:Subnet", 2],
            ["random:index/randomPassword:RandomPassword", 1],
        ]);
        expect(unpriced).toMatchObject([{ type: "aws:redshift/cluster:Cluster", count: 1 }]);
    });

    it("is refused, with every price that is missing and how to get them", () => {
        const plan = [
            planned(EC2, { instanceType: "x9.huge" }, {}, "a"),
            planned(EC2, { instanceType: "z9.huge" }, {}, "b"),
        ];
        const failing = () => priced(plan);
        expect(failing).toThrow(MissingPricesError);
        expect(failing).toThrow(
            /2 prices of eu-west-1 are missing:\n {2}ec2\/x9\.huge \(a\)\n {2}ec2\/z9\.huge \(b\)\n.*npm run prices -- eu-west-1/,
        );
        expect(() => priced([planned(NAT)], { region: "sa-east-1" })).toThrow(
            /no prices of sa-east-1.*npm run prices -- sa-east-1/,
        );
    });

    it("lists a resource whose price depends on an unknown value, and counts the others", () => {
        const { lines, unpriced } = priced([planned(EC2, { instanceType: unknown }), planned(NAT)]);
        expect(lines.map(({ type }) => type)).toEqual([NAT, NAT]);
        expect(unpriced).toMatchObject([{ type: EC2, reason: "instanceType is not known before the resource exists" }]);
    });

    it("leaves out what is in another region, and says so", () => {
        const { lines, unpriced } = priced([{ ...planned(NAT), region: "eu-central-1" }]);
        expect(lines).toEqual([]);
        expect(unpriced).toMatchObject([{ type: NAT, reason: expect.stringMatching(/eu-central-1/) }]);
    });
});

describe("the prices", () => {
    it.each(pricedRegions)(
        "of %s are positive, each with a source and a date before the day that they hold until",
        (region) => {
            const table = priceTable(region);
            for (const [key, { usd, unit, source, asOf }] of Object.entries(table?.prices ?? {})) {
                expect(usd, key).toBeGreaterThan(0);
                expect(unit, key).not.toBe("");
                expect(source, key).not.toMatch(/^s\d+$/);
                expect(asOf < (table?.validUntil ?? ""), key).toBe(true);
            }
        },
    );

    it("differ between regions by a third at most, and never in their unit", () => {
        const reference = priceTable("us-east-1")?.prices ?? {};
        for (const region of pricedRegions)
            for (const [key, { usd, unit }] of Object.entries(priceTable(region)?.prices ?? {})) {
                expect(unit, key).toBe(reference[key]?.unit);
                expect(usd / (reference[key]?.usd ?? 0), `${key} in ${region}`).toBeGreaterThan(0.9);
                expect(usd / (reference[key]?.usd ?? 0), `${key} in ${region}`).toBeLessThan(1.34);
            }
    });
});

it("a type is either priced or free, but for those that are priced by what is made from them", () => {
    const both = Object.keys(pricedTypes).filter((type) => type.startsWith("aws:") && reasonForNoCharge(type));
    expect(both).toEqual(["aws:ec2/launchTemplate:LaunchTemplate"]);
});
