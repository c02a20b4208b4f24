import { isRecord } from "../../../account/is-record";

/** Whom a statement is about: everyone, or principals by their kind (`AWS`, `Service`, `Federated`). */
export type Principals = "*" | Record<string, string[]>;

/** A statement of a policy, with its lists as lists. */
export interface Statement {
    /** Its Sid, or its place in the policy. */
    name: string;
    effect: "Allow" | "Deny";
    actions: string[];
    /** Whether it is about all actions but these. */
    exceptActions: boolean;
    /** Undefined where it names none, as the own policy of a resource may. */
    resources: string[] | undefined;
    /** Whether it is about all resources but these. */
    exceptResources: boolean;
    /** Undefined where it is a policy of the principal itself. */
    principals: Principals | undefined;
    /** Whether it is about all principals but these. */
    exceptPrincipals: boolean;
    /** Values by key by operator. */
    conditions: Record<string, Record<string, string[]>>;
}

/** The statements of a policy, which is JSON or what it says; none where it is neither. */
export function statementsOf(policy: unknown): Statement[] {
    const document = typeof policy === "string" ? parsed(policy) : policy;
    if (!isRecord(document)) return [];
    return listOf(document.Statement)
        .filter(isRecord)
        .map((statement, index) => {
            const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
            const resources = Resource ?? NotResource;
            return {
                name: typeof Sid === "string" && Sid !== "" ? Sid : `number ${index + 1}`,
                effect: Effect === "Deny" ? "Deny" : "Allow",
                actions: listOf(Action ?? NotAction).map(String),
                exceptActions: NotAction !== undefined,
                resources: resources === undefined ? undefined : listOf(resources).map(String),
                exceptResources: NotResource !== undefined,
                principals: principalsOf(Principal ?? NotPrincipal),
                exceptPrincipals: NotPrincipal !== undefined,
                conditions: conditionsOf(statement.Condition),
            };
        });
}

function principalsOf(value: unknown): Principals | undefined {
    if (value === undefined || value === "*") return value;
    if (!isRecord(value)) return {};
    return Object.fromEntries(Object.entries(value).map(([kind, ids]) => [kind, listOf(ids).map(String)]));
}

function conditionsOf(value: unknown): Statement["conditions"] {
    if (!isRecord(value)) return {};
    const keys = (of: unknown) =>
        Object.fromEntries(
            Object.entries(isRecord(of) ? of : {}).map(([key, values]) => [key, listOf(values).map(String)]),
        );
    return Object.fromEntries(Object.entries(value).map(([operator, of]) => [operator, keys(of)]));
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function listOf(value: unknown): unknown[] {
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
}
