import {
    type Creation,
    Inputs,
    malformed,
    type Rejection,
    type ResourceType,
    type Update,
    unlisted,
    uuid,
} from "../../resource-type";
import { LAUNCH_TEMPLATE } from "../ec2/launch-template";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { ofSubnets } from "./cluster";
import { CLUSTER, NODE_GROUP } from "./token";
import { minorOf, NODE_SKEW } from "./version";

const INVALID = "InvalidParameterException";

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
const AMI_TYPES = [
    ...["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM"],
    ...[
        "AL2023_x86_64_STANDARD",
        "AL2023_ARM_64_STANDARD",
        "AL2023_x86_64_NEURON",
        "AL2023_x86_64_NVIDIA",
        "AL2023_ARM_64_NVIDIA",
    ],
    ...["BOTTLEROCKET_ARM_64", "BOTTLEROCKET_x86_64", "BOTTLEROCKET_ARM_64_FIPS", "BOTTLEROCKET_x86_64_FIPS"],
    ...[
        "BOTTLEROCKET_ARM_64_NVIDIA",
        "BOTTLEROCKET_x86_64_NVIDIA",
        "BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
        "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
    ],
    ...["WINDOWS_CORE_2019_x86_64", "WINDOWS_FULL_2019_x86_64", "WINDOWS_CORE_2022_x86_64", "WINDOWS_FULL_2022_x86_64"],
];

/** What EKS sets itself, so that a launch template for nodes may not. @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
const NOT_IN_TEMPLATE: Record<string, string> = {
    iamInstanceProfile:
        "Launch template should not specify an instance profile. The noderole in your request will be used to construct an instance profile.",
    instanceMarketOptions:
        "Launch template should not specify instance market options. Use capacityType in your request.",
    hibernationOptions: "Launch template should not specify hibernation options.",
    instanceInitiatedShutdownBehavior: "Launch template should not specify the instance initiated shutdown behavior.",
};

/** Graviton instances have a g after their generation: m7g, c6gn, t4g; g4dn has not. */
const isArm = (instanceType: string) => /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType);

const scaling = (inputs: Inputs) => {
    const block = inputs.block("scalingConfig");
    return {
        min: block?.number("minSize") ?? 0,
        desired: block?.number("desiredSize") ?? 0,
        max: block?.number("maxSize") ?? 0,
    };
};

const hasTemplate = (inputs: Inputs) => inputs.has("launchTemplate");

function templateOf({ inputs, find }: Creation): Inputs {
    const given = inputs.block("launchTemplate");
    const found = find(LAUNCH_TEMPLATE, given?.text("id") || given?.text("name") || "");
    return new Inputs(found?.inputs ?? {});
}

const clusterOf = ({ inputs, find }: Creation) => find(CLUSTER, inputs.text("clusterName"));
const clusterVersion = (creation: Creation) => String(clusterOf(creation)?.outputs.version ?? "");

const rejects: Rejection<Inputs>[] = [
    malformed(
        "nodeGroupName",
        /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/,
        "1 to 63 letters, digits, - and _, a letter or digit first",
        INVALID,
    ),
    unlisted("amiType", AMI_TYPES, INVALID),
    unlisted("capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"], INVALID),
    {
        code: INVALID,
        at: "scalingConfig",
        when: (inputs) => scaling(inputs).min > scaling(inputs).desired,
        say: (inputs) =>
            `Minimum capacity ${scaling(inputs).min} can't be greater than desired size ${scaling(inputs).desired}`,
    },
    {
        code: INVALID,
        at: "scalingConfig",
        when: (inputs) => scaling(inputs).desired > scaling(inputs).max,
        say: (inputs) =>
            `desired capacity ${scaling(inputs).desired} can't be greater than max size ${scaling(inputs).max}`,
    },
    {
        code: INVALID,
        at: "scalingConfig",
        when: (inputs) => scaling(inputs).max < 1 || scaling(inputs).min < 0,
        say: () => "maxSize must be at least 1 and minSize at least 0",
    },
    {
        code: INVALID,
        at: "subnetIds",
        when: (inputs) => inputs.has("subnetIds") && inputs.list("subnetIds").length === 0,
        say: () => "Subnets cannot be empty",
    },
    {
        code: INVALID,
        at: "diskSize",
        when: (inputs) => hasTemplate(inputs) && inputs.has("diskSize"),
        say: () => "Disk size must be specified within the launch template.",
    },
    {
        code: INVALID,
        at: "remoteAccess",
        when: (inputs) => hasTemplate(inputs) && inputs.has("remoteAccess"),
        say: () => "Remote access configuration cannot be specified with a launch template.",
    },
    {
        code: INVALID,
        at: "instanceTypes",
        when: (inputs) => unfitTypes(inputs).length > 0,
        say: (inputs) =>
            `[${unfitTypes(inputs).join(", ")}] is not a valid instance type for requested amiType ${inputs.text("amiType") || "AL2023_x86_64_STANDARD"}`,
    },
    {
        code: INVALID,
        at: "taints",
        when: (inputs) =>
            inputs.list("taints").length > 50 ||
            inputs
                .blocks("taints")
                .some((taint) => !["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"].includes(taint.text("effect"))),
        say: () => "At most 50 taints, each with the effect NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE",
    },
    {
        code: INVALID,
        at: "updateConfig",
        when: (inputs) => {
            const update = inputs.block("updateConfig");
            if (!update) return false;
            const given = ["maxUnavailable", "maxUnavailablePercentage"].flatMap((name) => update.number(name) ?? []);
            return given.length !== 1 || given.some((value) => value < 1 || value > 100);
        },
        say: () => "updateConfig takes one of maxUnavailable and maxUnavailablePercentage, 1 to 100",
    },
    {
        code: INVALID,
        at: "amiType",
        when: (inputs) => inputs.text("amiType").startsWith("AL2_") && minorOf(inputs.text("version")) > 32,
        say: (inputs) => `AMI Type ${inputs.text("amiType")} is only supported for kubernetes versions 1.32 or earlier`,
    },
];

/** Instance types that can't run the image, by their architecture. */
function unfitTypes(inputs: Inputs): string[] {
    const ami = inputs.text("amiType") || (hasTemplate(inputs) ? "CUSTOM" : "AL2023_x86_64_STANDARD");
    if (ami === "CUSTOM") return [];
    return inputs.texts("instanceTypes").filter((type) => isArm(type) !== ami.includes("ARM_64"));
}

/** What EKS refuses of a launch template, when the group is made and when it takes another. */
const templateRules: Rejection<Creation>[] = [
    {
        code: INVALID,
        at: "instanceTypes",
        when: (creation) => templateOf(creation).has("instanceType") && creation.inputs.has("instanceTypes"),
        say: () => "Instance type cannot be specified both in the launch template and in the request",
    },
    {
        code: INVALID,
        at: "amiType",
        when: (creation) =>
            templateOf(creation).has("imageId") &&
            creation.inputs.has("amiType") &&
            creation.inputs.text("amiType") !== "CUSTOM",
        say: () =>
            "You cannot specify an AMI Type other than CUSTOM, when specifying an image id in your launch template.",
    },
    {
        code: INVALID,
        at: "version",
        when: (creation) =>
            templateOf(creation).has("imageId") &&
            (creation.inputs.has("version") || creation.inputs.has("releaseVersion")),
        say: () => "You cannot specify the field kubernetesVersion or releaseVersion when using custom AMIs.",
    },
    {
        code: INVALID,
        at: "launchTemplate",
        when: (creation) => Object.keys(NOT_IN_TEMPLATE).some((name) => templateOf(creation).has(name)),
        say: (creation) => Object.entries(NOT_IN_TEMPLATE).find(([name]) => templateOf(creation).has(name))?.[1] ?? "",
    },
    {
        code: INVALID,
        at: "launchTemplate",
        when: ({ inputs, find }) => {
            const given = inputs.block("launchTemplate");
            const latest = find(LAUNCH_TEMPLATE, given?.text("id") || given?.text("name") || "")?.outputs.latestVersion;
            return given !== undefined && latest !== undefined && Number(given.text("version")) > Number(latest);
        },
        say: ({ inputs }) =>
            `Launch template version ${inputs.block("launchTemplate")?.text("version")} does not exist`,
    },
];

const conflicts: Rejection<Creation>[] = [
    {
        code: INVALID,
        at: "version",
        when: (creation) =>
            creation.inputs.has("version") && creation.inputs.text("version") !== clusterVersion(creation),
        // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html: the cluster's is the only one that is accepted.
        say: (creation) =>
            `Nodegroup Kubernetes version ${creation.inputs.text("version")} must match the cluster's, ${clusterVersion(creation)}`,
    },
    {
        code: INVALID,
        at: "subnetIds",
        when: (creation) => {
            const vpcs = ofSubnets(creation.inputs.texts("subnetIds"), creation.find, "vpcId");
            const cluster = clusterOf(creation)?.outputs.vpcConfig;
            const own = new Inputs({ cluster }).block("cluster")?.text("vpcId") ?? "";
            return vpcs.some((vpc) => vpc !== own);
        },
        say: () => "Subnets are not in the VPC of the cluster",
    },
    {
        code: "ResourceInUseException",
        at: "nodeGroupName",
        when: ({ inputs, find }) =>
            inputs.has("nodeGroupName") &&
            find(NODE_GROUP, `${inputs.text("clusterName")}:${inputs.text("nodeGroupName")}`) !== undefined,
        say: ({ inputs }) =>
            `NodeGroup already exists with name ${inputs.text("nodeGroupName")} and cluster name ${inputs.text("clusterName")}`,
    },
    ...templateRules,
];

const updateConflicts: Rejection<Update>[] = [
    {
        code: INVALID,
        at: "version",
        when: (update) => {
            const behind = minorOf(clusterVersion(update)) - minorOf(update.inputs.text("version"));
            return behind < 0 || behind > NODE_SKEW;
        },
        say: (update) =>
            `Nodegroup Kubernetes version ${update.inputs.text("version")} is not supported with the cluster's, ${clusterVersion(update)}`,
    },
    ...templateRules,
];

export const eksNodeGroups: Record<string, ResourceType> = {
    [NODE_GROUP]: {
        id: ({ inputs, hex }) => {
            const name = inputs.text("nodeGroupName") || `${inputs.text("nodeGroupNamePrefix")}${hex(26)}`;
            return `${inputs.text("clusterName")}:${name}`;
        },
        name: "nodeGroupName",
        within: "clusterName",
        exists: "ResourceInUseException",
        outputs: (made) => {
            const { id, inputs, region, accountId, hex } = made;
            const suffix = uuid(hex);
            const [cluster, name] = id.split(":");
            const template = templateOf(made);
            const version = inputs.text("version") || clusterVersion(made);
            return {
                arn: `arn:aws:eks:${region}:${accountId}:nodegroup/${cluster}/${name}/${suffix}`,
                status: "ACTIVE",
                resources: [
                    { autoscalingGroups: [{ name: `eks-${name}-${suffix}` }], remoteAccessSecurityGroupId: "" },
                ],
                amiType: template.has("imageId") ? "CUSTOM" : "AL2023_x86_64_STANDARD",
                capacityType: "ON_DEMAND",
                diskSize: hasTemplate(inputs) ? 0 : 20,
                instanceTypes: template.has("instanceType") ? [] : ["t3.medium"],
                nodeGroupName: name ?? "",
                nodeGroupNamePrefix: inputs.text("nodeGroupNamePrefix"),
                version,
                releaseVersion: template.has("imageId") ? template.text("imageId") : `${version}.0-20261101`,
            };
        },
        updates: (update) =>
            update.inputs.text("version") === update.old.text("version")
                ? {}
                : { releaseVersion: `${update.inputs.text("version") || update.outputs.text("version")}.0-20261101` },
        refersTo: {
            clusterName: CLUSTER,
            subnetIds: SUBNET,
            nodeRoleArn: { type: ROLE, weak: true },
            // EC2 lets a template go that nodes were started from.
            "launchTemplate.id": { type: LAUNCH_TEMPLATE, weak: true },
            "remoteAccess.sourceSecurityGroupIds": SECURITY_GROUP,
        },
        // The nodes' network interfaces are in these groups.
        uses: ({ inputs }, find) => {
            const given = new Inputs(inputs).block("launchTemplate");
            const template = new Inputs(find(LAUNCH_TEMPLATE, given?.text("id") ?? "")?.inputs ?? {});
            const ids = [
                ...template.texts("vpcSecurityGroupIds"),
                ...template.blocks("networkInterfaces").flatMap((one) => one.texts("securityGroups")),
            ];
            return ids.map((handle) => ({ type: SECURITY_GROUP, handle }));
        },
        rejects,
        conflicts,
        updateConflicts,
        notFound: "ResourceNotFoundException",
        inUse: "ResourceInUseException",
    },
};
