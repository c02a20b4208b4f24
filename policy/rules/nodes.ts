import type { View } from "../graph/graph";
import { judgePrivacy } from "../graph/isolation";
import { elements, field, type Reading, text } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule, TrustedIds } from "../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import { judgeKey, mustEqual, mustNotBe, trustedKeys } from "./checks";

/** Subnets of other stacks. */
const trustedPrivateSubnets: TrustedIds = {
    key: "privateSubnetIds",
    meaning: "a subnet outside the stack without a route to an internet gateway",
    pattern: "^subnet-[0-9a-f]+$",
};

const nodesInPrivateSubnets: Rule = {
    id: "cluster-in-private-subnets",
    title: "Clusters and their nodes are in private subnets, which have no route to an internet gateway",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["Amazon EKS 1.4 §5.4.3"] },
    remedy: "Use only subnets of the stack whose route table has no internet gateway; a NAT gateway is allowed.",
    appliesTo: [types.cluster, types.nodeGroup],
    trustedIds: [trustedPrivateSubnets],
    judge: (view, trusted) => {
        const isCluster = view.type === types.cluster;
        const reference = {
            key: isCluster ? "vpcConfig" : "subnetIds",
            ...(isCluster && { within: (input: Parameters<typeof field>[0]) => field(input, "subnetIds") }),
            types: [types.subnet],
            what: "subnets",
            trusted,
            whenAbsent: violated("no subnets"),
        };
        return through(view.name, judgeReferences(view, reference, judgePrivacy));
    },
};

/** Without a template, EKS starts nodes with the defaults of the image: unencrypted, and as the next rules forbid. */
const nodesFromTemplate: Rule = {
    id: "node-group-from-launch-template",
    title: "Node groups use a launch template of the stack, which other rules check",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set launchTemplate to an aws.ec2.LaunchTemplate of the stack.",
    appliesTo: [types.nodeGroup],
    judge: (group) => {
        const reference = {
            key: "launchTemplate",
            within: idOrName,
            types: [types.launchTemplate],
            what: "launch templates",
            whenAbsent: violated("launchTemplate is not set"),
        };
        return judgeReferences(group, reference, () => satisfied);
    },
};

function idOrName(template: Reading): Reading {
    const id = field(template, "id");
    return id.is === "absent" ? field(template, "name") : id;
}

const nodesWithoutSsh: Rule = {
    id: "node-group-without-ssh",
    title: "Nodes do not allow SSH",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_100"] },
    remedy: "Leave out remoteAccess of the node group and keyName of the launch template.",
    appliesTo: [types.nodeGroup, types.launchTemplate],
    judge: (view) => {
        const key = view.type === types.nodeGroup ? "remoteAccess" : "keyName";
        const reading = view.read(key);
        if (reading.is === "unknown") return unknown(`${key} is not known yet`);
        return reading.is === "absent" ? satisfied : violated(`${key} is set`);
    },
};

const templateVolumesEncrypted: Rule = {
    id: "launch-template-volumes-encrypted-with-customer-key",
    title: "Launch templates encrypt the volumes of their instances with a customer managed key",
    severity: "high",
    enforcement: "advisory",
    controls: { securityHub: ["EC2.3", "EC2.181"], cis: ["AWS Foundations 5.0 §5.1.1"], checkov: ["CKV_AWS_8"] },
    remedy: 'Set blockDeviceMappings for every volume, the root volume included, each with ebs.encrypted: "true" and ebs.kmsKeyId of an aws.kms.Key of the stack.',
    appliesTo: [types.launchTemplate],
    trustedIds: [trustedKeys],
    judge: (template, trusted) => {
        const mappings = template.read("blockDeviceMappings");
        if (mappings.is === "unknown") return unknown("blockDeviceMappings is not known yet");
        const volumes = elements(mappings) ?? [];
        if (volumes.length === 0)
            return violated("blockDeviceMappings is not set, so volumes are as the image defines them");
        return all(volumes.map((volume) => judgeVolume(template, volume, trusted)));
    },
};

function judgeVolume(template: View, mapping: Parameters<typeof field>[0], trusted: ReadonlySet<string>): Verdict {
    const volume = field(mapping, "ebs");
    const encrypted = field(volume, "encrypted");
    if (encrypted.is === "unknown") return unknown("ebs.encrypted is not known yet");
    if (text(encrypted) !== "true") return violated("a volume is not encrypted");
    return judgeKey(field(volume, "kmsKeyId"), template, "blockDeviceMappings", trusted);
}

const templateMetadata: Rule = {
    id: "launch-template-metadata-guarded",
    title: "Instance metadata requires a token (IMDSv2) and is limited to the instance itself",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EC2.8", "EC2.170"],
        cis: ["AWS Foundations 5.0 §5.7"],
        checkov: ["CKV_AWS_79", "CKV_AWS_341"],
    },
    remedy: 'Set metadataOptions to httpTokens: "required" and httpPutResponseHopLimit: 1.',
    appliesTo: [types.launchTemplate],
    judge: (template) => {
        const options = template.read("metadataOptions");
        if (options.is === "unknown") return unknown("metadataOptions is not known yet");
        if (text(field(options, "httpEndpoint")) === "disabled") return satisfied;
        const required = [
            ["httpTokens", "required"],
            ["httpPutResponseHopLimit", "1"],
        ] as const;
        return all(required.map(([key, wanted]) => mustEqual(field(options, key), `metadataOptions.${key}`, wanted)));
    },
};

const templateWithoutPublicAddress: Rule = {
    id: "launch-template-without-public-address",
    title: "Launch templates assign no public IP addresses",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.25"], checkov: ["CKV_AWS_88"] },
    remedy: 'Set associatePublicIpAddress: "false" in each of networkInterfaces, or leave them out.',
    appliesTo: [types.launchTemplate],
    judge: (template) => {
        const interfaces = template.read("networkInterfaces");
        if (interfaces.is === "unknown") return unknown("networkInterfaces is not known yet");
        return all(
            (elements(interfaces) ?? []).map((one) =>
                mustNotBe(field(one, "associatePublicIpAddress"), "associatePublicIpAddress", ["true"]),
            ),
        );
    },
};

export const nodeRules: readonly Rule[] = [
    nodesInPrivateSubnets,
    nodesFromTemplate,
    nodesWithoutSsh,
    templateVolumesEncrypted,
    templateMetadata,
    templateWithoutPublicAddress,
];
