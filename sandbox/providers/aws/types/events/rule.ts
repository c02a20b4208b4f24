import { isObject, type Properties, type Value } from "../../../../rpc/values";
import { type Inputs, isJson, malformed, type Rejection, type ResourceType } from "../../resource-type";
import { isMissingTopic } from "../sns/topic";

export const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
export const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";

const VALIDATION = "ValidationException";
const PATTERN = "InvalidEventPatternException";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const ruleRules: Rejection<Inputs>[] = [
    malformed(
        "scheduleExpression",
        /^(rate\(\d+ (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$/,
        "it is rate(5 minutes) or cron(0 12 * * ? *)",
        VALIDATION,
    ),
    {
        code: VALIDATION,
        at: "eventPattern",
        when: (inputs) => !inputs.has("eventPattern") && !inputs.has("scheduleExpression"),
        say: () => "Parameter(s) EventPattern or ScheduleExpression must be specified.",
    },
    {
        code: PATTERN,
        at: "eventPattern",
        when: (inputs) => inputs.has("eventPattern") && patternFault(inputs.text("eventPattern")) !== undefined,
        say: (inputs) => `Event pattern is not valid. Reason: ${patternFault(inputs.text("eventPattern"))}`,
    },
];

/** What is wrong with a pattern: a field of it is a list of values, or a pattern itself. */
export function patternFault(text: string): string | undefined {
    if (!isJson(text)) return "Filter is not valid JSON";
    if (text.length > 2048) return "it is longer than 2048 characters";
    const pattern = JSON.parse(text) as Value;
    if (!isObject(pattern)) return "Filter is not an object";
    return faultIn(pattern);
}

function faultIn(pattern: Properties): string | undefined {
    const fields = Object.entries(pattern);
    if (fields.length === 0) return "Empty objects are not allowed";
    for (const [field, value] of fields) {
        if (isObject(value)) {
            const fault = faultIn(value);
            if (fault) return fault;
        } else if (!Array.isArray(value)) return `"${field}" must be an object or an array`;
        else if (value.length === 0) return "Empty arrays are not allowed";
        else if (field === "$or") {
            if (value.length < 2) return "There must have at least 2 Objects in $or relationship";
            for (const each of value) {
                const fault = isObject(each) ? faultIn(each) : "Only Objects are allowed in $or";
                if (fault) return fault;
            }
        }
    }
    return undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const targetRules: Rejection<Inputs>[] = [
    malformed("arn", /^arn:aws[a-z-]*:[a-z0-9-]+:/, "it is the ARN of what gets the events", VALIDATION),
    {
        code: VALIDATION,
        at: "inputTransformer",
        when: (inputs) => ["input", "inputPath", "inputTransformer"].filter((name) => inputs.has(name)).length > 1,
        say: () => "Only one of Input, InputPath, or InputTransformer must be provided for target",
    },
    {
        code: VALIDATION,
        at: "inputTransformer",
        when: (inputs) => transformerFault(inputs) !== undefined,
        say: (inputs) => `Invalid InputTemplate for target ${inputs.text("targetId")} : ${transformerFault(inputs)}`,
    },
];

/** What is wrong with an input transformer. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function transformerFault(inputs: Inputs): string | undefined {
    const transformer = inputs.block("inputTransformer");
    if (!transformer) return undefined;
    const paths = (transformer.plain("inputPaths") ?? {}) as Record<string, string>;
    const template = transformer.text("inputTemplate");
    if (Object.keys(paths).length > 100) return "there are more than 100 variables";
    const wrongPath = Object.values(paths).find((each) => !/^\$(\.[\w\-/*]+(\[\d+\])?)*$/.test(each));
    if (wrongPath) return `${wrongPath} is no JSON path`;
    if (template.length > 8192) return "it is longer than 8192 characters";
    const unknown = [...template.matchAll(/<([\w-]+)>/g)].map(([, name = ""]) => name).find((name) => !(name in paths));
    if (unknown) return `the variable ${unknown} is not in InputPathsMap`;
    // Each line is a text in quotes, or all of it is an object in which a variable stands for a value.
    const isText = template.split("\n").every((line) => isJson(line) && line.startsWith('"'));
    return isText || isJson(template.replace(/(?<!")<[\w.-]+>(?!")/g, "null")) ? undefined : "it is not JSON";
}

export const eventBridge: Record<string, ResourceType> = {
    [EVENT_RULE]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:events:${region}:${accountId}:rule/${busPart(inputs)}${id}`,
            eventBusName: inputs.text("eventBusName") || "default",
            namePrefix: "",
        }),
        name: "name",
        // Putting a rule of a name that exists changes that rule: two resources of a program would be one.
        exists: "ResourceAlreadyExistsException",
        rejects: ruleRules,
        notFound: "ResourceNotFoundException",
        inUse: VALIDATION,
    },
    [EVENT_TARGET]: {
        id: ({ inputs }) => `${inputs.text("rule")}-${inputs.text("targetId")}`,
        refersTo: { rule: EVENT_RULE },
        rejects: targetRules,
        // EventBridge replaces a target with that id by the second one, so two resources would be one.
        unique: [
            {
                code: VALIDATION,
                at: "targetId",
                key: ({ inputs }) =>
                    inputs.has("targetId") ? JSON.stringify([inputs.text("rule"), inputs.text("targetId")]) : undefined,
                say: (inputs) => `the rule has a target ${inputs.text("targetId")} already`,
            },
        ],
        conflicts: [
            {
                code: VALIDATION,
                at: "arn",
                // EventBridge itself would find out when an event comes.
                when: (creation) => isMissingTopic(creation, creation.inputs.text("arn")),
                say: ({ inputs }) => `the topic ${inputs.text("arn")} does not exist`,
            },
            {
                code: "LimitExceededException",
                at: "rule",
                when: ({ inputs, all }) =>
                    all(EVENT_TARGET).filter((other) => other.inputs.rule === inputs.text("rule")).length >= 5,
                say: () => "The requested resource exceeds the maximum number allowed: a rule has up to 5 targets",
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

function busPart(inputs: Inputs): string {
    const bus = inputs.text("eventBusName");
    return bus && bus !== "default" ? `${bus}/` : "";
}
