import { elements, field, text } from "../../graph/reading";
import { judgeReferences } from "../../graph/references";
import type { Rule } from "../../rule";
import { satisfied, unknown, violated } from "../../verdict";
import { aws, customerKey, isAtLeast, isNotTrue, isTrue, mustHavePart, onInputs, whenSet } from "../inputs";

const cluster = aws("redshift/cluster");
const parameterGroup = aws("redshift/parameterGroup");

const notPublic = onInputs({
    id: "warehouse-not-public",
    title: "Redshift clusters and workgroups are not publicly accessible",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["Redshift.1"], checkov: ["CKV_AWS_87"] },
    remedy: "Leave out publiclyAccessible, or set it to false.",
    appliesTo: [cluster, aws("redshiftserverless/workgroup")],
    inputs: { publiclyAccessible: isNotTrue },
});

/** The default since January 2025, as TLS is. https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html */
const encrypted = onInputs({
    id: "warehouse-encrypted",
    title: "Redshift clusters are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["Redshift.10"], checkov: ["CKV_AWS_64"] },
    remedy: "Leave out encrypted, or set it to true.",
    appliesTo: [cluster],
    inputs: { encrypted: whenSet(isTrue) },
});

const tls: Rule = {
    id: "warehouse-forces-tls",
    title: "Redshift clusters refuse connections without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["Redshift.2"], checkov: ["CKV_AWS_105"] },
    remedy: 'Name an aws.redshift.ParameterGroup in clusterParameterGroupName that sets require_ssl to "true".',
    appliesTo: [cluster],
    judge: (view) =>
        judgeReferences(
            view,
            {
                key: "clusterParameterGroupName",
                types: [parameterGroup],
                what: "parameter groups",
                // The default groups for versions of the engine, and what they set.
                rejects: (name) =>
                    name === "default.redshift-1.0" ? violated("default.redshift-1.0 does not require TLS") : undefined,
                // A new cluster gets default.redshift-2.0, which requires TLS.
                whenAbsent: satisfied,
            },
            (group) => {
                const parameters = group.read("parameters");
                const setting = (elements(parameters) ?? []).find((one) => text(field(one, "name")) === "require_ssl");
                if (!setting) {
                    // Its groups require TLS where they do not say otherwise.
                    if (text(group.read("family")) === "redshift-2.0" && parameters.is !== "unknown") return satisfied;
                    return parameters.is === "unknown"
                        ? unknown("parameters is not known yet")
                        : violated("require_ssl is not set");
                }
                const value = field(setting, "value");
                if (value.is === "unknown") return unknown("require_ssl is not known yet");
                return text(value) === "true" ? satisfied : violated("require_ssl is off");
            },
        ),
};

const routed = onInputs({
    id: "warehouse-routed-in-vpc",
    title: "Redshift clusters load and unload data within the VPC",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["Redshift.7"], checkov: ["CKV_AWS_321"] },
    remedy: "Set enhancedVpcRouting: true.",
    appliesTo: [cluster],
    inputs: { enhancedVpcRouting: isTrue },
});

const backedUp = onInputs({
    id: "warehouse-backed-up",
    title: "Redshift clusters keep automated snapshots for at least 7 days",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["Redshift.3"], checkov: ["CKV_AWS_343"] },
    remedy: "Set automatedSnapshotRetentionPeriod to 7 or more. The default is one day.",
    appliesTo: [cluster],
    inputs: { automatedSnapshotRetentionPeriod: isAtLeast(7) },
});

const logged: Rule = {
    id: "warehouse-logged",
    title: "Redshift clusters have an audit log",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["Redshift.4"], checkov: ["CKV_AWS_71"] },
    remedy: "Give the cluster an aws.redshift.Logging.",
    appliesTo: [cluster],
    judge: (view) =>
        mustHavePart(view, {
            ...{ types: [aws("redshift/logging")], input: "clusterIdentifier", names: ["clusterIdentifier", "id"] },
            what: "log",
        }),
};

export const redshiftRules: readonly Rule[] = [
    notPublic,
    encrypted,
    tls,
    routed,
    backedUp,
    logged,
    customerKey({
        id: "warehouse-encrypted-with-customer-key",
        of: "Redshift clusters and namespaces",
        types: [cluster, aws("redshiftserverless/namespace")],
        input: "kmsKeyId",
        controls: { checkov: ["CKV_AWS_142", "CKV_AWS_282"] },
    }),
];
