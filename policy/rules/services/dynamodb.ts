import type { Rule } from "../../rule";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, customerKey, isOneOf, isTrue, onInputs } from "../inputs";

/* Tables are encrypted, with a key of AWS's where none is named. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html */

const table = aws("dynamodb/table");
const dax = aws("dax/cluster");

const tablePolicyNotPublic = onDocuments({
    id: "table-policy-not-public",
    title: "Policies of tables and streams do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals, or limit the statement by aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [aws("dynamodb/resourcePolicy")],
    judge: (policy) => mustNotBePublic(policy),
});

const tableRecoverable = onInputs({
    id: "table-recoverable",
    title: "Tables can be restored to any point in time",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["DynamoDB.2"], checkov: ["CKV_AWS_28"] },
    remedy: "Set pointInTimeRecovery.enabled: true.",
    appliesTo: [table],
    inputs: { "pointInTimeRecovery.enabled": isTrue },
});

const tableProtected = onInputs({
    id: "table-deletion-protected",
    title: "Tables are protected from deletion",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["DynamoDB.6"] },
    remedy: "Set deletionProtectionEnabled: true.",
    appliesTo: [table],
    inputs: { deletionProtectionEnabled: isTrue },
});

const daxEncrypted = onInputs({
    id: "accelerator-encrypted-at-rest",
    title: "DynamoDB accelerators encrypt their data at rest",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["DynamoDB.3"], checkov: ["CKV_AWS_47"] },
    remedy: "Set serverSideEncryption.enabled: true. On an existing cluster this replaces it.",
    appliesTo: [dax],
    inputs: { "serverSideEncryption.enabled": isTrue },
});

const daxTls = onInputs({
    id: "accelerator-encrypted-in-transit",
    title: "DynamoDB accelerators use TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["DynamoDB.7"], checkov: ["CKV_AWS_239"] },
    remedy: 'Set clusterEndpointEncryptionType: "TLS". On an existing cluster this replaces it.',
    appliesTo: [dax],
    inputs: { clusterEndpointEncryptionType: isOneOf("TLS") },
});

const tableKey = customerKey({
    id: "table-encrypted-with-customer-key",
    of: "Tables",
    types: [table],
    input: "serverSideEncryption.kmsKeyArn",
    controls: { checkov: ["CKV_AWS_119"] },
});

export const dynamodbRules: readonly Rule[] = [
    tablePolicyNotPublic,
    tableRecoverable,
    tableProtected,
    tableKey,
    daxEncrypted,
    daxTls,
];
