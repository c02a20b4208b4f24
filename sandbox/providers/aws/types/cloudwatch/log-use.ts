import { type Inputs, malformed, type Rejection, type ResourceType, uuid } from "../../resource-type";
import { LOG_GROUP } from "./log-group";

export const LOG_METRIC_FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
export const QUERY_DEFINITION = "aws:cloudwatch/queryDefinition:QueryDefinition";

const INVALID = "InvalidParameterException";

const transformationOf = (inputs: Inputs) => inputs.block("metricTransformation");
const dimensionsOf = (inputs: Inputs) => Object.values((transformationOf(inputs)?.plain("dimensions") ?? {}) as object);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const filterRules: Rejection<Inputs>[] = [
    malformed("name", /^[^:*]{1,512}$/, "1 to 512 characters without : and *", INVALID),
    {
        code: INVALID,
        at: "pattern",
        when: (inputs) => !isPattern(inputs.text("pattern")),
        say: () => "Invalid metric filter pattern",
    },
    {
        code: INVALID,
        at: "metricTransformation",
        when: (inputs) => dimensionsOf(inputs).some((field) => !String(field).startsWith("$")),
        say: () => "Invalid metric transformation: the value of a dimension is a field of the pattern, such as $.level",
    },
    {
        code: INVALID,
        at: "metricTransformation",
        when: (inputs) => dimensionsOf(inputs).length > 0 && transformationOf(inputs)?.has("defaultValue") === true,
        say: () => "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
    },
    {
        code: INVALID,
        at: "metricTransformation",
        when: (inputs) => /^AWS\//.test(transformationOf(inputs)?.text("namespace") ?? ""),
        say: () => "a namespace of its own does not begin with AWS/",
    },
];

/** Whether a pattern on JSON closes what it opens, texts apart. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
function isPattern(pattern: string): boolean {
    const text = pattern.trim();
    if (!text.startsWith("{")) return true;
    const bare = text.replace(/"[^"]*"/g, "");
    if (!text.endsWith("}") || bare.includes('"')) return false;
    let depth = 0;
    for (const character of bare) {
        if (character === "(") depth++;
        if (character === ")" && --depth < 0) return false;
    }
    return depth === 0 && /\$\./.test(bare);
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const queryRules: Rejection<Inputs>[] = [
    {
        code: INVALID,
        at: "logGroupNames",
        when: (inputs) => inputs.list("logGroupNames").length > 50,
        say: () => "a query is of up to 50 log groups",
    },
];

export const logUses: Record<string, ResourceType> = {
    [LOG_METRIC_FILTER]: {
        id: ({ inputs }) => inputs.text("name"),
        name: "name",
        within: "logGroupName",
        exists: "ResourceAlreadyExistsException",
        refersTo: { logGroupName: LOG_GROUP },
        rejects: filterRules,
        notFound: "ResourceNotFoundException",
    },
    [QUERY_DEFINITION]: {
        id: ({ hex }) => uuid(hex),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:logs:${region}:${accountId}:query-definition:${id}`,
            queryDefinitionId: id,
        }),
        name: "name",
        exists: false,
        refersTo: { logGroupNames: LOG_GROUP },
        rejects: queryRules,
        notFound: "ResourceNotFoundException",
    },
};
