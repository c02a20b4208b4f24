import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    zone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
};
type Kind = keyof typeof types;

const alias = { name: "a.elb.amazonaws.com", zoneId: "Z1", evaluateTargetHealth: true };

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["record", { zoneId: "Z1", name: "a", type: "B", records: ["x"], ttl: 1 }, "InvalidInput"],
        ["record", { zoneId: "Z1", name: "a", type: "A" }, "one of records and aliases"],
        ["record", { zoneId: "Z1", name: "a", type: "A", records: ["x"] }, "ttl goes with records"],
        ["record", { zoneId: "Z1", name: "a", type: "A", aliases: [alias], ttl: 60 }, "ttl goes with records"],
        ["record", { zoneId: "Z1", name: "a", type: "CNAME", records: ["x", "y"], ttl: 60 }, "a CNAME has one value"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual([expect.stringContaining(code)]);
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    let zoneId = "";
    beforeEach(() => {
        account = new TestAccount(types);
        zoneId = account.make("zone", { name: "example.com" });
    });

    it("a record is there once, below its zone, and keeps the zone", () => {
        const record = { zoneId, name: "app", type: "A", aliases: [alias] };
        const { id, outputs } = account.made("record", record);
        expect([id, outputs.fqdn]).toEqual([`${zoneId}_app.example.com_A`, "app.example.com"]);
        expect(() => account.made("record", { ...record, name: "app.example.com." })).toThrow(
            /InvalidChangeBatch.*exists/,
        );
        account.made("record", { ...record, type: "AAAA" });
        const apex = { zoneId, name: "example.com", type: "CNAME", records: ["a.b"], ttl: 60 };
        expect(() => account.made("record", apex)).toThrow(/not permitted at apex/);
        expect(() => account.made("record", { ...record, zoneId: "Z2" })).toThrow(/NoSuchHostedZone/);
        expect(() => account.remove("zone", zoneId)).toThrow(/HostedZoneNotEmpty/);
    });

    it("a zone is found by its name and by its id, if there is one", () => {
        const find = (args: Properties) => account.provider.invoke("aws:route53/getZone:getZone", args);
        expect(find({ name: "example.com." })).toMatchObject({ zoneId, name: "example.com" });
        expect(find({ zoneId })).toMatchObject({ name: "example.com" });
        expect(() => find({ name: "example.org" })).toThrow(/NoSuchHostedZone/);
    });
});
