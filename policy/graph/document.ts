import { hasUnknown, type Reading, text } from "./reading";
import { conditionsOf, covers, isRecord, limitingOperator, list, nameOf, type Statement, strings } from "./statement";

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
    return statements.every(isStatement) ? { is: "known", statements } : { is: "unreadable" };
}

/** AWS takes the names of the elements and the effect in these letters only. */
const isStatement = (one: unknown): one is Statement =>
    isRecord(one) && (one.Effect === "Allow" || one.Effect === "Deny");

/** The names (or positions) of the statements that allow public access: every principal, and no condition on the caller. */
export function publicStatements(statements: readonly Statement[]): string[] {
    return statements.flatMap((statement, index) =>
        statement.Effect === "Allow" && admitsEveryone(statement) && !isRestricted(statement)
            ? [nameOf(statement, index)]
            : [],
    );
}

/**
 * The names (or positions) of the statements that allow every principal to use every resource: public ones that restrict
 * neither the resources nor their owner. An endpoint's policy grants nothing by itself, so restricting either is enough.
 */
export function unrestrictedStatements(statements: readonly Statement[]): string[] {
    const isForOwnResources = (statement: Statement) =>
        isRestricted(statement, resourceOwnerKeys) ||
        (statement.NotResource === undefined && strings(statement.Resource).every(isNamed));
    return publicStatements(statements.map((one) => (isForOwnResources(one) ? { ...one, Effect: "Bound" } : one)));
}

/** An ARN whose resource part begins with a fixed name. */
const isNamed = (resource: string) => /^arn:[^:]+:[^:]+:[^:]*:[^:]*:[^*?]{3}/.test(resource);

/** Condition keys for the owner of the resource. */
const resourceOwnerKeys = new Set(["aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"]);

/** Services that send no aws:SourceArn or aws:SourceAccount, so that no condition could be met. */
const servicesWithoutSource = ["events.amazonaws.com"];

/** A statement that lets a service act on behalf of any account. */
export interface UnboundService {
    readonly statement: string;
    readonly service: string;
}

/**
 * The statements that allow a service of AWS to use the resource for whoever asks the service to: without the account or the
 * resource that it acts for, customers of other accounts can have it do so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function unboundServices(statements: readonly Statement[]): UnboundService[] {
    return statements.flatMap((statement, index) => {
        const { Effect, Principal } = statement;
        if (Effect !== "Allow" || !isRecord(Principal) || isBound(statement)) return [];
        const service = strings(Principal.Service).find((one) => !servicesWithoutSource.includes(one));
        return service === undefined ? [] : [{ statement: nameOf(statement, index), service }];
    });
}

/** Whether a service can act for one account only: by a condition, by what it encrypts, or by where it writes. */
const isBound = (statement: Statement) =>
    isRestricted(statement) || isOfAccountsLogs(statement) || isOfContext(statement);

/**
 * CloudWatch Logs and CloudTrail tell KMS in the encryption context for what they ask, by its ARN.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const isOfContext = ({ Condition }: Statement) =>
    conditionsOf(Condition).some(
        ({ operator, key, values }) =>
            limitingOperator.test(operator) &&
            key.startsWith("kms:encryptioncontext:") &&
            values.length > 0 &&
            values.every((value) => /:\d{12}:/.test(value)),
    );

/**
 * Services write the logs of an account below AWSLogs and its id, so a resource below there is bound to the account.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const isOfAccountsLogs = ({ Resource }: Statement) => {
    const resources = strings(Resource);
    return resources.length > 0 && resources.every((resource) => /\/AWSLogs\/\d{12}\//.test(resource));
};

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
            strings(statement.Action).some((pattern) => covers(pattern, action)) &&
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
    if (NotPrincipal !== undefined || isEveryone(Principal)) return true;
    return isRecord(Principal) && Object.values(Principal).some((ones) => strings(ones).some(isOfAnyAccount));
}

/** A principal with a wildcard for its kind or its account. */
const isOfAnyAccount = (principal: string) => /^\*$|^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(principal);

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

/** Undefined where it is no JSON, or says something twice, of which readers take the one or the other. */
function parseJson(source: string): unknown {
    try {
        const value: unknown = JSON.parse(source);
        const written = [...source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
        return written.length === keysIn(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

function keysIn(value: unknown): number {
    if (typeof value !== "object" || value === null) return 0;
    const parts = Object.values(value).reduce<number>((sum, part) => sum + keysIn(part), 0);
    return Array.isArray(value) ? parts : parts + Object.keys(value).length;
}
