import { partitionOf } from "@plinth/facts";
import { type Properties, revealDeep } from "../../../../rpc/values";
import { type Inputs, malformed, type Rejection, type ResourceType } from "../../resource-type";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";

export const ROTATION_APPLICATION = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";

/**
 * The applications that the sandbox knows, and the parameters of each.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
const APPLICATION =
    /^arn:[\w-]+:serverlessrepo:[\w-]+:\d{12}:applications\/SecretsManagerRDS(PostgreSQL|MySQL)RotationSingleUser$/;
const PARAMETERS = [
    "endpoint",
    "functionName",
    "vpcSubnetIds",
    "vpcSecurityGroupIds",
    "kmsKeyArn",
    "excludeCharacters",
];
const NEEDED = ["endpoint", "functionName"];
/** The application creates a role for its function, and lets Secrets Manager call it. */
const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"];

/** The ARN of the function that such an application creates. */
export function rotationFunctionArn(inputs: Properties, region: string, accountId: string): string {
    const parameters = revealDeep(inputs.parameters) as Record<string, string> | undefined;
    return `arn:${partitionOf(region).name}:lambda:${region}:${accountId}:function:${parameters?.functionName ?? ""}`;
}

function parameter(inputs: Inputs, name: string): string {
    return inputs.block("parameters")?.text(name) ?? "";
}

function listed(inputs: Inputs, name: string): string[] {
    return parameter(inputs, name).split(",").filter(Boolean);
}

const rejections: Rejection<Inputs>[] = [
    malformed(
        "applicationId",
        APPLICATION,
        "the emulation knows SecretsManagerRDS…RotationSingleUser",
        "NotFoundException",
    ),
    malformed("semanticVersion", /^\d+\.\d+\.\d+$/, "it is a version such as 1.1.671", "BadRequestException"),
    {
        code: "BadRequestException",
        at: "capabilities",
        when: (inputs) => CAPABILITIES.some((capability) => !inputs.texts("capabilities").includes(capability)),
        say: () => `Requires capabilities: ${CAPABILITIES.join(", ")}`,
    },
    {
        code: "ValidationError",
        at: "parameters",
        when: (inputs) => NEEDED.some((name) => parameter(inputs, name) === ""),
        say: () => `Parameters: [${NEEDED.join(", ")}] must have values`,
    },
    {
        code: "ValidationError",
        at: "parameters",
        when: (inputs) =>
            Object.keys(inputs.block("parameters")?.properties ?? {}).some((name) => !PARAMETERS.includes(name)),
        say: () => `Parameters do not exist in the template; there are ${PARAMETERS.join(", ")}`,
    },
    {
        code: "ValidationError",
        at: "parameters",
        when: (inputs) => !/^[\w-]{1,64}$/.test(parameter(inputs, "functionName")),
        say: (inputs) => `functionName ${parameter(inputs, "functionName")} is not 1 to 64 letters, digits, - and _`,
    },
];

export const serverlessrepository: Record<string, ResourceType> = {
    [ROTATION_APPLICATION]: {
        id: ({ inputs, region, accountId, hex, partition }) =>
            `arn:${partition}:cloudformation:${region}:${accountId}:stack/serverlessrepo-${inputs.text("name")}/${hex(32)}`,
        outputs: ({ inputs, region, accountId }) => ({
            // Of what the application creates, only the name of its function is emulated.
            outputs: { RotationLambdaARN: rotationFunctionArn(inputs.properties, region, accountId) },
        }),
        name: "name",
        exists: "AlreadyExistsException",
        rejects: rejections,
        conflicts: [
            {
                code: "InvalidParameterValueException",
                at: "parameters",
                when: ({ inputs, find }) =>
                    listed(inputs, "vpcSubnetIds").some((id) => !find(SUBNET, id)) ||
                    listed(inputs, "vpcSecurityGroupIds").some((id) => !find(SECURITY_GROUP, id)),
                say: () => "Error occurred while DescribeSubnets or DescribeSecurityGroups: an id does not exist.",
            },
            {
                code: "InvalidParameterValueException",
                at: "parameters",
                when: ({ inputs }) =>
                    (listed(inputs, "vpcSubnetIds").length === 0) !==
                    (listed(inputs, "vpcSecurityGroupIds").length === 0),
                say: () => "Security groups and subnets of a function's VPC are given together.",
            },
        ],
        notFound: "NotFoundException",
    },
};
