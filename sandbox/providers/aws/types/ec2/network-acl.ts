import type { Inputs, Rejection, ResourceType } from "../../resource-type";
import { SUBNET, VPC } from "./network";

const NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl";

/** The maximum number of rules in each direction. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
const MOST_RULES = 20;

/** What EC2 refuses of one rule. */
function faultOf(rule: Inputs): string | undefined {
    const number = rule.number("ruleNo") ?? 0;
    if (number < 1 || number > 32_766) return `rule number ${number} is not between 1 and 32766`;
    if (!["allow", "deny"].includes(rule.text("action")))
        return `rule action ${rule.text("action")} is not allow or deny`;
    if (rule.has("cidrBlock") === rule.has("ipv6CidrBlock")) return "a rule has either cidrBlock or ipv6CidrBlock";
    const [from = 0, to = 0] = [rule.number("fromPort"), rule.number("toPort")];
    return from > to || from < -1 || to > 65_535 ? `ports ${from} to ${to} are not a range` : undefined;
}

function rulesOf(direction: "ingress" | "egress"): Rejection<Inputs>[] {
    return [
        {
            code: "InvalidParameterValue",
            at: direction,
            when: (inputs) => inputs.blocks(direction).some((rule) => faultOf(rule) !== undefined),
            say: (inputs) => inputs.blocks(direction).flatMap((rule) => faultOf(rule) ?? [])[0] ?? "",
        },
        {
            code: "NetworkAclEntryAlreadyExists",
            at: direction,
            when: (inputs) => {
                const numbers = inputs.blocks(direction).map((rule) => rule.number("ruleNo"));
                return new Set(numbers).size < numbers.length;
            },
            say: () => `two ${direction} rules have the same number`,
        },
        {
            code: "NetworkAclEntryLimitExceeded",
            at: direction,
            when: (inputs) => inputs.blocks(direction).length > MOST_RULES,
            say: (inputs) =>
                `${inputs.blocks(direction).length} ${direction} rules are over the quota of ${MOST_RULES}`,
        },
    ];
}

export const networkAcls: Record<string, ResourceType> = {
    [NETWORK_ACL]: {
        id: ({ hex }) => `acl-0${hex(16)}`,
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:network-acl/${id}`,
            ownerId: accountId,
            ingress: [],
            egress: [],
            subnetIds: [],
        }),
        // A subnet can be deleted while an ACL is associated with it.
        refersTo: { vpcId: VPC, subnetIds: { type: SUBNET, weak: true } },
        rejects: [...rulesOf("ingress"), ...rulesOf("egress")],
        notFound: "InvalidNetworkAclID.NotFound",
    },
};
