import { type ResourceType, sameInputs } from "../../resource-type";
import { VPC } from "./network";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULES = {
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};

/** What a rule can be about, one of them. */
const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/** The characters allowed in the description of a group or a rule. */
const DESCRIPTION = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

function rule(): ResourceType {
    return {
        id: ({ hex }) => `sgr-0${hex(16)}`,
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:security-group-rule/${id}`,
            securityGroupRuleId: id,
        }),
        refersTo: {
            securityGroupId: SECURITY_GROUP,
            // A group cannot be deleted while a rule of another group refers to it.
            referencedSecurityGroupId: SECURITY_GROUP,
        },
        rejects: [
            {
                code: "InvalidParameterValue",
                at: "description",
                when: (inputs) => inputs.has("description") && !DESCRIPTION.test(inputs.text("description")),
                say: () => "Invalid rule description: up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
            },
            {
                code: "InvalidParameterCombination",
                when: (inputs) => PEERS.filter((name) => inputs.has(name)).length !== 1,
                say: () =>
                    "exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedSecurityGroupId must be given",
            },
        ],
        unique: [
            {
                code: "InvalidPermission.Duplicate",
                key: sameInputs("securityGroupId", "ipProtocol", "fromPort", "toPort", ...PEERS),
                say: () => "the specified rule already exists",
            },
        ],
    };
}

export const securityGroups: Record<string, ResourceType> = {
    [SECURITY_GROUP]: {
        id: ({ hex }) => `sg-0${hex(16)}`,
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:security-group/${id}`,
            ownerId: accountId,
            description: inputs.text("description") || "Managed by Pulumi",
        }),
        name: "name",
        within: "vpcId",
        exists: "InvalidGroup.Duplicate",
        refersTo: { vpcId: VPC },
        rejects: [
            {
                code: "InvalidParameterValue",
                at: "description",
                when: (inputs) => inputs.has("description") && !DESCRIPTION.test(inputs.text("description")),
                say: () => "Invalid group description: up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
            },
            {
                code: "InvalidParameterValue",
                at: "name",
                when: (inputs) => inputs.text("name").startsWith("sg-"),
                say: () => "A group's name can't start with sg-",
            },
        ],
        notFound: "InvalidGroup.NotFound",
    },
    [DEFAULT_SECURITY_GROUP]: {
        // It exists as long as its VPC: Pulumi only adopts it, and does not delete it.
        id: ({ find, inputs }) => String(find(VPC, inputs.text("vpcId"))?.outputs.defaultSecurityGroupId),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:security-group/${id}`,
            description: "default VPC security group",
            name: "default",
            namePrefix: "",
            ownerId: accountId,
            ingress: [],
            egress: [],
        }),
        refersTo: { vpcId: VPC },
    },
    [RULES.ingress]: rule(),
    [RULES.egress]: rule(),
};
