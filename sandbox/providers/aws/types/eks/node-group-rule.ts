import { type Inputs, malformed, type Rejection, unlisted } from "../../resource-type";
import { minorOf } from "./version";

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

/** Graviton instances have a g after their generation: m7g, c6gn, t4g, but not g4dn. */
const isArm = (instanceType: string) => /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType);

const scaling = (inputs: Inputs) => {
    const block = inputs.block("scalingConfig");
    return {
        min: block?.number("minSize") ?? 0,
        desired: block?.number("desiredSize") ?? 0,
        max: block?.number("maxSize") ?? 0,
    };
};

export const hasTemplate = (inputs: Inputs) => inputs.has("launchTemplate");

/** What EKS refuses of a node group by its inputs alone. */
export const nodeGroupRejections: Rejection<Inputs>[] = [
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

/** Instance types whose architecture is not the image's. */
function unfitTypes(inputs: Inputs): string[] {
    const ami = inputs.text("amiType") || (hasTemplate(inputs) ? "CUSTOM" : "AL2023_x86_64_STANDARD");
    if (ami === "CUSTOM") return [];
    return inputs.texts("instanceTypes").filter((type) => isArm(type) !== ami.includes("ARM_64"));
}
