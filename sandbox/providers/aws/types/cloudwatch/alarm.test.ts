import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { check } from "../../check";
import { emptyAccounts, providerInAccount } from "../../testing";
import { TOPIC, TOPIC_POLICY, TOPIC_SUBSCRIPTION } from "../sns/topic";
import { COMPOSITE_ALARM, METRIC_ALARM } from "./alarm-rule";
import { alarmsIn, isAlarmRule } from "./composite-alarm";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const provider = providerInAccount(emptyAccounts(), "eu-west-1");
const resource = (type: string, name = "it") => ({ type, name, stack: "dev" });
const make = (type: string, inputs: Properties) => provider.create(resource(type, String(inputs.name)), inputs, false);
const failures = (type: string, inputs: Properties) =>
    check(resource(type), {}, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

const base = { name: "cpu", comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 5, threshold: 80 };
const onMetric = { ...base, namespace: "AWS/RDS", metricName: "CPUUtilization", statistic: "Average", period: 60 };
const metric = { namespace: "AWS/ElastiCache", metricName: "Evictions", period: 60, stat: "Sum" };
const computed = (...queries: Properties[]) => ({ ...base, metricQueries: queries });
const worst = { id: "worst", expression: "MAX([m1])", returnData: true };
const insights = {
    ...{ id: "worst", returnData: true, period: 60 },
    expression: `SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) WHERE LoadBalancer = 'app/a/1'`,
};
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";

beforeAll(() => {
    make(TOPIC, { name: "alerts" });
    make(METRIC_ALARM, onMetric);
});

describe("what CloudWatch refuses of an alarm by looking at it", () => {
    it.each<[string, Properties, string]>([
        ["a name that is too long", { ...onMetric, name: "a".repeat(256) }, "name: ValidationError"],
        [
            "a metric beside computed ones",
            { ...onMetric, ...computed(worst) },
            "metricName: InvalidParameterCombination",
        ],
        ["no metric", base, "metricName: InvalidParameterCombination"],
        ["two statistics", { ...onMetric, extendedStatistic: "p90" }, "statistic: InvalidParameterCombination"],
        [
            "a percentile over 100",
            { ...onMetric, statistic: undefined, extendedStatistic: "p101" },
            "extendedStatistic",
        ],
        ["a period of 90 s", { ...onMetric, period: 90 }, "Period must be 10, 20, 30 or a multiple of 60"],
        ["more than a day", { ...onMetric, period: 300, evaluationPeriods: 289 }, "more than a day"],
        ["more than seven days", { ...onMetric, period: 86_400, evaluationPeriods: 8 }, "seven days"],
        ["more datapoints than periods", { ...onMetric, datapointsToAlarm: 6 }, "between 1 and evaluationPeriods"],
        [
            "a word for missing data",
            { ...onMetric, treatMissingData: "bad" },
            "Member must satisfy enum value set: [breaching",
        ],
        ["a comparison", { ...onMetric, comparisonOperator: "Over" }, "Member must satisfy enum value set: [Greater"],
        ["no threshold", { ...onMetric, threshold: undefined }, "either threshold or thresholdMetricId"],
        ["six actions", { ...onMetric, alarmActions: Array(6).fill(topicArn) }, "up to 5 actions"],
        ["an action that is no ARN", { ...onMetric, okActions: ["alerts"] }, "Invalid arn syntax: alerts"],
        ["a long description", { ...onMetric, alarmDescription: "a".repeat(1025) }, "less than or equal to 1024"],
        ["nothing that returns data", computed({ ...worst, returnData: false }, { id: "m1", metric }), "Exactly one"],
        ["an id in capitals", computed(worst, { id: "M1", metric }, { id: "m1", metric }), "begins with a lower-case"],
        ["an id twice", computed(worst, { id: "m1", metric }, { id: "m1", metric }), "ids of metrics must differ"],
        ["an element without a metric", computed(worst, { id: "m1" }), "a metric or an expression"],
        ["an unknown id", computed(worst, { id: "m2", metric }), "names a metric that is not in the list"],
        [
            "eleven metrics",
            computed(worst, ...Array.from({ length: 11 }, (_, index) => ({ id: `m${index + 1}`, metric }))),
            "up to 10 metrics",
        ],
        ["a query of Metrics Insights without a period", computed({ ...insights, period: undefined }), "has a period"],
        [
            "a query of Metrics Insights by a function that it has not",
            computed({ ...insights, expression: "SELECT P95(Duration) FROM x" }),
            "SELECT AVG, COUNT, MAX, MIN or SUM",
        ],
        [
            "two queries of Metrics Insights",
            computed(insights, { ...insights, id: "second", returnData: false }),
            "one query of Metrics Insights",
        ],
        ["a metric's period", computed(worst, { id: "m1", metric: { ...metric, period: 45 } }), "Period must be"],
    ])("%s", (_, inputs, message) => {
        expect(failures(METRIC_ALARM, inputs)).toContainEqual(expect.stringContaining(message));
    });

    it("nothing of a sound one", () => {
        expect(failures(METRIC_ALARM, { ...onMetric, datapointsToAlarm: 3, treatMissingData: "breaching" })).toEqual(
            [],
        );
        expect(failures(METRIC_ALARM, computed(worst, { id: "m1", metric }))).toEqual([]);
        expect(failures(METRIC_ALARM, computed(insights))).toEqual([]);
        expect(failures(METRIC_ALARM, { ...onMetric, period: 86_400, evaluationPeriods: 7 })).toEqual([]);
    });
});

describe("what CloudWatch refuses because of what is there", () => {
    it.each<[string, string, Properties, string]>([
        [
            "a topic that does not exist",
            METRIC_ALARM,
            { ...onMetric, name: "x", alarmActions: [`${topicArn}2`] },
            "alerts2 does not exist",
        ],
        ["a name that is taken", METRIC_ALARM, onMetric, "an alarm named cpu exists already"],
        [
            "a composite alarm of that name",
            COMPOSITE_ALARM,
            { alarmName: "cpu", alarmRule: 'ALARM("cpu")' },
            "an alarm named cpu exists already",
        ],
        [
            "a composite alarm on one that does not exist",
            COMPOSITE_ALARM,
            { alarmName: "all", alarmRule: 'ALARM("cpu") AND ALARM("memory")' },
            "the alarm memory does not exist",
        ],
    ])("%s", (_, type, inputs, message) => {
        expect(() => make(type, inputs)).toThrow(message);
    });
});

describe("the rule of a composite alarm", () => {
    it.each<[string, boolean]>([
        ['ALARM("cpu")', true],
        ["ALARM(cpu) AND NOT (OK(memory) OR INSUFFICIENT_DATA(disk))", true],
        ["NOT NOT TRUE", true],
        ['(ALARM("a") OR ALARM("b")) AND (ALARM("c"))', true],
        ["", false],
        ['ALARM("cpu") AND', false],
        ['(ALARM("cpu")', false],
        ['ALARM("cpu") ALARM("memory")', false],
        ['FIRES("cpu")', false],
    ])("%s", (rule, sound) => {
        expect(isAlarmRule(rule)).toBe(sound);
    });
    it("names alarms with and without quotes", () => {
        expect(alarmsIn('ALARM("one") AND OK(two)')).toEqual(["one", "two"]);
    });
    it("is refused where it is no expression", () => {
        expect(failures(COMPOSITE_ALARM, { alarmName: "all", alarmRule: "cpu" })).toEqual([
            expect.stringContaining("alarmRule: ValidationError"),
        ]);
    });
});

describe("what SNS refuses", () => {
    it.each<[string, string, Properties, string]>([
        ["a name with spaces", TOPIC, { name: "my alerts" }, "name: InvalidParameter"],
        ["a FIFO topic without its ending", TOPIC, { name: "alerts", fifoTopic: true }, "ends with .fifo"],
        ["a policy that is not JSON", TOPIC_POLICY, { arn: topicArn, policy: "{" }, "policy: InvalidParameter"],
        [
            "a protocol",
            TOPIC_SUBSCRIPTION,
            { topic: topicArn, protocol: "fax", endpoint: "1" },
            "protocol must be one of",
        ],
        [
            "an address",
            TOPIC_SUBSCRIPTION,
            { topic: topicArn, protocol: "email", endpoint: "ops" },
            "Endpoint is no endpoint of email",
        ],
        [
            "plain HTTP as HTTPS",
            TOPIC_SUBSCRIPTION,
            { topic: topicArn, protocol: "https", endpoint: "http://a.b" },
            "no endpoint of https",
        ],
    ])("%s", (_, type, inputs, message) => {
        expect(failures(type, inputs)).toContainEqual(expect.stringContaining(message));
    });
    it("a subscription of a topic that does not exist", () => {
        const inputs = { topic: `${topicArn}2`, protocol: "email", endpoint: "a@example.com" };
        expect(() => make(TOPIC_SUBSCRIPTION, inputs)).toThrow("NotFound");
    });
    it("waits for e-mail addresses to confirm", () => {
        const { outputs } = make(TOPIC_SUBSCRIPTION, { topic: topicArn, protocol: "email", endpoint: "a@example.com" });
        expect(outputs).toMatchObject({ pendingConfirmation: true, ownerId: "123456789012" });
    });
});
