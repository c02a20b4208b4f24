import { describe, expect, it } from "vitest";
import { OfferError, readOffer } from "./offer";
import { each } from "./testing/price-list";

const facts = ['"FormatVersion","v1.0"', '"Publication Date","2026-10-06T12:44:25Z"', '"OfferCode","AmazonVPC"'];
const columns = '"SKU","TermType","Pre Installed S/W","usageType"';
const row = '"A","OnDemand",,"EU-VpcEndpoint-Hours"';

function read(lines: readonly string[], needed: readonly string[] = ["TermType"]) {
    const found: string[] = [];
    return readOffer("AmazonVPC", each(lines), needed, (one) => {
        found.push(one.get("usageType"), one.get("pre installed s/w"), one.get("Nothing"));
    }).then((header) => ({ header, found }));
}

describe("a file of the price list", () => {
    it("says what it is, and has rows with named columns", async () => {
        expect(await read([...facts, columns, row])).toEqual({
            header: { code: "AmazonVPC", published: "2026-10-06", rows: 1 },
            found: ["EU-VpcEndpoint-Hours", "", ""],
        });
    });

    it.each([
        ["is empty", []],
        ["has no facts", [columns, row]],
        ["ends before the names of the columns", facts],
        ["has no rows", [...facts, columns]],
        ["ends within a row", [...facts, columns, row, '"A","OnDe']],
        ["ends between two cells", [...facts, columns, row, '"A","OnDemand"']],
        ["is a page", ["<html>", "<body>"]],
    ])("is refused where it %s", async (_, lines) => {
        await expect(read(lines)).rejects.toThrow(OfferError);
    });

    it("is refused where a column that is read has another name", async () => {
        await expect(read([...facts, columns, row], ["TermType", "Tenancy"])).rejects.toThrow(
            "AmazonVPC has no column Tenancy",
        );
    });
});
