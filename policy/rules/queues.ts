import { deniesPlainText, parseDocument } from "../graph/document";
import type { View } from "../graph/graph";
import { text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { satisfied, unknown, type Verdict, violated } from "../verdict";
import { mustBeTrue, mustNameKey, mustNotBePublicThroughServices, onDocuments, unreadable } from "./checks";

const queueEncryptedAtRest: Rule = {
    id: "queue-encrypted-at-rest",
    title: "Queues encrypt their messages",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["SQS.1"], checkov: ["CKV_AWS_27"] },
    remedy: "Set kmsMasterKeyId to a KMS key, or sqsManagedSseEnabled: true.",
    appliesTo: [types.queue],
    judge: (queue) => {
        const key = mustNameKey(queue, "kmsMasterKeyId");
        if (key.is === "satisfied") return key;
        const managed = mustBeTrue(queue, "sqsManagedSseEnabled");
        return key.is === "unknown" && managed.is === "violated" ? key : managed;
    },
};

const queueTlsOnly: Rule = {
    id: "queue-tls-only",
    title: "Queues refuse requests without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy:
        'Give the queue an aws.sqs.QueuePolicy that denies sqs:* to everyone while aws:SecureTransport is "false". Name the ' +
        "queue by what is known at preview, its name and account, so that the policy is known too.",
    appliesTo: [types.queue],
    judge: (queue) => {
        const policies = queue.referrers([types.queuePolicy], "queueUrl");
        const [policy] = policies;
        if (policies.length > 1) return violated("it has several policies, of which AWS keeps the last one written");
        if (!policy) return judgeTls(queue);
        if (policy.naming("queueUrl", queue) === "possible")
            return unknown(`${policy.name} may be another queue's policy`);
        return judgeTls(policy, text(queue.read("name")));
    },
};

/** `holder` is what states the policy. The ARN of the queue may be unknown yet; it ends with its name. */
function judgeTls(holder: View, name = text(holder.read("name"))): Verdict {
    const document = parseDocument(holder.read("policy"));
    if (document.is === "absent") return violated("it has no policy");
    if (document.is !== "known") return unreadable(document, holder, "policy");
    const covers = (resource: string) =>
        resource === "*" || (resource.startsWith("arn:") && (name === undefined || resource.endsWith(`:${name}`)));
    if (!deniesPlainText(document.statements, "sqs", covers)) {
        return violated("no statement of its policy denies all requests without TLS");
    }
    const isCertain = name !== undefined || deniesPlainText(document.statements, "sqs", (resource) => resource === "*");
    return isCertain ? satisfied : unknown("its name is not known yet, so its policy may name another queue");
}

const queuePolicyNotPublic = onDocuments({
    id: "queue-policy-not-public",
    title: "Queue policies do not allow public access, nor a service to act for any account",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["SQS.3"],
        cis: ["AWS Foundations 7.0 §2.21"],
        checkov: ["CKV_AWS_168", "CKV_AWS_387"],
    },
    remedy: "Name principals, or limit the statement by aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
    appliesTo: [types.queue, types.queuePolicy],
    judge: mustNotBePublicThroughServices,
});

export const queueRules: readonly Rule[] = [queueEncryptedAtRest, queueTlsOnly, queuePolicyNotPublic];
