import { type Inputs, malformed, type Rejection, type ResourceType } from "../../resource-type";
import { SECURITY_GROUP } from "./security-group";

export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The volume types of EBS, and the sizes in GiB that each can have. @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const VOLUMES: Record<string, [number, number]> = {
    gp2: [1, 16_384],
    gp3: [1, 65_536],
    io1: [4, 16_384],
    io2: [4, 65_536],
    st1: [125, 16_384],
    sc1: [125, 16_384],
    standard: [1, 1024],
};

const volumes = (inputs: Inputs) =>
    inputs.blocks("blockDeviceMappings").flatMap((mapping) => mapping.block("ebs") ?? []);

const rejects: Rejection<Inputs>[] = [
    malformed(
        "name",
        /^[a-zA-Z0-9().\-/_]{3,128}$/,
        "3 to 128 letters, digits and ().-/_",
        "InvalidLaunchTemplateName.MalformedException",
    ),
    {
        code: "InvalidParameterValue",
        at: "blockDeviceMappings",
        when: (inputs) =>
            volumes(inputs).some((volume) => {
                const [least, most] = VOLUMES[volume.text("volumeType") || "gp2"] ?? [0, Number.POSITIVE_INFINITY];
                const size = volume.number("volumeSize");
                return size !== undefined && (size < least || size > most);
            }),
        say: () => "Volume size is out of the range of its type",
    },
    {
        code: "InvalidParameterCombination",
        at: "blockDeviceMappings",
        when: (inputs) => volumes(inputs).some((volume) => volume.has("kmsKeyId") && !volume.flag("encrypted")),
        say: () => "The parameter KmsKeyId requires the parameter Encrypted to be set.",
    },
    {
        code: "InvalidParameterValue",
        at: "metadataOptions",
        when: (inputs) => {
            const options = inputs.block("metadataOptions");
            const hops = options?.number("httpPutResponseHopLimit") ?? 1;
            return hops < 1 || hops > 64;
        },
        say: () => "httpPutResponseHopLimit is 1 to 64",
    },
    {
        code: "InvalidParameterCombination",
        at: "vpcSecurityGroupIds",
        when: (inputs) => inputs.list("vpcSecurityGroupIds").length > 0 && inputs.list("networkInterfaces").length > 0,
        say: () => "Network interfaces and an instance-level security groups may not be specified on the same request",
    },
    {
        code: "InvalidUserData.Malformed",
        at: "userData",
        when: (inputs) => inputs.has("userData") && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(inputs.text("userData")),
        say: () => "Invalid BASE64 encoding of user data.",
    },
];

export const launchTemplates: Record<string, ResourceType> = {
    [LAUNCH_TEMPLATE]: {
        id: ({ hex }) => `lt-0${hex(16)}`,
        name: "name",
        exists: "InvalidLaunchTemplateName.AlreadyExistsException",
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:launch-template/${id}`,
            latestVersion: 1,
            defaultVersion: 1,
            namePrefix: inputs.text("namePrefix"),
        }),
        // A change of anything but the tags creates a new version and keeps the old ones.
        updates: ({ old, inputs, outputs }) => {
            const latestVersion = (outputs.number("latestVersion") ?? 1) + (isVersion(old, inputs) ? 1 : 0);
            return {
                latestVersion,
                defaultVersion: inputs.flag("updateDefaultVersion") ? latestVersion : outputs.number("defaultVersion"),
            };
        },
        refersTo: {
            vpcSecurityGroupIds: { type: SECURITY_GROUP, weak: true },
            "networkInterfaces.securityGroups": { type: SECURITY_GROUP, weak: true },
        },
        rejects,
        notFound: "InvalidLaunchTemplateId.NotFound",
    },
};

/** Whether the settings of new instances have changed. */
function isVersion(old: Inputs, next: Inputs): boolean {
    const content = ({ properties: { tags, updateDefaultVersion, defaultVersion, __defaults, ...rest } }: Inputs) =>
        JSON.stringify(rest);
    return content(old) !== content(next);
}
