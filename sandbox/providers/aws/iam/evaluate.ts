import { type Context, conditionsHold, every, hasAction, matches, type Truth, withVariables } from "./condition";
import type { Statement } from "./document";

/** Who makes a request: a service of AWS, or a role by its ARN. */
export type Principal = { service: string } | { role: string };

/** A request, as IAM sees it. */
export interface Request {
    principal: Principal;
    /** Such as `sns:Publish`. */
    action: string;
    /** The ARN of what it is for. */
    resource: string;
    context: Context;
}

/** A policy that has a say in a request. */
export interface Policy {
    /** What it is, for messages: `the policy of the topic`. */
    of: string;
    statements: Statement[];
}

/** The policies that have a say in a request. */
export interface Policies {
    /** Those of the role that makes it. */
    identity: Policy[];
    /** The one of what the request is for; undefined where that has none. */
    resource: Policy | undefined;
    /** Whether the resource's policy has to allow it too, or to leave it to the account's policies: as keys and roles want it. */
    resourceDecides: boolean;
}

/** Whether a request is allowed, and what denies it, in words; without a verdict where that depends on what is not known. */
export type Verdict = { allowed: true } | { allowed: false; because: string } | { allowed: undefined };

const UNDECIDED: Verdict = { allowed: undefined };

/**
 * What IAM answers to a request within an account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge(request: Request, { identity, resource, resourceDecides }: Policies): Verdict {
    const all = [...identity, ...(resource ? [resource] : [])];
    const denials = all.map((policy) => found(policy, "Deny", request));
    const denial = denials.find(({ truth }) => truth === true);
    if (denial) return { allowed: false, because: `the statement ${denial.statement} in ${denial.of} denies it` };

    const byRole = some(identity.map((policy) => found(policy, "Allow", request).truth));
    const direct = resource ? found(resource, "Allow", request).truth : false;
    const delegated = resource ? found(resource, "Allow", request, true).truth : false;
    const allowed =
        "service" in request.principal ? direct : some([direct, resourceDecides ? every([delegated, byRole]) : byRole]);
    if (allowed === undefined) return UNDECIDED;
    if (allowed) return denials.some(({ truth }) => truth === undefined) ? UNDECIDED : { allowed: true };
    return { allowed: false, because: missing(request, { identity, resource, resourceDecides }, delegated === true) };
}

function missing(
    { principal }: Request,
    { identity, resource, resourceDecides }: Policies,
    delegated: boolean,
): string {
    const ofResource = resource
        ? `no statement in ${resource.of} allows it`
        : "it has no policy of its own that allows it";
    if ("service" in principal || (resourceDecides && !delegated)) return ofResource;
    const names = identity.map(({ of }) => of);
    return names.length === 0 ? "the role has no policy" : `no statement in ${names.join(", ")} allows it`;
}

/** Whether a policy has a statement of that effect on a request, and which. With `toAccount`, one that leaves it to the account. */
function found(
    { of, statements }: Policy,
    effect: Statement["effect"],
    request: Request,
    toAccount = false,
): { of: string; truth: Truth; statement: string } {
    const truths = statements
        .filter((statement) => statement.effect === effect)
        .map((statement) => ({ of, truth: applies(statement, request, toAccount), statement: statement.name }));
    return (
        truths.find(({ truth }) => truth === true) ??
        truths.find(({ truth }) => truth === undefined) ?? { of, truth: false, statement: "" }
    );
}

function applies(statement: Statement, request: Request, toAccount: boolean): Truth {
    return every([
        hasAction(statement.actions, request.action) !== statement.exceptActions,
        isFor(statement, request),
        isAbout(statement, request.principal, toAccount),
        conditionsHold(statement.conditions, request.context),
    ]);
}

function isFor({ resources, exceptResources }: Statement, { resource, context }: Request): Truth {
    if (resources === undefined) return true;
    const filled = resources.map((one) => withVariables(one, context));
    if (filled.some((one) => one !== undefined && matches(one, resource))) return !exceptResources;
    return filled.includes(undefined) ? undefined : exceptResources;
}

function isAbout({ principals, exceptPrincipals }: Statement, principal: Principal, toAccount: boolean): Truth {
    if (principals === undefined) return true;
    if (exceptPrincipals) return undefined;
    // Everybody, services too, whether written as `*` or as `{"AWS": "*"}`.
    if (principals === "*" || principals.AWS?.includes("*")) return !toAccount;
    if ("service" in principal) return principals.Service?.includes(principal.service) ?? false;
    const account = principal.role.split(":")[4] ?? "";
    const named = principals.AWS ?? [];
    if (toAccount) return named.includes(account) || named.some((one) => one.endsWith(`::${account}:root`));
    return named.includes(principal.role);
}

/** Whether any is so: as soon as one is. */
function some(truths: Truth[]): Truth {
    if (truths.includes(true)) return true;
    return truths.includes(undefined) ? undefined : false;
}
