import { elements, text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { satisfied, unknown, violated } from "../../verdict";
import { aws, isAtLeast, isNoneOf, isNotTrue, isOneOf, isTrue, mustHavePart, onInputs, whenSet } from "../inputs";

const graphql = aws("appsync/graphQLApi");
const cache = aws("appsync/apiCache");
const workspace = aws("workspaces/workspace");
const pool = aws("cognito/userPool");

const workspaceEncrypted = onInputs({
    id: "workspace-encrypted",
    title: "WorkSpaces encrypt their volumes",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_155", "CKV_AWS_156"] },
    remedy: "Set rootVolumeEncryptionEnabled: true and userVolumeEncryptionEnabled: true. This replaces the WorkSpace.",
    appliesTo: [workspace],
    inputs: { rootVolumeEncryptionEnabled: isTrue, userVolumeEncryptionEnabled: isTrue },
});

const graphqlCacheEncrypted = onInputs({
    id: "graphql-cache-encrypted",
    title: "Caches of AppSync are encrypted at rest and in transit",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["AppSync.1"], checkov: ["CKV_AWS_214", "CKV_AWS_215"] },
    remedy: "Set atRestEncryptionEnabled: true and transitEncryptionEnabled: true. This replaces the cache.",
    appliesTo: [cache],
    inputs: { atRestEncryptionEnabled: isTrue, transitEncryptionEnabled: isTrue },
});

const graphqlAuthenticated = onInputs({
    id: "graphql-authenticated",
    title: "APIs of AppSync identify their callers by more than a key",
    severity: "medium",
    enforcement: "advisory",
    controls: {},
    remedy: 'Set authenticationType to "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT" or "AWS_LAMBDA".',
    appliesTo: [graphql],
    inputs: { authenticationType: isNoneOf("API_KEY") },
});

const graphqlLogged = onInputs({
    id: "graphql-logged",
    title: "APIs of AppSync log their fields",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["AppSync.2"], checkov: ["CKV_AWS_193", "CKV_AWS_194"] },
    remedy: 'Set logConfig, with fieldLogLevel "ERROR" or "ALL".',
    appliesTo: [graphql],
    inputs: { "logConfig.fieldLogLevel": isOneOf("ERROR", "INFO", "DEBUG", "ALL") },
});

const guestsRefused = onInputs({
    id: "identity-pool-refuses-guests",
    title: "Identity pools give nobody rights who is not authenticated",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_366"] },
    remedy: "Leave out allowUnauthenticatedIdentities, and allowClassicFlow.",
    appliesTo: [aws("cognito/identityPool")],
    inputs: { allowUnauthenticatedIdentities: isNotTrue },
});

const passwordsLong = onInputs({
    id: "user-pool-passwords-strong",
    title: "User pools ask for long passwords, and protect accounts that are attacked",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["Cognito.1"] },
    remedy: 'Set passwordPolicy.minimumLength to 8 or more, and userPoolAddOns.advancedSecurityMode to "ENFORCED".',
    appliesTo: [pool],
    inputs: {
        "passwordPolicy.minimumLength": whenSet(isAtLeast(8)),
        "userPoolAddOns.advancedSecurityMode": isOneOf("ENFORCED"),
    },
});

const secretRotated: Rule = {
    id: "secret-rotated",
    title: "Secrets are rotated",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["SecretsManager.1"], checkov: ["CKV2_AWS_57"] },
    remedy: "Give the secret an aws.secretsmanager.SecretRotation, where something can change the secret at its other end.",
    appliesTo: [types.secret],
    judge: (secret) =>
        mustHavePart(secret, {
            types: [types.secretRotation],
            input: "secretId",
            names: ["id", "name"],
            what: "rotation",
        }),
};

const deadLetters: Rule = {
    id: "queue-has-dead-letters",
    title: "Queues give what cannot be processed to another queue",
    severity: "low",
    enforcement: "advisory",
    controls: {},
    remedy: "Set redrivePolicy, or give the queue an aws.sqs.RedrivePolicy.",
    appliesTo: [types.queue],
    judge: (queue) => {
        if (queue.read("redrivePolicy").is !== "absent") return satisfied;
        // A queue that others name is where theirs go.
        const named = [types.queue, types.redrivePolicy].some(
            (type) => queue.referrers([type], "redrivePolicy").length > 0,
        );
        if (named || queue.read("redriveAllowPolicy").is !== "absent") return satisfied;
        if (queue.referrers([types.redriveAllowPolicy], "queueUrl").length > 0) return satisfied;
        return mustHavePart(queue, {
            types: [types.redrivePolicy],
            input: "queueUrl",
            names: ["id", "url"],
            what: "queue for dead letters",
        });
    },
};

const keyGrantNarrow: Rule = {
    id: "key-grant-narrow",
    title: "Grants of KMS keys are bound to a context, or allow no more grants",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Leave CreateGrant out of operations, or set constraints; name a role in granteePrincipal.",
    judges: "inputs",
    appliesTo: [aws("kms/grant")],
    judge: (grant) => {
        const operations = grant.read("operations");
        if (operations.is === "unknown") return unknown("operations is not known yet");
        const who = text(grant.read("granteePrincipal")) ?? "";
        if (who === "*" || /:root$/.test(who)) return violated("granteePrincipal is a whole account");
        const allowsGrants = (elements(operations) ?? []).some((one) => text(one) === "CreateGrant");
        return allowsGrants && grant.read("constraints").is === "absent"
            ? violated("operations includes CreateGrant without constraints")
            : satisfied;
    },
};

export const applicationsRules: readonly Rule[] = [
    workspaceEncrypted,
    graphqlCacheEncrypted,
    graphqlAuthenticated,
    graphqlLogged,
    guestsRefused,
    passwordsLong,
    secretRotated,
    deadLetters,
    keyGrantNarrow,
];
