/** What is so, is not so, or is not known. */
export type Truth = boolean | undefined;

/**
 * What a request says of itself, by condition key in small letters. `null` is a key that the request does not have. Of a key that is not
 * here nobody knows.
 */
export type Context = Record<string, string[] | null>;

/** Whether a text is what a pattern takes: `*` stands for any text and `?` for one character. */
export function matches(pattern: string, text: string): boolean {
    const form = pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${form}$`, "s").test(text);
}

/** Whether a statement's actions have one, which IAM compares without regard to case. */
export function hasAction(actions: readonly string[], wanted: string): boolean {
    return actions.some((one) => matches(one.toLowerCase(), wanted.toLowerCase()));
}

const same = (wanted: string, given: string) => wanted === given;
const sameIgnoringCase = (wanted: string, given: string) => wanted.toLowerCase() === given.toLowerCase();

/** In the six parts of an ARN a `*` stays within its part, but for the last. */
function arnMatches(wanted: string, given: string): boolean {
    const [one, other] = [wanted, given].map((arn) => {
        const parts = arn.split(":");
        return [...parts.slice(0, 5), parts.slice(5).join(":")];
    });
    return one?.every((part, index) => matches(part, other?.[index] ?? "")) ?? false;
}

/** Operators that compare a value with each wanted one. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const comparisons: Record<string, (wanted: string, given: string) => boolean> = {
    stringequals: same,
    stringequalsignorecase: sameIgnoringCase,
    stringlike: matches,
    arnequals: arnMatches,
    arnlike: arnMatches,
    bool: sameIgnoringCase,
};

/** The operators that say that a value is none of the wanted ones. */
const opposites: Record<string, string> = {
    stringnotequals: "stringequals",
    stringnotequalsignorecase: "stringequalsignorecase",
    stringnotlike: "stringlike",
    arnnotequals: "arnequals",
    arnnotlike: "arnlike",
};

/** An operator without what stands before and after its name. */
export interface Operator {
    name: string;
    /** `forallvalues` or `foranyvalue`, where the key has several values. */
    set: string | undefined;
    ifExists: boolean;
    /** Whether it says that a value is none of the wanted ones. */
    negative: boolean;
}

export function operatorOf(text: string): Operator {
    const [, set, name = "", ifExists] =
        /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(text.toLowerCase()) ?? [];
    return { name, set, ifExists: ifExists !== undefined, negative: name in opposites };
}

/** Whether all conditions of a statement hold. */
export function conditionsHold(conditions: Record<string, Record<string, string[]>>, context: Context): Truth {
    const each = Object.entries(conditions).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, wanted]) =>
            holds(operatorOf(operator), context[key.toLowerCase()], wanted, context),
        ),
    );
    return every(each);
}

function holds(
    { name, set, ifExists, negative }: Operator,
    given: string[] | null | undefined,
    texts: string[],
    context: Context,
): Truth {
    if (given === undefined) return undefined;
    if (name === "null") return texts.some((text) => (text.toLowerCase() === "true") === (given === null));
    const compare = comparisons[opposites[name] ?? name];
    if (!compare) return undefined;
    if (given === null) return ifExists || negative || set === "forallvalues";
    const wanted = texts.map((text) => withVariables(text, context));
    if (wanted.includes(undefined)) return undefined;
    const fits = (value: string) => wanted.some((one) => one !== undefined && compare(one, value)) !== negative;
    return set === "foranyvalue" ? given.some(fits) : given.every(fits);
}

/** A text with its policy variables filled in; undefined where one is not known. */
export function withVariables(text: string, context: Context): string | undefined {
    let known = true;
    const filled = text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
        if (["*", "?", "$"].includes(name)) return name;
        const values = context[name.toLowerCase()];
        if (values?.length !== 1) known = false;
        return values?.[0] ?? "";
    });
    return known ? filled : undefined;
}

/** Whether all are so: not, as soon as one is not. */
export function every(truths: Truth[]): Truth {
    if (truths.includes(false)) return false;
    return truths.includes(undefined) ? undefined : true;
}
