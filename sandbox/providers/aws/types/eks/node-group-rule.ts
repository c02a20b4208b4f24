import { hardwareOf } from "@plinth/facts";
import { type Inputs, malformed, type Rejection } from "../../resource-type";
import { minorOf } from "./version";

const INVALID = "InvalidParameterException";

/** Of a type that is not known, the g after the generation says that it is Arm: m7g, c6gn, t4g, but not g4dn. */
function isArm(instanceType: string): boolean {
    const known = hardwareOf(instanceType)?.architecture;
    return known ? known === "arm64" : /^[a-z]+\d+g[a-z]*\./.test(instanceType);
}

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
        when: (inputs) => inputs.list("taints").length > 50,
        say: () => "At most 50 taints",
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
