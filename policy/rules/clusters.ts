import type { View } from "../graph/graph";
import { coversInternet } from "../graph/internet";
import { elements, field, type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";
import { judgeKey, mustEqual, trustedKeys } from "./checks";

const clusterSecretsEncrypted: Rule = {
    id: "cluster-secrets-encrypted-with-customer-key",
    title: "Clusters encrypt their secrets with a customer managed key",
    severity: "high",
    enforcement: "advisory",
    controls: { securityHub: ["EKS.3"], cis: ["Amazon EKS 1.4 §5.3.1"], checkov: ["CKV_AWS_58"] },
    remedy: 'Set encryptionConfig to the resources ["secrets"] and to the arn of an aws.kms.Key of the stack. It can\'t be removed or changed later.',
    appliesTo: [types.cluster],
    trustedIds: [trustedKeys],
    judge: (cluster, trusted) => {
        const config = cluster.read("encryptionConfig");
        if (config.is === "unknown") return unknown("encryptionConfig is not known yet");
        if (config.is === "absent") return violated("encryptionConfig is not set");
        const resources = field(config, "resources");
        const encrypted = (elements(resources) ?? []).some((one) => text(one) === "secrets");
        const key = judgeKey(field(field(config, "provider"), "keyArn"), cluster, "encryptionConfig", trusted);
        if (encrypted) return key;
        return resources.is === "unknown"
            ? unknown("encryptionConfig.resources is not known yet")
            : violated("encryptionConfig does not include secrets");
    },
};

const clusterEndpointPrivate: Rule = {
    id: "cluster-endpoint-private",
    title: "Cluster endpoints are private, or open to named CIDR blocks only",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EKS.1"],
        cis: ["Amazon EKS 1.4 §5.4.1", "Amazon EKS 1.4 §5.4.2"],
        checkov: ["CKV_AWS_38", "CKV_AWS_39"],
    },
    remedy:
        "Set vpcConfig.endpointPrivateAccess: true and endpointPublicAccess: false; or publicAccessCidrs to the CIDR blocks of " +
        "those who may call the endpoint.",
    appliesTo: [types.cluster],
    judge: (cluster) => {
        const network = cluster.read("vpcConfig");
        if (network.is === "unknown") return unknown("vpcConfig is not known yet");
        return all([judgePrivateAccess(network), judgePublicAccess(network)]);
    },
};

/** Without private access, nodes would call the endpoint over the internet. */
function judgePrivateAccess(network: Reading): Verdict {
    return mustEqual(field(network, "endpointPrivateAccess"), "endpointPrivateAccess", "true");
}

/** EKS's default is a public endpoint that is open to everyone. */
function judgePublicAccess(network: Reading): Verdict {
    const outside = field(network, "endpointPublicAccess");
    if (outside.is === "unknown") return unknown("endpointPublicAccess is not known yet");
    if (text(outside) === "false") return satisfied;
    const blocks = field(network, "publicAccessCidrs");
    if (blocks.is === "unknown") return unknown("publicAccessCidrs is not known yet");
    const named = elements(blocks) ?? [];
    if (named.length === 0) return violated("its endpoint is public and open to everyone");
    return all(
        named.map((block) => {
            const cidr = text(block);
            if (cidr === undefined) return unknown("publicAccessCidrs is not known yet");
            return coversInternet(cidr) ? violated(`its endpoint is public and open to ${cidr}`) : satisfied;
        }),
    );
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const clusterLogged: Rule = {
    id: "cluster-control-plane-logged",
    title: "Clusters enable all control plane logs",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["EKS.8"], cis: ["Amazon EKS 1.4 §2.1.1"], checkov: ["CKV_AWS_37"] },
    remedy: `Set enabledClusterLogTypes to ${logTypes.join(", ")}.`,
    appliesTo: [types.cluster],
    judge: (cluster) => {
        const reading = cluster.read("enabledClusterLogTypes");
        const enabled = (elements(reading) ?? []).map((one) => text(one));
        const missing = logTypes.filter((type) => !enabled.includes(type));
        if (missing.length === 0) return satisfied;
        const unclear = reading.is === "unknown" || enabled.includes(undefined);
        return unclear
            ? unknown("enabledClusterLogTypes is not known yet")
            : violated(`it does not log ${missing.join(", ")}`);
    },
};

const clusterAccessNamed: Rule = {
    id: "cluster-access-named",
    title: "Cluster access is given to named roles and users, and never through system:masters",
    severity: "high",
    enforcement: "mandatory",
    controls: { cis: ["Amazon EKS 1.4 §4.1.1"] },
    remedy: "Name an IAM role or user in principalArn, without wildcards and not the account's root, and remove system:masters from kubernetesGroups.",
    appliesTo: [types.accessEntry],
    judge: (entry) => all([judgePrincipal(entry), judgeGroups(entry)]),
};

function judgePrincipal(entry: View): Verdict {
    const principal = text(entry.read("principalArn"));
    if (principal === undefined) {
        const sources = entry.follow("principalArn");
        const isRole = sources.length > 0 && sources.every(({ type }) => type === types.role);
        return isRole ? satisfied : unknown("principalArn is not known yet");
    }
    if (/[*?]/.test(principal)) return violated("principalArn has a wildcard");
    return /:(role|user)\//.test(principal) ? satisfied : violated("principalArn is neither a role nor a user");
}

function judgeGroups(entry: View): Verdict {
    const reading = entry.read("kubernetesGroups");
    const groups = (elements(reading) ?? []).map((one) => text(one));
    if (groups.includes("system:masters"))
        return violated("kubernetesGroups includes system:masters, whose rights cannot be limited");
    return reading.is === "unknown" || groups.includes(undefined)
        ? unknown("kubernetesGroups is not known yet")
        : satisfied;
}

export const clusterRules: readonly Rule[] = [
    clusterSecretsEncrypted,
    clusterEndpointPrivate,
    clusterLogged,
    clusterAccessNamed,
];
