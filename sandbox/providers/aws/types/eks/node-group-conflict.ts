import { type Creation, Inputs, type Rejection, type Update } from "../../resource-type";
import { LAUNCH_TEMPLATE } from "../ec2/launch-template";
import { ofSubnets } from "./cluster-rule";
import { CLUSTER, NODE_GROUP } from "./token";
import { minorOf, NODE_SKEW } from "./version";

const INVALID = "InvalidParameterException";

/** What EKS sets itself, and a launch template for nodes must not. @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
const NOT_IN_TEMPLATE: Record<string, string> = {
    iamInstanceProfile:
        "Launch template should not specify an instance profile. The noderole in your request will be used to construct an instance profile.",
    instanceMarketOptions:
        "Launch template should not specify instance market options. Use capacityType in your request.",
    hibernationOptions: "Launch template should not specify hibernation options.",
    instanceInitiatedShutdownBehavior: "Launch template should not specify the instance initiated shutdown behavior.",
};

export function templateOf({ inputs, find }: Creation): Inputs {
    const given = inputs.block("launchTemplate");
    const found = find(LAUNCH_TEMPLATE, given?.text("id") || given?.text("name") || "");
    return new Inputs(found?.inputs ?? {});
}

const clusterOf = ({ inputs, find }: Creation) => find(CLUSTER, inputs.text("clusterName"));
export const clusterVersion = (creation: Creation) => String(clusterOf(creation)?.outputs.version ?? "");

/** What EKS refuses of a launch template, at the creation and at every update of a node group. */
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

/** What EKS refuses of a new node group because of its cluster, its subnets or its launch template. */
export const nodeGroupConflicts: Rejection<Creation>[] = [
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

/** What EKS refuses of a change, for the same reasons. */
export const nodeGroupUpdateConflicts: Rejection<Update>[] = [
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
