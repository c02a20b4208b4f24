import type { Account } from "../../account/account";
import { judge, type Verdict } from "../../providers/aws/iam/evaluate";
import { ROLE } from "../../providers/aws/types/iam/role";
import { KEY } from "../../providers/aws/types/kms/key";
import { AccountView } from "./account-view";
import type { Call } from "./call";
import { callsOf } from "./calls";

/** A request that the account's resources need, and what IAM would answer. */
export interface Judged extends Call {
    verdict: Verdict;
}

/** What everything in an account needs to be allowed, each request once for each need, with IAM's answer. */
export function judgedCalls(account: Account): Judged[] {
    const view = new AccountView(account);
    return callsOf(view).map((call) => ({ ...call, verdict: verdictOn(call, view) }));
}

function verdictOn(call: Call, view: AccountView): Verdict {
    // Where hosts end otherwise, only some services are called otherwise in policies too, and it is not known which.
    if ("service" in call.principal && /^arn:aws-(?!us-gov)/.test(call.resource)) return { allowed: undefined };
    const resource = view.byArn(call.resource);
    if (!resource && /(^|\/)alias\/aws\//.test(call.resource))
        return {
            allowed: false,
            because: "AWS manages that key, and its policy lets no service in: give it a key of your own",
        };
    const identity = call.made ? [call.made] : "service" in call.principal ? [] : policiesOf(call.principal.role, view);
    if (!identity) return { allowed: undefined };
    const resourceDecides = resource?.type === KEY || resource?.type === ROLE;
    return judge(call, { identity, resource: resource && view.policyOf(resource), resourceDecides });
}

/** The policies of a role; none for a service's own role, which gets its rights elsewhere, and undefined where they are not known. */
function policiesOf(arn: string, view: AccountView) {
    const role = view.find(ROLE, arn);
    return role ? view.identity(role) : arn.includes(":role/aws-service-role/") ? [] : undefined;
}

/** The requests that would be denied, in words, each once. */
export function denials(judged: Judged[]): string[] {
    const lines = judged.flatMap(({ need, principal, action, resource, verdict }) => {
        if (verdict.allowed !== false) return [];
        const who = "service" in principal ? principal.service : principal.role;
        return [`${need}: ${who} may not ${action} on ${resource}: ${verdict.because}`];
    });
    return [...new Set(lines)];
}
