import { parseDocument } from "../../graph/document";
import type { View } from "../../graph/graph";
import { elements, type Reading, text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { onDocuments, unreadable } from "../checks";
import { administration, type Excess, escalation, secretReading, serviceWildcards } from "../identity-policies";
import { aws, isAtLeast, isNotSet, isTrue, onInputs, valuesAt } from "../inputs";

/** The types with a policy of an identity, and where. */
const documents: Readonly<Record<string, string>> = {
    [aws("iam/policy")]: "policy",
    [aws("iam/rolePolicy")]: "policy",
    [aws("iam/userPolicy")]: "policy",
    [aws("iam/groupPolicy")]: "policy",
    [types.role]: "inlinePolicies[].policy",
    [aws("ssoadmin/permissionSetInlinePolicy")]: "inlinePolicy",
};

/**
 * Judges the policies of an identity by what their statements allow too much. A policy that cannot be read is reported by
 * one rule of those that judge it.
 */
function judgePolicies(
    view: View,
    find: (statements: Parameters<typeof administration>[0]) => Excess[],
    reportsUnreadable = false,
): Verdict {
    const path = documents[view.type] ?? "policy";
    return all(
        valuesAt(view, path).map(({ reading }) => {
            const document = parseDocument(reading);
            if (document.is === "absent") return satisfied;
            if (document.is !== "known") {
                const verdict = unreadable(document, view, path.split("[")[0] ?? path);
                return verdict.is === "deferred" || reportsUnreadable ? verdict : satisfied;
            }
            return all(
                find(document.statements).map(({ statement, allows }) =>
                    violated(`statement ${statement} of its policy allows ${allows}`),
                ),
            );
        }),
    );
}

const withoutAdministration = onDocuments({
    id: "iam-policy-without-administration",
    title: "IAM policies allow neither everything nor what leads to it",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["IAM.1"],
        cis: ["AWS Foundations 5.0 §1.15", "AWS Foundations 7.0 §2.14"],
        checkov: ["CKV_AWS_62", "CKV_AWS_286", "CKV_AWS_289", "CKV2_AWS_40"],
    },
    remedy: "Name the actions, and the resources of those by which rights are given, such as the roles of iam:PassRole; or limit iam:PassRole by iam:PassedToService.",
    appliesTo: Object.keys(documents),
    judge: (view) =>
        judgePolicies(view, (statements) => [...administration(statements), ...escalation(statements)], true),
});

const secretsNamed = onDocuments({
    id: "iam-policy-names-secrets",
    title: "IAM policies let nobody read every secret or decrypt with every key",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["KMS.1", "KMS.2"], checkov: ["CKV_AWS_287", "CKV_AWS_288"] },
    remedy: "Name the secrets, parameters and keys in Resource, or limit the statement by a condition such as kms:ViaService.",
    appliesTo: Object.keys(documents),
    judge: (view) => judgePolicies(view, secretReading),
});

const actionsNamed: Rule = {
    id: "iam-policy-names-actions",
    title: "IAM policies name the actions that they allow",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["IAM.21"], checkov: ["CKV_AWS_63"] },
    remedy: "Name the actions that are needed, instead of every action of a service.",
    appliesTo: Object.keys(documents),
    judge: (view) => judgePolicies(view, serviceWildcards),
};

/** Managed policies of AWS's that give all rights, or the right to give them. */
const powerful = /:aws:policy\/(AdministratorAccess|IAMFullAccess|AWSCloudShellFullAccess)$/;

/** The types that attach managed policies, and the input that names them. */
const attachments: Readonly<Record<string, string>> = {
    [aws("iam/rolePolicyAttachment")]: "policyArn",
    [aws("iam/userPolicyAttachment")]: "policyArn",
    [aws("iam/groupPolicyAttachment")]: "policyArn",
    [aws("iam/policyAttachment")]: "policyArn",
    [aws("iam/rolePolicyAttachmentsExclusive")]: "policyArns",
    [aws("iam/userPolicyAttachmentsExclusive")]: "policyArns",
    [aws("iam/groupPolicyAttachmentsExclusive")]: "policyArns",
    [aws("ssoadmin/managedPolicyAttachment")]: "managedPolicyArn",
    [types.role]: "managedPolicyArns",
};

const attachedNarrowly: Rule = {
    id: "iam-attachment-without-administration",
    title: "AWS's policies for administrators are not attached",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        cis: ["AWS Foundations 5.0 §1.15", "AWS Foundations 5.0 §1.21", "AWS Foundations 7.0 §2.14"],
        checkov: ["CKV_AWS_274", "CKV2_AWS_56"],
    },
    remedy: "Attach a policy that names what is needed, instead of AdministratorAccess, IAMFullAccess or AWSCloudShellFullAccess.",
    appliesTo: Object.keys(attachments),
    judge: (view) => {
        const input = attachments[view.type] ?? "policyArn";
        const reading = view.read(input);
        const sources = view.follow(input);
        const isOfStack = sources.length > 0 && sources.every(({ type }) => type === aws("iam/policy"));
        const arns: readonly Reading[] = elements(reading) ?? [reading];
        return all(
            arns.map((arn) => {
                if (arn.is === "unknown") return isOfStack ? satisfied : unknown(`${input} is not known yet`);
                const name = text(arn)?.match(powerful)?.[1];
                return name ? violated(`it attaches ${name}`) : satisfied;
            }),
        );
    },
};

const usersWithoutPolicies = onInputs({
    id: "iam-user-without-policies",
    title: "IAM users get their rights through groups",
    severity: "low",
    enforcement: "advisory",
    controls: {
        securityHub: ["IAM.2"],
        cis: ["AWS Foundations 5.0 §1.14", "AWS Foundations 7.0 §2.13"],
        checkov: ["CKV_AWS_40"],
    },
    remedy: "Attach the policy to a group or, better, to a role.",
    appliesTo: [aws("iam/userPolicy"), aws("iam/userPolicyAttachment"), aws("iam/policyAttachment")],
    inputs: { user: isNotSet, users: isNotSet },
});

const usersWithoutKeys: Rule = {
    id: "iam-user-without-keys",
    title: "IAM users have no access keys",
    severity: "medium",
    enforcement: "advisory",
    controls: {},
    remedy: "Use a role, whose credentials expire: of an instance, a pod, or an identity provider such as that of the CI.",
    judges: "inputs",
    appliesTo: [aws("iam/accessKey")],
    judge: (key) => {
        const status = key.read("status");
        if (status.is === "unknown") return unknown("status is not known yet");
        return text(status) === "Inactive" ? satisfied : violated("it is a key that does not expire");
    },
};

const passwordsStrong = onInputs({
    id: "iam-passwords-strong",
    title: "The account's passwords are long and not used again",
    severity: "medium",
    enforcement: "advisory",
    controls: {
        securityHub: ["IAM.7"],
        cis: [
            "AWS Foundations 5.0 §1.7",
            "AWS Foundations 5.0 §1.8",
            "AWS Foundations 7.0 §2.8",
            "AWS Foundations 7.0 §2.9",
        ],
        checkov: ["CKV_AWS_10", "CKV_AWS_11", "CKV_AWS_12", "CKV_AWS_13", "CKV_AWS_14", "CKV_AWS_15"],
    },
    remedy: "Set minimumPasswordLength to 14 or more, passwordReusePrevention to 24, and the four require… inputs to true.",
    appliesTo: [aws("iam/accountPasswordPolicy")],
    inputs: {
        minimumPasswordLength: isAtLeast(14),
        passwordReusePrevention: isAtLeast(24),
        requireLowercaseCharacters: isTrue,
        requireUppercaseCharacters: isTrue,
        requireNumbers: isTrue,
        requireSymbols: isTrue,
    },
});

export const iamRules: readonly Rule[] = [
    withoutAdministration,
    secretsNamed,
    actionsNamed,
    attachedNarrowly,
    usersWithoutPolicies,
    usersWithoutKeys,
    passwordsStrong,
];
