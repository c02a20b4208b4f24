import { conditionsOf, covers, limitingOperator, nameOf, type Statement, strings } from "../graph/statement";

/* Policies of identities: they say what somebody may do, and not who. */

/** Whether a statement allows `action`. */
function allows(statement: Statement, action: string): boolean {
    if (statement.Effect !== "Allow") return false;
    if (statement.NotAction !== undefined) return !strings(statement.NotAction).some((one) => covers(one, action));
    return strings(statement.Action).some((one) => covers(one, action));
}

/**
 * Whether a statement is for all resources, or for all of a kind or of an account: `*`, `arn:aws:iam::*:role/*`. Any number of
 * wildcards is one.
 */
function isForAll(statement: Statement): boolean {
    if (statement.NotResource !== undefined) return true;
    return strings(statement.Resource)
        .map((resource) => resource.replace(/[*?]*\*[*?]*/g, "*"))
        .some((resource) => everything.some((pattern) => pattern.test(resource)));
}

const everything = [
    /^(\*|arn:([^:]*:){0,3}\*)$/,
    /^arn:[^:]*:s3:[^:]*:[^:]*:\*(\/\*)?$/,
    // What comes first is the kind; of S3 it is the name of a bucket.
    /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?\*$/,
];

/** Condition keys that say nothing about what a request is for. */
const idleKeys = /^aws:(principal.*|requestedregion|useragent|referer|securetransport)$/;

/** Whether a statement is limited by a condition that a request must meet, with values that are not everything. */
function isLimited(statement: Statement): boolean {
    return conditionsOf(statement.Condition).some(({ operator, key, values }) => {
        // This key is in each request that it is for.
        const required = key === "iam:passedtoservice" ? operator.replace(/IfExists$/i, "") : operator;
        return (
            limitingOperator.test(required) &&
            !idleKeys.test(key) &&
            values.length > 0 &&
            values.every((value) => !/^(arn:)?[*?:]*$/.test(value))
        );
    });
}

/** A statement that allows too much, and what it allows. */
export interface Excess {
    readonly statement: string;
    readonly allows: string;
}

/** Statements that allow every action on every resource, but for a few actions at most. */
export function administration(statements: readonly Statement[]): Excess[] {
    return statements.flatMap((one, index) => {
        const isAll =
            strings(one.Action).some((action) => /^[*?]*\*[*?]*(:\*)?$/.test(action)) || one.NotAction !== undefined;
        const excess = { statement: nameOf(one, index), allows: "every action on every resource" };
        return one.Effect === "Allow" && isAll && isForAll(one) ? [excess] : [];
    });
}

/**
 * Actions with which somebody gives himself the rights of another. A statement that names the resources, or limits the
 * action by a condition such as iam:PassedToService, is narrow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions_create-policies.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const escalating = [
    ...["iam:PassRole", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"],
    ...["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy"],
    ...["iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AttachRolePolicy"],
    ...["iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:AddUserToGroup", "sts:AssumeRole"],
    // The code and the commands that these give run with the rights of the function or the instance.
    ...["lambda:UpdateFunctionCode", "ssm:SendCommand", "ssm:StartSession", "glue:UpdateDevEndpoint"],
];

/** Actions that read secrets, or what is encrypted. */
const reading = [
    ...["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
    ...["kms:Decrypt", "kms:ReEncryptFrom"],
];

const withActions =
    (actions: readonly string[]) =>
    (statements: readonly Statement[]): Excess[] => {
        const all = new Set(administration(statements).map(({ statement }) => statement));
        return statements.flatMap((one, index) => {
            const statement = nameOf(one, index);
            if (all.has(statement) || !isForAll(one) || isLimited(one)) return [];
            const allowed = actions.filter((action) => allows(one, action));
            return allowed.length > 0 ? [{ statement, allows: `${listed(allowed)} on every resource` }] : [];
        });
    };

/** The first few, so that a message can be read. */
const listed = (actions: readonly string[]) =>
    actions.length > 3 ? `${actions.slice(0, 3).join(", ")} and ${actions.length - 3} more` : actions.join(", ");

/** Statements that allow on all resources an action that leads to other rights. */
export const escalation = withActions(escalating);

/** Statements that allow to read every secret, or to decrypt with every key. */
export const secretReading = withActions(reading);

/** Statements that allow every action of a service. */
export function serviceWildcards(statements: readonly Statement[]): Excess[] {
    return statements.flatMap((one, index) => {
        const services = strings(one.Action).filter((action) => /^[a-z0-9-]+:\*$/i.test(action));
        if (one.Effect !== "Allow" || services.length === 0) return [];
        return [{ statement: nameOf(one, index), allows: listed(services) }];
    });
}
