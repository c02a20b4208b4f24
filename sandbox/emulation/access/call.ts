import type { Entity } from "../../account/account";
import type { Context } from "../../providers/aws/iam/condition";
import type { Policy, Principal, Request } from "../../providers/aws/iam/evaluate";
import type { AccountView } from "./account-view";

/** A request that something in the account needs to be allowed. */
export interface Call extends Request {
    /** What needs it, in words: `the alarm plinth-dev-cpu notifies`. */
    need: string;
    /** What kind of need it is, such as `alarm`. */
    kind: string;
    /** The policy of a role that AWS makes for a thing and that is not in the account; undefined for any other. */
    made?: Policy;
}

/** What is common to the requests of one need. */
export interface Need {
    kind: string;
    need: string;
    principal: Principal;
    context: Context;
}

export function call(need: Need, action: string, resource: string, more: Context = {}): Call {
    return { ...need, action, resource, context: { ...need.context, ...more } };
}

/** What a role says of itself. */
export function byRole(role: Entity): Pick<Need, "principal" | "context"> {
    const arn = String(role.outputs.arn);
    const account = arn.split(":")[4] ?? "";
    const context = {
        "aws:principalisawsservice": ["false"],
        "aws:principalarn": [arn],
        "aws:principalaccount": [account],
        "aws:principaltype": ["AssumedRole"],
        "aws:securetransport": ["true"],
        "kms:calleraccount": [account],
    };
    return { principal: { role: arn }, context };
}

/** What a request to a key says when another service makes it in somebody's name. */
export function through(service: string, region: string): Context {
    return { "kms:viaservice": [`${service}.${region}.amazonaws.com`], "aws:viaawsservice": ["true"] };
}

/**
 * What publishing to a topic, or sending to a queue, takes: the topic, and its key.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function deliveries(need: Need, arn: string, view: AccountView): Call[] {
    const target = view.byArn(arn);
    if (!target) return [];
    const service = arn.split(":")[2] ?? "";
    const action = { sns: "sns:Publish", sqs: "sqs:SendMessage", lambda: "lambda:InvokeFunction" }[service];
    if (!action) return [];
    const given = target.inputs.kmsMasterKeyId;
    const key = view.key(given);
    // The policy of the key that AWS manages cannot be changed, and lets in who has an identity in the account alone.
    const own = String(given ?? "").endsWith(`alias/aws/${service}`) && "service" in need.principal;
    const encrypted = key ? String(key.outputs.arn) : own ? String(given) : undefined;
    const context = "role" in need.principal ? through(service, target.region) : {};
    const onKey = ["kms:GenerateDataKey", "kms:Decrypt"].map((one) => call(need, one, encrypted ?? "", context));
    return [call(need, action, arn), ...(encrypted ? onKey : [])];
}
