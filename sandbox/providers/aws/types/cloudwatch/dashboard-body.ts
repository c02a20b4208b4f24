/** What CloudWatch finds wrong with a dashboard's body, and where. */
export interface BodyProblem {
    /** `/widgets/0/properties/metrics` */
    path: string;
    message: string;
}

type Json = Record<string, unknown>;
type Judge = (value: unknown) => string | undefined;

/** The columns of a dashboard, and the most rows of a widget. */
const columns = 24;
const rows = 1000;

const text: Judge = (value) => (typeof value === "string" && value !== "" ? undefined : "Should be a string");
const list: Judge = (value) =>
    Array.isArray(value) && value.length > 0 ? undefined : "Should be a list with elements";
const oneOf =
    (...values: string[]): Judge =>
    (value) =>
        values.includes(value as string) ? undefined : `Should be one of ${values.join(", ")}`;
const whole =
    (least: number, most: number): Judge =>
    (value) =>
        Number.isInteger(value) && Number(value) >= least && Number(value) <= most
            ? undefined
            : `Should be a whole number from ${least} to ${most}`;

/** What a widget of a type has to have, and what else its properties may be. */
interface WidgetRule {
    required: Record<string, Judge>;
    optional: Record<string, Judge>;
}

const period: Judge = (value) =>
    Number.isInteger(value) && ([1, 5, 10, 20, 30].includes(Number(value)) || Number(value) % 60 === 0)
        ? undefined
        : "Should be 1, 5, 10, 20, 30 or a multiple of 60";

const widgetRules: Record<string, WidgetRule> = {
    metric: {
        required: { region: text },
        optional: {
            metrics: list,
            period,
            view: oneOf("timeSeries", "singleValue", "gauge", "bar", "pie", "table"),
            stat: text,
        },
    },
    alarm: {
        required: {
            alarms: (value) =>
                list(value) ?? ((value as unknown[]).length > 100 ? "Should have at most 100 elements" : undefined),
        },
        optional: { sortBy: oneOf("default", "stateUpdatedTimestamp", "timestamp") },
    },
    log: {
        required: { region: text, query: text },
        optional: { view: oneOf("table", "timeSeries", "bar", "pie") },
    },
    text: { required: { markdown: text }, optional: { background: oneOf("transparent", "solid") } },
    explorer: { required: {}, optional: {} },
    custom: { required: { endpoint: text }, optional: {} },
};

/**
 * What CloudWatch refuses of a body.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function bodyProblems(body: unknown): BodyProblem[] {
    if (!isRecord(body)) return [{ path: "/", message: "Should be an object" }];
    const { widgets, periodOverride, start } = body;
    const problems = [
        ...judged("/periodOverride", periodOverride, oneOf("auto", "inherit")),
        ...judged("/start", start, (value) =>
            isStart(value) ? undefined : "Should be a time or an ISO 8601 duration",
        ),
    ];
    if (!Array.isArray(widgets)) return [...problems, { path: "/widgets", message: "Should be an array" }];
    if (widgets.length > 500) problems.push({ path: "/widgets", message: "Should have at most 500 elements" });
    return [...problems, ...widgets.flatMap((widget, index) => widgetProblems(widget, `/widgets/${index}`))];
}

function isStart(value: unknown): boolean {
    return typeof value === "string" && (/^-P(T\d+[HM]|\d+[DWM])$/.test(value) || !Number.isNaN(Date.parse(value)));
}

function widgetProblems(widget: unknown, path: string): BodyProblem[] {
    if (!isRecord(widget)) return [{ path, message: "Should be an object" }];
    const { type, x, y, width, height, properties } = widget;
    const rule = widgetRules[String(type)];
    if (!rule) return [{ path: `${path}/type`, message: `Should be one of ${Object.keys(widgetRules).join(", ")}` }];
    const places = [
        ...judged(`${path}/x`, x, whole(0, columns - 1)),
        ...judged(`${path}/y`, y, whole(0, Number.MAX_SAFE_INTEGER)),
        ...judged(`${path}/width`, width, whole(1, columns)),
        ...judged(`${path}/height`, height, whole(1, rows)),
        ...((x === undefined) === (y === undefined) ? [] : [{ path, message: "Should have both x and y, or neither" }]),
    ];
    if (!isRecord(properties)) return [...places, { path: `${path}/properties`, message: "Should be an object" }];
    return [...places, ...propertyProblems(String(type), properties as Json, rule, `${path}/properties`)];
}

function propertyProblems(type: string, properties: Json, rule: WidgetRule, path: string): BodyProblem[] {
    const required = Object.entries(rule.required).flatMap(([name, judge]) => {
        const value = properties[name];
        if (value === undefined) return [{ path, message: `Should have required property '${name}'` }];
        return judged(`${path}/${name}`, value, judge);
    });
    const optional = Object.entries(rule.optional).flatMap(([name, judge]) =>
        judged(`${path}/${name}`, properties[name], judge),
    );
    return [...required, ...optional, ...(type === "metric" ? metricProblems(properties, path) : [])];
}

function metricProblems({ metrics, annotations }: Json, path: string): BodyProblem[] {
    if (metrics === undefined && annotations === undefined)
        return [{ path, message: "Should have required property 'metrics' or 'annotations'" }];
    if (!Array.isArray(metrics)) return [];
    const each = metrics.flatMap((metric, index) => arrayProblems(metric, `${path}/metrics/${index}`));
    const ids = metrics.flatMap((metric) => (Array.isArray(metric) ? (idIn(metric) ?? []) : []));
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    return twice === undefined
        ? each
        : [...each, { path: `${path}/metrics`, message: `The id ${twice} is there twice` }];
}

/** A metric is its namespace, its name, and pairs of dimensions, and last its options; or options alone, with an expression. */
function arrayProblems(metric: unknown, path: string): BodyProblem[] {
    if (!Array.isArray(metric)) return [{ path, message: "Should be an array" }];
    const options = metric.at(-1);
    const names = isRecord(options) ? metric.slice(0, -1) : metric;
    if (names.length === 0 && isRecord(options))
        return "expression" in options ? [] : [{ path, message: "Should have required property 'expression'" }];
    if (names.some((name) => typeof name !== "string" || name === ""))
        return [{ path, message: "Should have only strings before its options" }];
    if (names.length < 2 || names.length % 2 !== 0)
        return [{ path, message: "Should have a namespace, a name, and a value for each dimension" }];
    const id = idIn(metric);
    return id === undefined || /^[a-z][a-zA-Z0-9_]*$/.test(id)
        ? []
        : [{ path, message: `The id ${id} should begin with a small letter` }];
}

function idIn(metric: unknown[]): string | undefined {
    const options = metric.at(-1);
    return isRecord(options) && typeof options.id === "string" ? String(options.id) : undefined;
}

function judged(path: string, value: unknown, judge: Judge): BodyProblem[] {
    const message = value === undefined ? undefined : judge(value);
    return message === undefined ? [] : [{ path, message }];
}

function isRecord(value: unknown): value is Json {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
