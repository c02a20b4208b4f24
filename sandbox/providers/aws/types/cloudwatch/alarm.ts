import type { Inputs, Rejection, ResourceType } from "../../resource-type";
import { alarmArn, alarmRules, METRIC_ALARM, nameRule, oneName, topicsExist, VALIDATION } from "./alarm-rule";

const COMBINATION = "InvalidParameterCombination";
const DAY = 86_400;

/** The metrics that an alarm computes with. */
function queryRules(): Rejection<Inputs>[] {
    const refused = (when: (queries: Inputs[]) => boolean, words: string): Rejection<Inputs> => ({
        code: VALIDATION,
        at: "metricQueries",
        when: (inputs) => inputs.has("metricQueries") && when(inputs.blocks("metricQueries")),
        say: () => words,
    });
    return [
        refused(
            (queries) => queries.filter((query) => query.flag("returnData")).length !== 1,
            "Exactly one element of the metrics list should return data",
        ),
        refused(
            (queries) => queries.some((query) => !/^[a-z]\w{0,254}$/.test(query.text("id"))),
            "the id of a metric begins with a lower-case letter and has letters, digits and _",
        ),
        refused(
            (queries) => new Set(queries.map((query) => query.text("id"))).size < queries.length,
            "the ids of metrics must differ",
        ),
        refused(
            (queries) => queries.some((query) => query.has("metric") === query.has("expression")),
            "each element has a metric or an expression",
        ),
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html
        refused(
            (queries) => queries.filter((query) => query.has("metric")).length > 10,
            "an alarm has up to 10 metrics",
        ),
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
        refused(
            (queries) => queries.some((query) => isInsights(query) && !insights.test(query.text("expression"))),
            "a query of Metrics Insights is SELECT AVG, COUNT, MAX, MIN or SUM of a metric FROM a namespace or a SCHEMA",
        ),
        refused(
            (queries) => queries.some((query) => isInsights(query) && badPeriod(query.number("period") ?? 0)),
            "a query of Metrics Insights has a period, of a multiple of 60",
        ),
        refused((queries) => queries.filter(isInsights).length > 1, "an alarm has one query of Metrics Insights"),
        refused((queries) => unknownIds(queries).length > 0, "an expression names a metric that is not in the list"),
        refused(
            (queries) => queries.some((query) => badPeriod(query.block("metric")?.number("period"))),
            "Period must be 10, 20, 30 or a multiple of 60",
        ),
    ];
}

function isInsights(query: Inputs): boolean {
    return /^\s*SELECT\b/i.test(query.text("expression"));
}

const insights =
    /^\s*SELECT\s+(AVG|COUNT|MAX|MIN|SUM)\(\s*("[^"]+"|\w+)\s*\)\s+FROM\s+("[^"]+"|SCHEMA\(\s*"[^"]+"(\s*,\s*("[^"]+"|\w+))*\s*\))(\s+(WHERE|GROUP|ORDER|LIMIT)\s.*)?$/is;

/** Names in expressions that no element has; functions are in capitals. */
function unknownIds(queries: Inputs[]): string[] {
    const ids = queries.map((query) => query.text("id"));
    const computed = queries.filter((query) => !isInsights(query));
    const named = computed.flatMap((query) => query.text("expression").match(/\b[a-z]\w*/g) ?? []);
    return named.filter((name) => !ids.includes(name));
}

function badPeriod(period: number | undefined): boolean {
    return period !== undefined && ![10, 20, 30].includes(period) && (period % 60 !== 0 || period <= 0);
}

const metricAlarmRules: Rejection<Inputs>[] = [
    nameRule("name"),
    ...alarmRules,
    {
        code: COMBINATION,
        at: "metricName",
        when: (inputs) => inputs.has("metricName") === inputs.has("metricQueries"),
        say: () => "an alarm has either metricName or metricQueries",
    },
    {
        code: COMBINATION,
        at: "statistic",
        when: (inputs) => inputs.has("metricName") && inputs.has("statistic") === inputs.has("extendedStatistic"),
        say: () => "an alarm on a metric has either statistic or extendedStatistic",
    },
    ...["namespace", "period", "statistic", "extendedStatistic", "dimensions"].map(
        (at): Rejection<Inputs> => ({
            code: COMBINATION,
            at,
            when: (inputs) => inputs.has("metricQueries") && inputs.has(at),
            say: () => `${at} is not allowed beside metricQueries`,
        }),
    ),
    ...queryRules(),
    {
        code: VALIDATION,
        at: "period",
        when: (inputs) => badPeriod(inputs.number("period")),
        say: () => "Period must be 10, 20, 30 or a multiple of 60",
    },
    {
        code: VALIDATION,
        at: "evaluationPeriods",
        when: (inputs) => {
            const period = inputs.number("period") ?? 0;
            return period * (inputs.number("evaluationPeriods") ?? 0) > (period >= 3600 ? 7 * DAY : DAY);
        },
        say: () => "Metrics cannot be checked across more than a day, or seven days for periods of an hour and more",
    },
    {
        code: VALIDATION,
        at: "datapointsToAlarm",
        when: (inputs) => {
            const datapoints = inputs.number("datapointsToAlarm");
            const periods = inputs.number("evaluationPeriods");
            return datapoints !== undefined && periods !== undefined && (datapoints < 1 || datapoints > periods);
        },
        say: () => "datapointsToAlarm must be between 1 and evaluationPeriods",
    },
    {
        code: VALIDATION,
        at: "extendedStatistic",
        when: (inputs) =>
            inputs.has("extendedStatistic") &&
            !/^(p(100|\d{1,2}(\.\d{1,10})?)|IQM|(tm|wm|tc|ts|pr|TM|WM|TC|TS|PR)\S+)$/.test(
                inputs.text("extendedStatistic"),
            ),
        say: (inputs) =>
            `The value ${inputs.text("extendedStatistic")} for parameter ExtendedStatistic is not supported.`,
    },
    {
        code: COMBINATION,
        at: "threshold",
        when: (inputs) => inputs.has("threshold") === inputs.has("thresholdMetricId"),
        say: () => "an alarm has either threshold or thresholdMetricId",
    },
];

export const metricAlarms: Record<string, ResourceType> = {
    [METRIC_ALARM]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs }) => ({
            arn: alarmArn(region, accountId, id),
            evaluateLowSampleCountPercentiles: inputs.text("evaluateLowSampleCountPercentiles"),
        }),
        name: "name",
        exists: false,
        unique: [oneName("name")],
        rejects: metricAlarmRules,
        conflicts: topicsExist,
        notFound: "ResourceNotFound",
    },
};
