import type { Entity } from "../../account/account";
import { hasAction } from "../../providers/aws/iam/condition";
import { statementsOf } from "../../providers/aws/iam/document";
import { ROLE, ROLE_POLICY } from "../../providers/aws/types/iam/role";
import type { AccountView } from "./account-view";
import { byRole, type Call, call, deliveries, type Need, through } from "./call";
import { secretReads } from "./cluster";

/**
 * What the roles' own policies allow on queues, topics and secrets of the account: an identity that is allowed a resource, and not its
 * key, has nothing of it.
 */
export function roleCalls(view: AccountView): Call[] {
    return view.all(ROLE_POLICY).flatMap((policy) => {
        const role = view.find(ROLE, String(policy.inputs.role));
        return role ? allowedBy(policy, role, view) : [];
    });
}

function allowedBy({ inputs }: Entity, role: Entity, view: AccountView): Call[] {
    const need: Need = { kind: "role", need: `the policy ${inputs.name} of the role ${role.id}`, ...byRole(role) };
    const allowing = statementsOf(inputs.policy).filter(
        ({ effect, exceptActions, conditions }) =>
            effect === "Allow" && !exceptActions && Object.keys(conditions).length === 0,
    );
    return allowing.flatMap(({ actions, resources = [], exceptResources }) =>
        (exceptResources ? [] : resources).flatMap((arn) => uses(need, actions, arn, view)),
    );
}

function uses(need: Need, actions: string[], arn: string, view: AccountView): Call[] {
    const sends = ["sns:Publish", "sqs:SendMessage"].some(
        (one) => one.startsWith(`${arn.split(":")[2]}:`) && hasAction(actions, one),
    );
    return [
        ...(sends ? deliveries(need, arn, view) : []),
        ...(hasAction(actions, "sqs:ReceiveMessage") && arn.split(":")[2] === "sqs" ? receives(need, arn, view) : []),
        ...(hasAction(actions, "secretsmanager:GetSecretValue") ? secretReads(need, arn, view) : []),
    ];
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
function receives(need: Need, arn: string, view: AccountView): Call[] {
    const queue = view.byArn(arn);
    if (!queue) return [];
    const key = view.key(queue.inputs.kmsMasterKeyId);
    const decrypts = key ? [call(need, "kms:Decrypt", String(key.outputs.arn), through("sqs", queue.region))] : [];
    return [call(need, "sqs:ReceiveMessage", arn), ...decrypts];
}
