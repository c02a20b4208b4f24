import { expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { difference } from "../../difference";
import { checkFailures } from "../../testing";

const TABLE = "aws:dynamodb/table:Table";
const aTable = {
    name: "table",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
};

it.each<[string, Properties, RegExp | undefined]>([
    ["a table by requests", {}, undefined],
    ["no key", { hashKey: undefined, attributes: [] }, /^hashKey: ValidationException: No Hash Key/],
    ["a key that is no attribute", { rangeKey: "at" }, /^attributes: .*not defined in AttributeDefinitions: at/],
    [
        "an attribute in no key",
        { attributes: [...aTable.attributes, { name: "at", type: "N" }] },
        /^attributes: .*at is in no key/,
    ],
    ["no capacity", { billingMode: "PROVISIONED" }, /^readCapacity: .*must both be specified/],
    ["capacity by requests", { readCapacity: 1 }, /^readCapacity: .*Neither/],
    ["a stream of nothing", { streamEnabled: true }, /^streamViewType: .*required/],
])("%s is refused where DynamoDB refuses it", (_what, more, refused) => {
    const failures = checkFailures(TABLE, { ...aTable, ...more });
    if (refused) expect(failures).toEqual([expect.stringMatching(refused)]);
    else expect(failures).toEqual([]);
});

it("another key is another table, and another way of billing is not", () => {
    const replaces = (more: Properties) => difference(TABLE, aTable, { ...aTable, ...more }).replaces;
    expect(replaces({ hashKey: "key" })).toEqual(["hashKey"]);
    expect(replaces({ billingMode: "PROVISIONED" })).toEqual([]);
});
