import type { Rule } from "../../rule";
import { all, unknown, type Verdict } from "../../verdict";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, isNoneOf, isOneOf, isSet, isTrue, judgeInputs, onInputs, whenSet } from "../inputs";
import { entriesOf } from "../kubernetes-objects";
import { judgePlainVariable } from "../literal-secrets";

const workgroup = aws("athena/workgroup");

/** Results are in S3, which encrypts them with a key of its own. */
const resultsEncrypted: Rule = {
    id: "athena-results-encrypted",
    title: "Athena encrypts the results of queries, whatever the client asks for",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["Athena.1"], checkov: ["CKV_AWS_82", "CKV_AWS_159"] },
    remedy: "Set configuration.resultConfiguration.encryptionConfiguration, and leave out enforceWorkgroupConfiguration.",
    judges: "inputs",
    appliesTo: [workgroup],
    judge: (view) => {
        const configuration = view.read("configuration");
        if (configuration.is === "unknown") return unknown("configuration is not known yet");
        return judgeInputs(view, {
            "configuration.enforceWorkgroupConfiguration": whenSet(isTrue),
            "configuration.resultConfiguration.encryptionConfiguration.encryptionOption": isOneOf(
                "SSE_S3",
                "SSE_KMS",
                "CSE_KMS",
            ),
        });
    },
};

const databaseEncrypted = onInputs({
    id: "athena-database-encrypted",
    title: "Databases of Athena encrypt the results of queries",
    severity: "medium",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_77"] },
    remedy: "Set encryptionConfiguration.encryptionOption.",
    appliesTo: [aws("athena/database")],
    inputs: { "encryptionConfiguration.encryptionOption": isOneOf("SSE_S3", "SSE_KMS", "CSE_KMS") },
});

const catalogEncrypted = onInputs({
    id: "glue-catalog-encrypted",
    title: "The catalog of Glue encrypts its metadata and its passwords",
    severity: "medium",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_94"] },
    remedy: 'Set encryptionAtRest.catalogEncryptionMode: "SSE-KMS" and connectionPasswordEncryption.returnConnectionPasswordEncrypted: true.',
    appliesTo: [aws("glue/dataCatalogEncryptionSettings")],
    inputs: {
        "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode": isOneOf(
            "SSE-KMS",
            "SSE-KMS-WITH-SERVICE-ROLE",
        ),
        "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted": isTrue,
    },
});

const security = "encryptionConfiguration";
const securityComplete = onInputs({
    id: "glue-security-complete",
    title: "Security configurations of Glue encrypt data, logs and bookmarks",
    severity: "medium",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_99"] },
    remedy: "Set cloudwatchEncryption, jobBookmarksEncryption and s3Encryption to a mode other than DISABLED.",
    appliesTo: [aws("glue/securityConfiguration")],
    inputs: {
        [`${security}.cloudwatchEncryption.cloudwatchEncryptionMode`]: isOneOf("SSE-KMS"),
        [`${security}.jobBookmarksEncryption.jobBookmarksEncryptionMode`]: isOneOf("CSE-KMS"),
        [`${security}.s3Encryption.s3EncryptionMode`]: isOneOf("SSE-KMS", "SSE-S3"),
    },
});

const jobsSecured = onInputs({
    id: "glue-security-configured",
    title: "Jobs, crawlers and endpoints of Glue have a security configuration",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_195"] },
    remedy: "Set securityConfiguration to an aws.glue.SecurityConfiguration.",
    appliesTo: [aws("glue/job"), aws("glue/crawler"), aws("glue/devEndpoint")],
    inputs: { securityConfiguration: isSet },
});

const argumentsWithoutSecrets: Rule = {
    id: "glue-arguments-without-secrets",
    title: "Arguments of jobs and properties of connections of Glue contain no secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Keep the secret in Secrets Manager: a connection names it in SECRET_ID.",
    appliesTo: [aws("glue/job"), aws("glue/connection")],
    judge: (view) => {
        const input = view.type === aws("glue/job") ? "defaultArguments" : "connectionProperties";
        const entries = entriesOf(view.read(input));
        if (!entries) return unknown(`${input} is not known yet`);
        return all(
            entries.map(([name, value]): Verdict => judgePlainVariable(view, input, name.replace(/^-+/, ""), value)),
        );
    },
};

const catalogNotPublic = onDocuments({
    id: "glue-policy-not-public",
    title: "The policy of Glue's catalog does not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals, or limit the statement by aws:PrincipalOrgID.",
    appliesTo: [aws("glue/resourcePolicy")],
    judge: (policy) => mustNotBePublic(policy),
});

const notebookPrivate = onInputs({
    id: "notebook-private",
    title: "Notebooks of SageMaker have no direct access to the internet, and no root",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_122", "CKV_AWS_307"] },
    remedy: 'Set directInternetAccess: "Disabled" and rootAccess: "Disabled", with a subnetId.',
    appliesTo: [aws("sagemaker/notebookInstance")],
    inputs: { directInternetAccess: isOneOf("Disabled"), rootAccess: isOneOf("Disabled") },
});

const mapReducePrivate = onInputs({
    id: "emr-public-access-blocked",
    title: "EMR blocks clusters that admit the internet",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EMR.2"], checkov: ["CKV_AWS_390"] },
    remedy: "Set blockPublicSecurityGroupRules: true.",
    appliesTo: [aws("emr/blockPublicAccessConfiguration")],
    inputs: { blockPublicSecurityGroupRules: isTrue },
});

const brokerPrivate = onInputs({
    id: "broker-not-public",
    title: "Brokers of Amazon MQ are not publicly accessible",
    severity: "critical",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_69"] },
    remedy: "Leave out publiclyAccessible, or set it to false.",
    appliesTo: [aws("mq/broker")],
    inputs: { publiclyAccessible: isNoneOf("true") },
});

export const analyticsRules: readonly Rule[] = [
    resultsEncrypted,
    databaseEncrypted,
    catalogEncrypted,
    securityComplete,
    jobsSecured,
    argumentsWithoutSecrets,
    catalogNotPublic,
    notebookPrivate,
    mapReducePrivate,
    brokerPrivate,
];
