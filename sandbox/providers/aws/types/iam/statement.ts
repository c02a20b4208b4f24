import { actionsOf, hasKey, isConditionKey, nearest, permissionsOf, takes } from "@plinth/facts";
import { operatorOf } from "../../iam/condition";
import { type Statement, statementsOf } from "../../iam/document";
import { type Inputs, isJson, type Rejection } from "../../resource-type";

/**
 * What an identity's statement allows in vain, in words: actions that IAM does not have, and actions on resources that they
 * do not take. Undefined where everything may have an effect. Actions of services that are not known are not judged.
 */
export function inertIn({ actions, exceptActions, resources, exceptResources }: Statement): string | undefined {
    if (exceptActions || exceptResources) return undefined;
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

/**
 * Which condition of a statement is in vain, in words: its key does not exist, or no request for the action has it, so that the statement allows
 * nothing. Undefined where there is none. Keys of services that are not known are not judged.
 */
export function inertCondition({ effect, actions, exceptActions, conditions }: Statement): string | undefined {
    if (exceptActions || actions.length === 0 || actions.some((action) => !permissionsOf(action)?.length))
        return undefined;
    for (const [text, keys] of Object.entries(conditions)) {
        const operator = operatorOf(text);
        const needsKey =
            effect === "Allow" && !operator.ifExists && !operator.negative && operator.set !== "forallvalues";
        for (const key of Object.keys(keys)) {
            if (actions.every((action) => !isConditionKey(key, action.split(":")[0] ?? "")))
                return `there is no condition key ${key} for ${actions[0]}`;
            // Policies of AWS's own documentation have a condition that some of a statement's actions do not know.
            const known = actions.some((action) => permissionsOf(action)?.some((one) => hasKey(one, key)));
            if (!known && needsKey && operator.name !== "null")
                return `no request for ${actions.join(" or ")} has the condition key ${key}, so it is never allowed`;
        }
    }
    return undefined;
}

/**
 * Rejects a policy with a condition in vain. AWS stores it, and the requests that it is for are denied, or not denied, later.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function conditionsInVain(at: string): Rejection<Inputs> {
    return inVain(at, "InertCondition", "has a condition without a meaning", inertCondition);
}

function inVain(
    at: string,
    code: string,
    what: string,
    faultOf: (one: Statement) => string | undefined,
): Rejection<Inputs> {
    const fault = (inputs: Inputs) => {
        const policy = inputs.text(at);
        return isJson(policy) ? statementsOf(policy).flatMap((one) => faultOf(one) ?? [])[0] : undefined;
    };
    return {
        code,
        at,
        when: (inputs) => inputs.has(at) && fault(inputs) !== undefined,
        say: (inputs) => `The policy ${what}, which AWS does not say: ${fault(inputs)}`,
    };
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
    return inVain(at, "InertPermission", "allows nothing by a statement", inertIn);
}
