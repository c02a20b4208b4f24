import type { View } from "../graph/graph";
import { judgePrivacy } from "../graph/isolation";
import { elements, field, text } from "../graph/peek";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule, Vouching } from "../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import { judgeKey, mustEqual, mustNotBe, vouchedKeys } from "./checks";

/** How the user vouches for subnets of other stacks. */
const vouchedPrivateSubnets: Vouching = {
    key: "privateSubnetIds",
    means: "a subnet outside the stack without a route to an internet gateway",
    pattern: "^subnet-[0-9a-f]+$",
};

const nodesInPrivateSubnets: Rule = {
    id: "cluster-in-private-subnets",
    title: "Clusters and their nodes are in private subnets, which have no route to an internet gateway",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["Amazon EKS 1.4 §5.4.3"] },
    remedy: "Name only subnets of the stack whose route table has no internet gateway; a NAT gateway will do.",
    appliesTo: [types.cluster, types.nodeGroup],
    vouching: vouchedPrivateSubnets,
    judge: (view, vouched) => {
        const isCluster = view.type === types.cluster;
        const reference = {
            key: isCluster ? "vpcConfig" : "subnetIds",
            ...(isCluster && { within: (input: Parameters<typeof field>[0]) => field(input, "subnetIds") }),
            types: [types.subnet],
            what: "subnets",
            vouched,
            whenAbsent: violated("no subnets"),
        };
        return through(view.name, judgeReferences(view, reference, judgePrivacy));
    },
};

/** Without a template EKS starts nodes as their image says: unencrypted, and with what the next rules forbid. */
const nodesFromTemplate: Rule = {
    id: "node-group-from-launch-template",
    title: "Nodes are started from a launch template of the stack, which is judged too",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set launchTemplate to an aws.ec2.LaunchTemplate of the stack.",
    appliesTo: [types.nodeGroup],
    judge: (group) => {
        const template = group.read("launchTemplate");
        if (template.is === "absent") return violated("launchTemplate is not set");
        const sources = group.follow("launchTemplate");
        const isOurs = sources.length > 0 && sources.every(({ type }) => type === types.launchTemplate);
        return isOurs ? satisfied : unknown("launchTemplate is no resource of this stack");
    },
};

const nodesWithoutSsh: Rule = {
    id: "node-group-without-ssh",
    title: "Nodes let no one log in over SSH",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_100"] },
    remedy: "Leave remoteAccess out, and keyName of the launch template.",
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
    title: "Launch templates encrypt the volumes of their instances with a key of the customer's",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.3", "EC2.181"], cis: ["AWS Foundations 5.0 §5.1.1"], checkov: ["CKV_AWS_8"] },
    remedy: 'Give blockDeviceMappings for every volume, the root\'s too, each with ebs.encrypted: "true" and ebs.kmsKeyId of an aws.kms.Key of the stack.',
    appliesTo: [types.launchTemplate],
    vouching: vouchedKeys,
    judge: (template, vouched) => {
        const mappings = template.read("blockDeviceMappings");
        if (mappings.is === "unknown") return unknown("blockDeviceMappings is not known yet");
        const volumes = elements(mappings) ?? [];
        if (volumes.length === 0) return violated("no blockDeviceMappings, so volumes are as the image has them");
        return all(volumes.map((volume) => judgeVolume(template, volume, vouched)));
    },
};

function judgeVolume(template: View, mapping: Parameters<typeof field>[0], vouched: ReadonlySet<string>): Verdict {
    const volume = field(mapping, "ebs");
    const encrypted = field(volume, "encrypted");
    if (encrypted.is === "unknown") return unknown("ebs.encrypted is not known yet");
    if (text(encrypted) !== "true") return violated("a volume is not encrypted");
    return judgeKey(field(volume, "kmsKeyId"), template, "blockDeviceMappings", vouched);
}

const templateMetadata: Rule = {
    id: "launch-template-metadata-guarded",
    title: "Instances tell their role only to themselves, and only to who asks with a token (IMDSv2)",
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
        const demands = [
            ["httpTokens", "required"],
            ["httpPutResponseHopLimit", "1"],
        ] as const;
        return all(demands.map(([key, wanted]) => mustEqual(field(options, key), `metadataOptions.${key}`, wanted)));
    },
};

const templateWithoutPublicAddress: Rule = {
    id: "launch-template-without-public-address",
    title: "Launch templates give instances no public address",
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
