import { elements, field, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown } from "../../verdict";
import {
    aws,
    customerKey,
    isAtLeast,
    isFalse,
    isNoneOf,
    isNotTrue,
    isOneOf,
    isSet,
    isTrue,
    judgeInputs,
    onInputs,
} from "../inputs";

const documents = aws("docdb/cluster");
const graphs = aws("neptune/cluster");
const clusters = [documents, graphs];
const migration = aws("dms/replicationInstance");
const endpoints = [aws("dms/endpoint")];

const encrypted: Rule = {
    id: "cluster-storage-encrypted",
    title: "Clusters of DocumentDB and Neptune encrypt their storage",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["DocumentDB.1", "Neptune.1"], checkov: ["CKV_AWS_44", "CKV_AWS_74"] },
    remedy: "Set storageEncrypted: true. On an existing cluster this replaces it.",
    judges: "inputs",
    appliesTo: clusters,
    judge: (cluster) => {
        // The snapshot decides; a global cluster decides for its members.
        const origins = ["snapshotIdentifier", "globalClusterIdentifier", "replicationSourceIdentifier"];
        const origin = origins.find((key) => cluster.read(key).is !== "absent");
        const own = judgeInputs(cluster, { storageEncrypted: isTrue });
        return own.is === "violated" && origin ? unknown(`${origin} decides this`) : own;
    },
};

/** DMS gives a public address unless it is told not to. https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html */
const instancePrivate: Rule = {
    id: "cluster-instance-not-public",
    title: "Instances of Neptune and replication instances of DMS are not publicly accessible",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["DMS.1"], checkov: ["CKV_AWS_89", "CKV_AWS_102"] },
    remedy: "Set publiclyAccessible: false.",
    judges: "inputs",
    appliesTo: [aws("neptune/clusterInstance"), migration],
    judge: (view) => judgeInputs(view, { publiclyAccessible: view.type === migration ? isFalse : isNotTrue }),
};

/** TLS is on unless a group turns it off. https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html */
const documentTls: Rule = {
    id: "cluster-parameters-force-tls",
    title: "Parameter groups of DocumentDB and Neptune do not turn TLS off",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_90"] },
    remedy: 'Leave out the parameter tls (DocumentDB) or neptune_enforce_ssl (Neptune), or set it to "enabled" or "1".',
    judges: "inputs",
    appliesTo: [aws("docdb/clusterParameterGroup"), aws("neptune/clusterParameterGroup")],
    judge: (group) => {
        const parameters = group.read("parameters");
        if (parameters.is === "unknown") return unknown("parameters is not known yet");
        return all(
            (elements(parameters) ?? []).map((one) => {
                const name = text(field(one, "name")) ?? "";
                if (!["tls", "neptune_enforce_ssl"].includes(name)) return satisfied;
                return isNoneOf("disabled", "0")(field(one, "value"), name);
            }),
        );
    },
};

const endpointEncrypted: Rule = {
    id: "migration-endpoint-encrypted",
    title: "Endpoints of DMS use TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["DMS.9"], checkov: ["CKV2_AWS_49"] },
    remedy: 'Set sslMode to "require", "verify-ca" or "verify-full".',
    judges: "inputs",
    appliesTo: endpoints,
    judge: (endpoint) => {
        const engine = endpoint.read("engineName");
        if (engine.is === "unknown") return unknown("engineName is not known yet");
        // The API of AWS is called with TLS, and these have settings of their own.
        if (/^(s3|dynamodb|kinesis|kafka|elasticsearch|opensearch|neptune|redis|timestream)$/.test(text(engine) ?? ""))
            return satisfied;
        return judgeInputs(endpoint, { sslMode: isOneOf("require", "verify-ca", "verify-full") });
    },
};

const clusterRule = (rule: Omit<Parameters<typeof onInputs>[0], "severity" | "enforcement">) =>
    onInputs({ ...rule, severity: "low", enforcement: "advisory" });

export const otherDatabasesRules: readonly Rule[] = [
    encrypted,
    instancePrivate,
    documentTls,
    endpointEncrypted,
    clusterRule({
        id: "cluster-backed-up",
        title: "Clusters of DocumentDB and Neptune keep backups for at least 7 days",
        controls: { securityHub: ["DocumentDB.2", "Neptune.5"], checkov: ["CKV_AWS_360", "CKV_AWS_361"] },
        remedy: "Set backupRetentionPeriod to 7 or more.",
        appliesTo: clusters,
        inputs: { backupRetentionPeriod: isAtLeast(7) },
    }),
    clusterRule({
        id: "cluster-deletion-protected",
        title: "Clusters of DocumentDB and Neptune are protected from deletion",
        controls: { securityHub: ["DocumentDB.5", "Neptune.4"], checkov: ["CKV2_AWS_58"] },
        remedy: "Set deletionProtection: true.",
        appliesTo: clusters,
        inputs: { deletionProtection: isTrue },
    }),
    clusterRule({
        id: "document-database-logged",
        title: "Clusters of DocumentDB send their audit logs to CloudWatch",
        controls: { securityHub: ["DocumentDB.4"], checkov: ["CKV_AWS_85"] },
        remedy: 'Set enabledCloudwatchLogsExports to ["audit", "profiler"].',
        appliesTo: [documents],
        inputs: { enabledCloudwatchLogsExports: isSet },
    }),
    clusterRule({
        id: "graph-database-logged",
        title: "Clusters of Neptune send their audit logs to CloudWatch",
        controls: { securityHub: ["Neptune.2"], checkov: ["CKV_AWS_101"] },
        remedy: 'Set enableCloudwatchLogsExports to ["audit"].',
        appliesTo: [graphs],
        inputs: { enableCloudwatchLogsExports: isSet },
    }),
    clusterRule({
        id: "graph-database-iam-authenticated",
        title: "Clusters of Neptune require IAM authentication",
        controls: { securityHub: ["Neptune.7"], checkov: ["CKV_AWS_359"] },
        remedy: "Set iamDatabaseAuthenticationEnabled: true.",
        appliesTo: [graphs],
        inputs: { iamDatabaseAuthenticationEnabled: isTrue },
    }),
    customerKey({
        id: "document-database-encrypted-with-customer-key",
        of: "Clusters of DocumentDB",
        types: [documents],
        input: "kmsKeyId",
        controls: { checkov: ["CKV_AWS_182"] },
    }),
    customerKey({
        id: "graph-database-encrypted-with-customer-key",
        of: "Clusters of Neptune",
        types: [graphs],
        input: "kmsKeyArn",
        controls: { checkov: ["CKV_AWS_347"] },
    }),
    customerKey({
        id: "migration-encrypted-with-customer-key",
        of: "Replication instances of DMS",
        types: [migration],
        input: "kmsKeyArn",
        controls: { checkov: ["CKV_AWS_212"] },
    }),
];
