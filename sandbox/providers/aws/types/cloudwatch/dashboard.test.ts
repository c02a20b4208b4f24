import { describe, expect, it, vi } from "vitest";
import { UNKNOWN } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";
import { DASHBOARD } from "./dashboard";
import { bodyProblems } from "./dashboard-body";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const metric = ["AWS/SQS", "NumberOfMessagesSent", "QueueName", "orders", { stat: "Sum", id: "m1", visible: false }];
const properties = { region: "eu-west-1", metrics: [metric, [{ expression: "m1 / 60", id: "e1" }]], period: 60 };
const graph = { type: "metric", x: 0, y: 0, width: 8, height: 6, properties };
const bodyWith = (...widgets: object[]) => ({ start: "-PT6H", periodOverride: "inherit", widgets });
const graphWith = (change: object) => bodyWith({ ...graph, properties: { ...properties, ...change } });

describe("what CloudWatch refuses of a dashboard's body", () => {
    it.each<[string, unknown, string]>([
        ["a list", [], "/ Should be an object"],
        ["no widgets", {}, "/widgets Should be an array"],
        [
            "too many",
            bodyWith(...Array.from({ length: 501 }, () => graph)),
            "/widgets Should have at most 500 elements",
        ],
        [
            "a type that is none",
            bodyWith({ ...graph, type: "graph" }),
            "/widgets/0/type Should be one of metric, alarm,",
        ],
        [
            "a column beyond the last",
            bodyWith({ ...graph, x: 24 }),
            "/widgets/0/x Should be a whole number from 0 to 23",
        ],
        [
            "a width of nothing",
            bodyWith({ ...graph, width: 0 }),
            "/widgets/0/width Should be a whole number from 1 to 24",
        ],
        ["a place with one coordinate", bodyWith({ ...graph, y: undefined }), "/widgets/0 Should have both x and y"],
        ["no properties", bodyWith({ ...graph, properties: undefined }), "/widgets/0/properties Should be an object"],
        ["no region", graphWith({ region: undefined }), "required property 'region'"],
        ["no metrics", graphWith({ metrics: undefined }), "required property 'metrics' or 'annotations'"],
        ["half a minute and a bit", graphWith({ period: 45 }), "/widgets/0/properties/period Should be 1, 5,"],
        ["half a dimension", graphWith({ metrics: [["AWS/SQS", "Sent", "QueueName"]] }), "a value for each dimension"],
        ["a number for a name", graphWith({ metrics: [["AWS/SQS", 1]] }), "only strings before its options"],
        ["options alone", graphWith({ metrics: [[{ id: "m1" }]] }), "required property 'expression'"],
        ["an id twice", graphWith({ metrics: [metric, metric] }), "The id m1 is there twice"],
        ["a capital id", graphWith({ metrics: [["A", "b", { id: "M1" }]] }), "should begin with a small letter"],
        ["an unknown view", graphWith({ view: "line" }), "/widgets/0/properties/view Should be one of timeSeries,"],
        ["a text without text", bodyWith({ type: "text", properties: {} }), "required property 'markdown'"],
        ["a log without a query", bodyWith({ type: "log", properties: { region: "eu-west-1" } }), "property 'query'"],
        ["no alarm", bodyWith({ type: "alarm", properties: { alarms: [] } }), "Should be a list with elements"],
        [
            "too many alarms",
            bodyWith({ type: "alarm", properties: { alarms: Array.from({ length: 101 }, () => "arn") } }),
            "Should have at most 100 elements",
        ],
        ["a start that is no time", { ...bodyWith(graph), start: "yesterday" }, "/start Should be a time"],
        ["an override that is none", { ...bodyWith(graph), periodOverride: "no" }, "/periodOverride Should be one of"],
    ])("%s", (_, body, problem) => {
        expect(bodyProblems(body).map(({ path, message }) => `${path} ${message}`)).toContainEqual(
            expect.stringContaining(problem),
        );
    });

    it("nothing of a sound one", () => {
        expect(bodyProblems(bodyWith(graph, { type: "text", properties: { markdown: "# a" } }))).toEqual([]);
    });
});

describe("a dashboard", () => {
    const account = new TestAccount({ dashboard: DASHBOARD });

    it("is refused with every problem of its body, and for its name", () => {
        const failures = (dashboardName: string, dashboardBody: string) =>
            checkFailures(DASHBOARD, { dashboardName, dashboardBody });
        expect(failures("shop/live", JSON.stringify(bodyWith(graph)))).toContainEqual(
            expect.stringContaining("letters, digits, hyphens and underscores"),
        );
        expect(failures("shop", "{")).toContainEqual(expect.stringContaining("/: Should be JSON"));
        expect(failures("shop", JSON.stringify({ start: 1 }))).toContainEqual(
            expect.stringMatching(/there are 2 validation errors: \/start: .*; \/widgets: /),
        );
        expect(failures("shop", JSON.stringify(bodyWith(graph)))).toEqual([]);
        expect(checkFailures(DASHBOARD, { dashboardName: "shop", dashboardBody: UNKNOWN })).toEqual([]);
    });

    it("has its name for an id, and an ARN without a region", () => {
        const inputs = { dashboardName: "shop", dashboardBody: JSON.stringify(bodyWith(graph)) };
        expect(account.make("dashboard", inputs)).toBe("shop");
        expect(() => account.make("dashboard", inputs)).toThrow(/InvalidParameterInput/);
    });
});
