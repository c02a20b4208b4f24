import { Offer } from "@plinth/facts/offer";
import { describe, expect, it } from "vitest";
import { type ByRegion, families } from "./offers";

const offers: ByRegion = new Map([
    ["us-east-1", new Set(["db.m6g.large", "db.m6g.2xlarge", "db.m6g.xlarge", "db.serverless"])],
    ["eu-west-1", new Set(["db.m6g.large", "db.m6g.xlarge", "db.m6g.2xlarge"])],
    ["eu-west-3", new Set(["db.m6g.large"])],
]);

describe("families", () => {
    it("are a line each, with the regions that have the same sizes together", () => {
        expect(families(offers, "db.")).toEqual({
            m6g: [
                ["large xlarge 2xlarge", "eu-west-1 us-east-1"],
                ["large", "eu-west-3"],
            ],
            serverless: [["", "us-east-1"]],
        });
    });

    it("are the names again, in every region", () => {
        const offer = new Offer(families(offers, "db."), "db.");
        for (const [region, names] of offers) expect(offer.names(region).sort()).toEqual([...names].sort());
    });

    it("have only what is known, where that is asked for", () => {
        expect(families(offers, "db.", (name) => name === "db.m6g.large")).toEqual({
            m6g: [["large", "eu-west-1 eu-west-3 us-east-1"]],
        });
    });
});
