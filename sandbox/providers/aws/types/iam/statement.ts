import { actionsOf, nearest, permissionsOf, takes } from "@plinth/facts";
import { type Inputs, isJson, type Rejection } from "../../resource-type";

/** A statement of a policy, with its lists as lists. */
export interface Statement {
    effect: string;
    actions: string[];
    /** Undefined where it has NotResource, or no resource at all, as a resource's own policy may. */
    resources: string[] | undefined;
}

/** The statements of a policy. */
export function statementsOf(policy: string): Statement[] {
    const { Statement: given } = JSON.parse(policy) as { Statement?: unknown };
    return listOf(given).map((statement) => {
        const { Effect, Action, Resource } = statement as Record<string, unknown>;
        return {
            effect: String(Effect),
            actions: listOf(Action).map(String),
            resources: Resource === undefined ? undefined : listOf(Resource).map(String),
        };
    });
}

function listOf(value: unknown): unknown[] {
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
}

/**
 * What an identity's statement allows in vain, in words: actions that IAM does not have, and actions on resources that they
 * do not take. Undefined where everything may have an effect. Actions of services that are not known are not judged.
 */
export function inertIn({ actions, resources }: Statement): string | undefined {
    for (const action of actions) {
        const permissions = permissionsOf(action);
        if (!permissions) continue;
        if (permissions.length === 0) return `there is no action ${action}${alike(action)}`;
        if (resources === undefined || permissions.some((one) => resources.some((resource) => takes(one, resource))))
            continue;
        const arns = [...new Set(permissions.flatMap((permission) => permission.resources))];
        return arns.length === 0
            ? `${action} takes no resource, so on ${resources[0]} it allows nothing: give it the resource *`
            : `${action} takes ${arns.slice(0, 3).join(" or ")}, so on ${resources[0]} it allows nothing`;
    }
    return undefined;
}

function alike(action: string): string {
    const [service = "", name = ""] = action.split(":");
    if (/[*?]/.test(name)) return "";
    return `: there is ${service}:${nearest(name, actionsOf(service), 1)[0]}`;
}

/**
 * Rejects a policy of an identity that allows something in vain. IAM stores such a policy, and what needs the permission fails later.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function allowsInVain(at: string): Rejection<Inputs> {
    const fault = (inputs: Inputs) => {
        const policy = inputs.text(at);
        return isJson(policy) ? statementsOf(policy).flatMap((one) => inertIn(one) ?? [])[0] : undefined;
    };
    return {
        code: "InertPermission",
        at,
        when: (inputs) => inputs.has(at) && fault(inputs) !== undefined,
        say: (inputs) => `The policy allows nothing by a statement, which AWS does not say: ${fault(inputs)}`,
    };
}
