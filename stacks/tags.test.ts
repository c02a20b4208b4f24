import { describe, expect, it } from "vitest";
import { tagProblems, tagsOf } from "./tags";

const stack = { project: "shop", stack: "live", tier: "prod" };

describe("tagsOf", () => {
    it("names the project as owner and cost centre unless others are named", () => {
        expect(tagsOf({}, stack)).toEqual({
            Project: "shop",
            Stack: "live",
            Tier: "prod",
            Owner: "shop",
            CostCentre: "shop",
        });
        expect(tagsOf({ owner: "me", costCentre: "4711", Compliance: "gdpr" }, stack)).toMatchObject({
            Owner: "me",
            CostCentre: "4711",
            Compliance: "gdpr",
        });
    });
});

describe("tagProblems", () => {
    it.each([
        ["project", "x", "plinth:tags.project: is a tag that Plinth sets; give another key"],
        ["Owner", "x", "plinth:tags.Owner: the tag Owner is set by owner; write it so"],
        ["aws:thing", "x", "plinth:tags.aws:thing: begins with aws:, which AWS keeps for itself; give another key"],
        ["a#b", "x", "plinth:tags.a#b: is not a tag's key; give up to 128 letters, digits, spaces and _.:/=+-@"],
        [
            "k".repeat(129),
            "x",
            `plinth:tags.${"k".repeat(129)}: is not a tag's key; give up to 128 letters, digits, spaces and _.:/=+-@`,
        ],
        [
            "owner",
            "a&b",
            'plinth:tags.owner: "a&b" is not a tag\'s value; give up to 256 letters, digits, spaces and _.:/=+-@',
        ],
    ])("refuses %s", (key, value, text) => {
        expect(tagProblems({ [key]: value }).map((problem) => problem.text)).toEqual([text]);
    });

    it("field C8: refuses keys that differ only in capitals, as IAM does", () => {
        expect(tagProblems({ team: "a", Team: "b" }).map((problem) => problem.text)).toEqual([
            "plinth:tags.Team: differs from team only in capitals, which IAM refuses; leave one out",
        ]);
    });

    it("takes what AWS takes", () => {
        expect(tagProblems({ owner: "équipe plate-forme", "team/unit": "a+b=c@d" })).toEqual([]);
    });

    it("leaves room for Plinth's own among AWS's fifty", () => {
        const tags = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
        expect(tagProblems({ owner: "me", ...tags(42) })).toEqual([]);
        expect(tagProblems(tags(43)).map((problem) => problem.text)).toEqual([
            "plinth:tags: 43 tags besides Plinth's own are over AWS's 50; give 42 or fewer",
        ]);
    });
});
