import { createHash } from "node:crypto";
import { isObject, type Properties, revealDeep, type Value } from "../../rpc/values";
import { ApiError } from "../provider";

type Statement = Record<string, unknown>;

/**
 * What `aws.iam.getPolicyDocument` returns: the JSON of a policy document, made of statements and of documents that they add to or override.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function getPolicyDocument(given: Properties): Properties {
    const args = revealDeep(given) as Properties;
    const version = text(args.version) ?? "2012-10-17";
    const own = blocks(args.statements).map(statementOf);
    const merged = [
        ...documents(args.sourcePolicyDocuments).flat(),
        ...own,
        ...documents(args.overridePolicyDocuments).flat().map(overriding),
    ];
    const policy = { Version: version, ...(text(args.policyId) && { Id: args.policyId }), Statement: bySid(merged) };
    const minified = JSON.stringify(policy);
    const id = String(Number.parseInt(createHash("sha256").update(minified).digest("hex").slice(0, 8), 16));
    return { ...given, version, id, json: JSON.stringify(policy, undefined, 2), minifiedJson: minified };
}

function statementOf(block: Properties): Statement {
    return withoutEmpty({
        Sid: text(block.sid),
        Effect: text(block.effect) ?? "Allow",
        Action: oneOrMore(block.actions),
        NotAction: oneOrMore(block.notActions),
        Resource: oneOrMore(block.resources),
        NotResource: oneOrMore(block.notResources),
        Principal: principalsOf(block.principals),
        NotPrincipal: principalsOf(block.notPrincipals),
        Condition: conditionsOf(block.conditions),
    });
}

/** Everyone where the type is `*`, as `{ "*": "*" }` is no principal. */
function principalsOf(value: Value | undefined): unknown {
    const principals = blocks(value);
    if (principals.some(({ type }) => type === "*")) return "*";
    const types = [...new Set(principals.map(({ type }) => String(type)))];
    const identifiers = (wanted: string) =>
        principals.filter(({ type }) => type === wanted).flatMap((one) => list(one.identifiers));
    return types.length === 0
        ? undefined
        : Object.fromEntries(types.map((type) => [type, oneOrMore(identifiers(type))]));
}

function conditionsOf(value: Value | undefined): unknown {
    const conditions = blocks(value);
    if (conditions.length === 0) return undefined;
    const found: Record<string, Record<string, unknown>> = {};
    for (const { test, variable, values } of conditions) {
        const operator = String(test);
        found[operator] = { ...found[operator], [String(variable)]: oneOrMore(values) };
    }
    return found;
}

/** A later statement of a name takes the place of an earlier one where it overrides, and is refused otherwise. */
function bySid(statements: Statement[]): Statement[] {
    const found: Statement[] = [];
    for (const { [OVERRIDES]: overrides, ...statement } of statements as (Statement & { [OVERRIDES]?: true })[]) {
        const at = statement.Sid ? found.findIndex(({ Sid }) => Sid === statement.Sid) : -1;
        if (at < 0) found.push(statement);
        else if (overrides) found[at] = statement;
        else
            throw new ApiError(
                "MalformedPolicyDocument",
                `duplicate Sid (${statement.Sid}): give each statement its own`,
            );
    }
    return found;
}

const OVERRIDES = Symbol("takes the place of a statement of the same name");
const overriding = (statement: Statement): Statement => ({ ...statement, [OVERRIDES]: true });

function documents(value: Value | undefined): Statement[][] {
    return list(value).map((source) => {
        try {
            const { Statement } = JSON.parse(String(source)) as { Statement: Statement | Statement[] };
            return [Statement].flat();
        } catch {
            throw new ApiError("MalformedPolicyDocument", "a source document is not the JSON of a policy");
        }
    });
}

/** A list of one is written as that one. */
function oneOrMore(value: Value | undefined): unknown {
    const values = list(value);
    return values.length > 1 ? values : values[0];
}

const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);
const blocks = (value: Value | undefined): Properties[] => list(value).filter(isObject);
const text = (value: Value | undefined): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;
const withoutEmpty = (statement: Statement): Statement =>
    Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
