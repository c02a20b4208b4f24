import { hasUnknown, type Reading, text } from "./reading";

/** A statement of an IAM policy document, as it was written. */
type Statement = Readonly<Record<string, unknown>>;

/** A resource policy as far as it can be read at preview. */
export type Document =
    | { readonly is: "absent" | "unknown" | "unreadable" }
    | { readonly is: "known"; readonly statements: readonly Statement[] };

/** Parses a policy document given as JSON text, or as the object that would become it. */
export function parseDocument(reading: Reading): Document {
    if (reading.is === "absent") return { is: "absent" };
    if (hasUnknown(reading) || reading.is !== "known") return { is: "unknown" };
    const document = typeof reading.value === "object" ? reading.value : parseJson(text(reading) ?? "");
    if (!isRecord(document) || document.Statement === undefined) return { is: "unreadable" };
    const statements = list(document.Statement);
    return statements.every(isRecord) ? { is: "known", statements } : { is: "unreadable" };
}

/** The names (or positions) of the statements that allow public access: every principal, and no condition on the caller. */
export function publicStatements(statements: readonly Statement[]): string[] {
    return statements.flatMap((statement, index) =>
        statement.Effect === "Allow" && admitsEveryone(statement) && !isRestricted(statement)
            ? [typeof statement.Sid === "string" ? `"${statement.Sid}"` : `number ${index + 1}`]
            : [],
    );
}

/**
 * The names (or positions) of the statements that allow every principal to use every resource: public ones that restrict
 * neither the resources nor their owner. An endpoint's policy grants nothing by itself, so restricting either is enough.
 */
export function unrestrictedStatements(statements: readonly Statement[]): string[] {
    const isBound = (statement: Statement) =>
        isRestricted(statement, resourceOwnerKeys) || strings(statement.Resource).every(isNamed);
    return publicStatements(statements.map((one) => (isBound(one) ? { ...one, Effect: "Bound" } : one)));
}

/** An ARN whose resource part begins with a fixed name. */
const isNamed = (resource: string) => /^arn:[^:]+:[^:]+:[^:]*:[^:]*:[^*?]{3}/.test(resource);

/** Condition keys for the owner of the resource. */
const resourceOwnerKeys = new Set(["aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"]);

/**
 * Whether a statement denies all actions of `service` on the resource to everyone without TLS, on that condition alone: a
 * second condition would narrow the denial.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
 */
export function deniesPlainText(
    statements: readonly Statement[],
    service: string,
    covers: (resource: string) => boolean,
): boolean {
    return statements.some(
        (statement) =>
            statement.Effect === "Deny" &&
            isEveryone(statement.Principal) &&
            strings(statement.Action).some((action) => ["*", `${service}:*`].includes(action.toLowerCase())) &&
            strings(statement.Resource).some(covers) &&
            isPlainText(statement.Condition),
    );
}

/** Whether a statement denies `action` on all resources to everyone without conditions. */
export function deniesAlways(statements: readonly Statement[], action: string): boolean {
    return statements.some(
        (statement) =>
            statement.Effect === "Deny" &&
            isEveryone(statement.Principal) &&
            strings(statement.Action).some((one) => one.toLowerCase() === action.toLowerCase()) &&
            strings(statement.Resource).includes("*") &&
            conditionsOf(statement.Condition).length === 0,
    );
}

function isPlainText(condition: unknown): boolean {
    const tests = conditionsOf(condition);
    const [only] = tests;
    return (
        tests.length === 1 &&
        only !== undefined &&
        /^bool(ifexists)?$/i.test(only.operator) &&
        only.key === "aws:securetransport" &&
        only.values.length === 1 &&
        only.values[0]?.toLowerCase() === "false"
    );
}

function admitsEveryone({ Principal, NotPrincipal }: Statement): boolean {
    return NotPrincipal !== undefined || isEveryone(Principal);
}

function isEveryone(principal: unknown): boolean {
    return principal === "*" || (isRecord(principal) && strings(principal.AWS).includes("*"));
}

/**
 * Condition keys for the caller of a request.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const ownerKeys = new Set([
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "kms:calleraccount",
]);

/** `…IfExists` and `ForAllValues:` are not in it: they are true when the key is missing from the request. */
const limitingOperator = /^(foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like))$/i;

function isRestricted(statement: Statement, keys: ReadonlySet<string> = ownerKeys): boolean {
    return conditionsOf(statement.Condition).some(
        ({ operator, key, values }) =>
            limitingOperator.test(operator) && keys.has(key) && values.length > 0 && values.every(isFixed),
    );
}

/** A value that names a caller: no policy variables, and wildcards only after an ARN's account or an organisation. */
function isFixed(value: string): boolean {
    return !/[*?]|\$\{/.test(value) || /^arn:[^:*?]+:[^:*?]+:[^:]*:\d{12}:/.test(value) || /^o-[a-z0-9]+\//.test(value);
}

/** Condition keys that limit a trust policy to one service account of one cluster. */
const podKeys = ["eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"].map(
    (tag) => `aws:requesttag/${tag}`,
);

/**
 * The names (or positions) of the statements of a role's trust policy that let pods of more than one service account
 * assume it: any Pod Identity association in the account could give it to any pod.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function statementsTrustingAnyPod(statements: readonly Statement[]): string[] {
    return statements.flatMap((statement, index) =>
        statement.Effect === "Allow" && trustsPods(statement) && !isBoundToServiceAccount(statement)
            ? [typeof statement.Sid === "string" ? `"${statement.Sid}"` : `number ${index + 1}`]
            : [],
    );
}

function trustsPods({ Principal }: Statement): boolean {
    return isRecord(Principal) && strings(Principal.Service).some((service) => service.startsWith("pods.eks."));
}

function isBoundToServiceAccount({ Condition }: Statement): boolean {
    const tests = conditionsOf(Condition);
    return podKeys.every((wanted) =>
        tests.some(
            ({ operator, key, values }) =>
                /^(string|arn)equals$/i.test(operator) &&
                key === wanted &&
                values.length === 1 &&
                values.every((value) => value !== "" && !/[*?]|\$\{/.test(value)),
        ),
    );
}

function conditionsOf(condition: unknown): { operator: string; key: string; values: string[] }[] {
    if (!isRecord(condition)) return [];
    return Object.entries(condition).flatMap(([operator, tests]) =>
        Object.entries(isRecord(tests) ? tests : {}).map(([key, values]) => ({
            operator,
            key: key.toLowerCase(),
            values: strings(values),
        })),
    );
}

function parseJson(source: string): unknown {
    try {
        return JSON.parse(source);
    } catch {
        return undefined;
    }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

const strings = (value: unknown): string[] =>
    list(value).flatMap((one) => (typeof one === "string" || typeof one === "boolean" ? [String(one)] : []));
