import { type Inputs, malformed, type ResourceType, sameInputs, unlisted } from "../../resource-type";
import { isBlock } from "./cidr";
import { SECURITY_GROUP } from "./security-group";

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const PEERS = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "sourceSecurityGroupId", "self"];

const peersOf = (inputs: Inputs) => PEERS.filter((name) => (name === "self" ? inputs.flag(name) : inputs.has(name)));

/** The older kind of rule, which can have several CIDR blocks; @pulumi/eks creates it. */
export const securityGroupRules: Record<string, ResourceType> = {
    [RULE]: {
        id: ({ hex }) => `sgrule-${Number.parseInt(hex(8), 16)}`,
        outputs: ({ hex, inputs }) => ({
            securityGroupRuleId: `sgr-0${hex(16)}`,
            sourceSecurityGroupId: inputs.flag("self") ? inputs.text("securityGroupId") : "",
        }),
        refersTo: {
            securityGroupId: SECURITY_GROUP,
            // A group cannot be deleted while a rule of another group refers to it.
            sourceSecurityGroupId: SECURITY_GROUP,
        },
        rejects: [
            unlisted("type", ["ingress", "egress"], "InvalidParameterValue"),
            malformed(
                "description",
                /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/,
                "up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
            ),
            {
                code: "InvalidParameterCombination",
                when: (inputs) =>
                    peersOf(inputs).length === 0 ||
                    (peersOf(inputs).includes("self") && inputs.has("sourceSecurityGroupId")),
                say: () => `one of ${PEERS.join(", ")} must be given, and self without sourceSecurityGroupId`,
            },
            {
                code: "InvalidParameterValue",
                at: "cidrBlocks",
                when: (inputs) => !inputs.texts("cidrBlocks").every(isBlock),
                say: (inputs) =>
                    `CIDR block ${inputs.texts("cidrBlocks").filter((block) => !isBlock(block))} is malformed`,
            },
            {
                code: "InvalidParameterValue",
                at: "toPort",
                when: (inputs) =>
                    !["-1", "all", "icmp"].includes(inputs.text("protocol")) &&
                    Number(inputs.text("fromPort")) > Number(inputs.text("toPort")),
                say: (inputs) => `Invalid port range: ${inputs.text("fromPort")} to ${inputs.text("toPort")}`,
            },
        ],
        unique: [
            {
                code: "InvalidPermission.Duplicate",
                // All but the description.
                key: sameInputs("securityGroupId", "type", "protocol", "fromPort", "toPort", ...PEERS),
                say: () => "the specified rule already exists",
            },
        ],
        notFound: "InvalidSecurityGroupRuleId.NotFound",
    },
};
