import { describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";
import { LOG_GROUP } from "./log-group";
import { LOG_METRIC_FILTER, QUERY_DEFINITION } from "./log-use";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const account = new TestAccount({ group: LOG_GROUP, filter: LOG_METRIC_FILTER, query: QUERY_DEFINITION });
const logGroupName = account.make("group", { name: "/app" });
const metricTransformation = { namespace: "Shop", name: "errors", value: "1" };
const filter = { name: "errors", logGroupName, pattern: '{ ($.level = "error") }', metricTransformation };
const counted = (change: Properties) => ({ ...filter, metricTransformation: { ...metricTransformation, ...change } });
const query = { name: "shop/errors", queryString: "limit 10", logGroupNames: [logGroupName] };

describe("what CloudWatch Logs refuses of a metric filter", () => {
    it.each<[string, Properties, string]>([
        ["a name with a colon", { ...filter, name: "a:b" }, "without : and *"],
        [
            "a long pattern",
            { ...filter, pattern: "a".repeat(1025) },
            "Member must have length less than or equal to 1024",
        ],
        ["a pattern that does not end", { ...filter, pattern: '{ $.level = "error"' }, "Invalid metric filter pattern"],
        ["a parenthesis too many", { ...filter, pattern: '{ $.level = "error") }' }, "Invalid metric filter pattern"],
        ["a text that does not end", { ...filter, pattern: '{ $.level = "error }' }, "Invalid metric filter pattern"],
        ["a pattern without a field", { ...filter, pattern: "{ level }" }, "Invalid metric filter pattern"],
        ["a default beside dimensions", counted({ dimensions: { a: "$.a" }, defaultValue: "0" }), "mutually exclusive"],
        ["a dimension that is no field", counted({ dimensions: { Service: "backend" } }), "is a field of the pattern"],
        [
            "four dimensions",
            counted({ dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } }),
            "Member must have length less than or equal to 3",
        ],
        ["AWS's namespace", counted({ namespace: "AWS/Logs" }), "does not begin with AWS/"],
    ])("%s", (_, inputs, message) => {
        expect(checkFailures(LOG_METRIC_FILTER, inputs)).toContainEqual(expect.stringContaining(message));
    });

    it("nothing of a sound one", () => {
        expect(checkFailures(LOG_METRIC_FILTER, counted({ dimensions: { Level: "$.level" } }))).toEqual([]);
        expect(checkFailures(LOG_METRIC_FILTER, { ...filter, pattern: "?ERROR ?Error" })).toEqual([]);
    });

    it("a group that does not exist", () => {
        expect(() => account.make("filter", { ...filter, logGroupName: "/other" })).toThrow(
            /ResourceNotFoundException/,
        );
    });
});

describe("what CloudWatch Logs refuses of a saved query", () => {
    it("no text, and too many groups", () => {
        expect(checkFailures(QUERY_DEFINITION, { ...query, queryString: "" })).toHaveLength(1);
        const many = Array.from({ length: 51 }, (_, index) => `/app/${index}`);
        expect(checkFailures(QUERY_DEFINITION, { ...query, logGroupNames: many })).toContainEqual(
            expect.stringContaining("up to 50 log groups"),
        );
    });

    it("a group that does not exist", () => {
        expect(() => account.make("query", { ...query, logGroupNames: ["/other"] })).toThrow(
            /ResourceNotFoundException/,
        );
    });

    it("nothing of a sound one, and gives it an id", () => {
        expect(account.made("query", query).outputs.queryDefinitionId).toMatch(/^[0-9a-f-]{36}$/);
    });
});
