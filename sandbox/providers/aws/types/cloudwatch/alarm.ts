import {
    type Creation,
    type Inputs,
    outside,
    type Rejection,
    type ResourceType,
    type Uniqueness,
    unlisted,
} from "../../resource-type";
import { TOPIC } from "../sns/topic";

export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

const VALIDATION = "ValidationError";
const COMBINATION = "InvalidParameterCombination";
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"];
const DAY = 86_400;

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */

/** An action is the ARN of what is to be done, or of what is notified. */
const actionForm = /^arn:aws[a-z-]*:(sns|automate|swf|autoscaling|ssm|ssm-incidents|lambda|aiops|ec2):/;

const shared: Rejection<Inputs>[] = [
    ...ACTIONS.map(
        (at): Rejection<Inputs> => ({
            code: VALIDATION,
            at,
            when: (inputs) => inputs.list(at).length > 5,
            say: (inputs) => `an alarm has up to 5 actions for a state, got ${inputs.list(at).length}`,
        }),
    ),
    ...ACTIONS.map(
        (at): Rejection<Inputs> => ({
            code: VALIDATION,
            at,
            when: (inputs) => inputs.texts(at).some((action) => !actionForm.test(action)),
            say: (inputs) => `Invalid arn syntax: ${inputs.texts(at).find((action) => !actionForm.test(action)) ?? ""}`,
        }),
    ),
    {
        code: VALIDATION,
        at: "alarmDescription",
        when: (inputs) => inputs.text("alarmDescription").length > 1024,
        say: () => "Member must have length less than or equal to 1024",
    },
];

/** Topics of this account that are named by an action exist; CloudWatch itself would find out when it notifies. */
const topicsExist = ACTIONS.map(
    (at): Rejection<Creation> => ({
        code: VALIDATION,
        at,
        when: (creation) => missingTopic(creation, at) !== undefined,
        say: (creation) => `the topic ${missingTopic(creation, at)} does not exist`,
    }),
);

function missingTopic({ inputs, find, region, accountId }: Creation, at: string): string | undefined {
    const own = `arn:aws:sns:${region}:${accountId}:`;
    return inputs.texts(at).find((action) => action.startsWith(own) && find(TOPIC, action) === undefined);
}

function nameRule(field: string): Rejection<Inputs> {
    return {
        code: VALIDATION,
        at: field,
        when: (inputs) => inputs.has(field) && (inputs.text(field) === "" || inputs.text(field).length > 255),
        say: () => "the name of an alarm has 1 to 255 characters",
    };
}

/** Putting an alarm of a name that exists changes that alarm: two resources of a program would be one. */
function oneName(field: string): Uniqueness {
    return {
        code: VALIDATION,
        at: field,
        key: ({ inputs }) => inputs.text(field) || undefined,
        say: (inputs) => `an alarm named ${inputs.text(field)} exists already`,
    };
}

/** Both kinds of alarm share their names, and neither becomes the other. */
function otherKind(field: string, type: string): Rejection<Creation> {
    return {
        code: VALIDATION,
        at: field,
        when: ({ inputs, find }) => find(type, inputs.text(field)) !== undefined,
        say: ({ inputs }) => `an alarm named ${inputs.text(field)} exists already, of the other kind`,
    };
}

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
        refused((queries) => unknownIds(queries).length > 0, "an expression names a metric that is not in the list"),
        refused(
            (queries) => queries.some((query) => badPeriod(query.block("metric")?.number("period"))),
            "Period must be 10, 20, 30 or a multiple of 60",
        ),
    ];
}

/** Names in expressions that no element has; functions are in capitals. */
function unknownIds(queries: Inputs[]): string[] {
    const ids = queries.map((query) => query.text("id"));
    const named = queries.flatMap((query) => query.text("expression").match(/\b[a-z]\w*/g) ?? []);
    return named.filter((name) => !ids.includes(name));
}

function badPeriod(period: number | undefined): boolean {
    return period !== undefined && ![10, 20, 30].includes(period) && (period % 60 !== 0 || period <= 0);
}

const metricAlarmRules: Rejection<Inputs>[] = [
    nameRule("name"),
    ...shared,
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
    outside("evaluationPeriods", 1, Number.MAX_SAFE_INTEGER, VALIDATION),
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
    unlisted("treatMissingData", ["breaching", "notBreaching", "ignore", "missing"], VALIDATION),
    unlisted("statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"], VALIDATION),
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
    unlisted(
        "comparisonOperator",
        [
            "GreaterThanOrEqualToThreshold",
            "GreaterThanThreshold",
            "LessThanThreshold",
            "LessThanOrEqualToThreshold",
            "LessThanLowerOrGreaterThanUpperThreshold",
            "LessThanLowerThreshold",
            "GreaterThanUpperThreshold",
        ],
        VALIDATION,
    ),
    {
        code: COMBINATION,
        at: "threshold",
        when: (inputs) => inputs.has("threshold") === inputs.has("thresholdMetricId"),
        say: () => "an alarm has either threshold or thresholdMetricId",
    },
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const compositeRules: Rejection<Inputs>[] = [
    nameRule("alarmName"),
    ...shared,
    {
        code: VALIDATION,
        at: "alarmRule",
        when: (inputs) => inputs.text("alarmRule").length > 10_240,
        say: () => "an alarm's rule has up to 10240 characters",
    },
    {
        code: VALIDATION,
        at: "alarmRule",
        when: (inputs) => !isAlarmRule(inputs.text("alarmRule")),
        say: () =>
            "AlarmRule must be a Boolean expression of ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE and FALSE",
    },
    {
        code: VALIDATION,
        at: "alarmRule",
        when: (inputs) => alarmsIn(inputs.text("alarmRule")).length > 100,
        say: () => "AlarmRule must not name more than 100 alarms",
    },
];

export const alarms: Record<string, ResourceType> = {
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
        conflicts: [...topicsExist, otherKind("name", COMPOSITE_ALARM)],
        notFound: "ResourceNotFound",
    },
    [COMPOSITE_ALARM]: {
        id: ({ inputs }) => inputs.text("alarmName"),
        outputs: ({ id, region, accountId }) => ({ arn: alarmArn(region, accountId, id) }),
        unique: [oneName("alarmName")],
        rejects: compositeRules,
        conflicts: [
            ...topicsExist,
            otherKind("alarmName", METRIC_ALARM),
            {
                code: VALIDATION,
                at: "alarmRule",
                when: (creation) => missingAlarm(creation) !== undefined,
                say: (creation) =>
                    `Could not save the composite alarm as the alarm ${missingAlarm(creation)} does not exist`,
            },
        ],
        notFound: "ResourceNotFound",
    },
};

function alarmArn(region: string, accountId: string, name: string): string {
    return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

const stateFunction = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s()"]+))\s*\)/g;

/** The alarms that a rule names. */
export function alarmsIn(rule: string): string[] {
    return [...rule.matchAll(stateFunction)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function missingAlarm({ inputs, find }: Creation): string | undefined {
    return alarmsIn(inputs.text("alarmRule")).find((name) => {
        const known = name.startsWith("arn:") ? name.split(":alarm:")[1] : name;
        return !known || (!find(METRIC_ALARM, known) && !find(COMPOSITE_ALARM, known));
    });
}

/** Whether a rule is an expression: operands joined by AND and OR, each with any number of NOTs and parentheses. */
export function isAlarmRule(rule: string): boolean {
    const tokens = rule.replace(stateFunction, " TRUE ").match(/[()]|[^\s()]+/g) ?? [];
    let at = 0;
    const operand = (): boolean => {
        while (tokens[at] === "NOT") at++;
        if (tokens[at] !== "(") return ["TRUE", "FALSE"].includes(tokens[at++] ?? "");
        at++;
        return expression() && tokens[at++] === ")";
    };
    const expression = (): boolean => {
        if (!operand()) return false;
        while (["AND", "OR"].includes(tokens[at] ?? "")) {
            at++;
            if (!operand()) return false;
        }
        return true;
    };
    return tokens.length > 0 && expression() && at === tokens.length;
}
