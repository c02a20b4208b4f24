import { nearest } from "@plinth/facts";
import { isObject, isUnknown, type Properties, reveal, type Value } from "../../rpc/values";
import type { CheckFailure } from "../provider";
import { factsOf } from "./facts";
import { type Bound, type BoundShape, patternOf, published } from "./published";

const MOST_LISTED = 30;

/** What a service answers to a value outside of a bound, by the module of its types. */
const CODES: Record<string, string> = {
    acm: "ValidationException",
    appautoscaling: "ValidationException",
    backup: "InvalidParameterValueException",
    budgets: "InvalidParameterException",
    ec2: "InvalidParameterValue",
    ecr: "InvalidParameterException",
    eks: "InvalidParameterException",
    elasticache: "InvalidParameterValue",
    iam: "ValidationError",
    kms: "ValidationException",
    rds: "InvalidParameterValue",
    route53: "InvalidInput",
    secretsmanager: "ValidationException",
    sns: "InvalidParameter",
    sqs: "InvalidAttributeValue",
    vpc: "InvalidParameterValue",
    wafv2: "WAFInvalidParameterException",
};

/** Where the types of a module are those of several services, or where an operation has a code of its own. */
const CODES_OF_TYPES: [types: RegExp, code: string][] = [
    [/^aws:cloudwatch\/event/, "ValidationException"],
    [/^aws:cloudwatch\/(log|queryDefinition)/, "InvalidParameterException"],
    [/^aws:cloudwatch\/dashboard/, "InvalidParameterInput"],
    [/^aws:cloudwatch\//, "ValidationError"],
    [/^aws:ec2\/(flowLog|vpcEndpoint):/, "InvalidParameter"],
];

/** The code with which the service of a type refuses a value outside of its bounds. */
export function boundCode(token: string): string {
    const module = /^aws:(\w+)\//.exec(token)?.[1] ?? "";
    return CODES_OF_TYPES.find(([types]) => types.test(token))?.[1] ?? CODES[module] ?? "ValidationException";
}

/** The values that are outside of what AWS publishes: patterns, listed values, least and greatest numbers and lengths. */
export function* outOfBounds(token: string, inputs: Properties): Generator<CheckFailure> {
    const type = published().types[token];
    if (!type) return;
    const secret = Object.entries(factsOf(token)?.inputs ?? {}).filter(([, { sensitive }]) => sensitive);
    yield* inShape({ code: boundCode(token), secret: new Set(secret.map(([name]) => name)) }, type.inputs, inputs, "");
}

interface Context {
    code: string;
    /** Inputs whose values are shown to nobody. */
    secret: Set<string>;
}

function* inShape(context: Context, shape: BoundShape, inputs: Properties, prefix: string): Generator<CheckFailure> {
    for (const [name, bound] of Object.entries(shape)) {
        const value = inputs[name];
        if (value !== undefined && value !== null) yield* ofValue(context, bound, value, prefix + name);
    }
}

function* ofValue(context: Context, bound: Bound, given: Value, property: string): Generator<CheckFailure> {
    const value = reveal(given);
    if (value === undefined || value === null || isUnknown(value)) return;
    const isShown = value === given && !context.secret.has(property) && !isObject(value) && !Array.isArray(value);
    const fail = (constraint: string): CheckFailure => ({
        property,
        reason: `${context.code}: Value ${isShown ? `${shown(value)} ` : ""}at '${property}' failed to satisfy constraint: ${constraint}`,
    });
    const block = bound.block === undefined ? undefined : published().shapes[bound.block];
    if (Array.isArray(value)) {
        yield* constraints(sizeConstraints(bound, value.length)).map(fail);
        for (const [index, item] of value.entries()) {
            const at = `${property}[${index}]`;
            const inner = reveal(item);
            // Where CloudFormation has one value and the provider a list, the bounds are those of each.
            if (!isObject(inner)) yield* ofValue(context, bound.each ?? bound, item, at);
            if (block && isObject(inner)) yield* inShape(context, block, inner, `${at}.`);
        }
    } else if (isObject(value)) {
        if (block) yield* inShape(context, block, value, `${property}.`);
        else yield* constraints(sizeConstraints(bound, Object.keys(value).length)).map(fail);
    } else yield* constraints(valueConstraints(bound, value)).map(fail);
}

/** Whether a bound is kept, and AWS's words for it where it is not. */
type Constraint = [kept: boolean, words: string];

function constraints(found: Constraint[]): string[] {
    return found.filter(([kept]) => !kept).map(([, words]) => words);
}

function sizeConstraints({ minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Bound, size: number): Constraint[] {
    return [
        // An empty list is none: the provider leaves it out.
        [size === 0 || size >= minItems, `Member must have length greater than or equal to ${minItems}`],
        [size <= maxItems, `Member must have length less than or equal to ${maxItems}`],
    ];
}

function valueConstraints(bound: Bound, value: Value): Constraint[] {
    const text = String(value);
    const length = [...text].length;
    const number = Number(text);
    const { pattern, enum: values, minimum, maximum, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = bound;
    return [
        [values?.includes(text) ?? true, `Member must satisfy enum value set: ${listed(values, text)}`],
        [
            pattern === undefined || patternOf(pattern).test(text),
            `Member must satisfy regular expression pattern: ${pattern}`,
        ],
        [minimum === undefined || number >= minimum, `Member must have value greater than or equal to ${minimum}`],
        [maximum === undefined || number <= maximum, `Member must have value less than or equal to ${maximum}`],
        [length >= minLength, `Member must have length greater than or equal to ${minLength}`],
        [length <= maxLength, `Member must have length less than or equal to ${maxLength}`],
    ];
}

/** A few of a long list are said: those that are most like the value. */
function listed(values: string[] = [], text: string): string {
    return values.length <= MOST_LISTED
        ? `[${values.join(", ")}]`
        : `[${nearest(text, values, 5).join(", ")}, and ${values.length - 5} others]`;
}

function shown(value: Value): string {
    const text = String(value);
    return `'${text.length > 100 ? `${text.slice(0, 100)}…` : text}'`;
}
