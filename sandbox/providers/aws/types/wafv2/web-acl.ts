import { type Inputs, malformed, type Rejection, type ResourceType, uuid } from "../../resource-type";
import { LOG_GROUP } from "../cloudwatch/log-group";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const INVALID = "WAFInvalidParameterException";

/** AWS's managed rule groups and the capacity units of each. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const GROUPS: Record<string, number> = {
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesWindowsRuleSet: 200,
    AWSManagedRulesPHPRuleSet: 100,
    AWSManagedRulesWordPressRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesBotControlRuleSet: 50,
    AWSManagedRulesATPRuleSet: 50,
    AWSManagedRulesACFPRuleSet: 50,
    AWSManagedRulesAntiDDoSRuleSet: 50,
};

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
const CAPACITY = 5000;

const statements = (inputs: Inputs, kind: string) =>
    inputs.blocks("rules").flatMap((rule) => rule.block("statement")?.block(kind) ?? []);

const managed = (inputs: Inputs) =>
    statements(inputs, "managedRuleGroupStatement").filter((group) => group.text("vendorName") === "AWS");

/** The capacity units of the rules: of AWS's groups, 2 for a rate, 1 for every other statement. */
function capacityOf(inputs: Inputs): number {
    const groups = managed(inputs).reduce((sum, group) => sum + (GROUPS[group.text("name")] ?? 0), 0);
    const rates = statements(inputs, "rateBasedStatement").length;
    return groups + 2 * rates + (inputs.blocks("rules").length - managed(inputs).length - rates);
}

const rejects: Rejection<Inputs>[] = [
    {
        code: INVALID,
        at: "defaultAction",
        when: (inputs) => {
            const action = inputs.block("defaultAction");
            return action !== undefined && action.has("allow") === action.has("block");
        },
        say: () => "You must specify exactly one default action: allow or block",
    },
    {
        code: INVALID,
        at: "rules",
        when: (inputs) => {
            const priorities = inputs.blocks("rules").map((rule) => rule.number("priority"));
            return new Set(priorities).size < priorities.length;
        },
        say: () => "Error reason: You have used a duplicate priority., field: RULE",
    },
    {
        code: INVALID,
        at: "rules",
        when: (inputs) =>
            inputs.blocks("rules").some((rule) => {
                const isGroup = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"].some((kind) =>
                    rule.block("statement")?.has(kind),
                );
                return rule.has("overrideAction") !== isGroup || rule.has("action") === isGroup;
            }),
        say: () =>
            "A reference in your rule statement is not valid: a rule of a rule group takes an overrideAction, any other an action",
    },
    {
        code: "WAFNonexistentItemException",
        at: "rules",
        when: (inputs) => managed(inputs).some((group) => !(group.text("name") in GROUPS)),
        say: (inputs) =>
            `AWS has no managed rule group ${managed(inputs)
                .map((group) => group.text("name"))
                .find((name) => !(name in GROUPS))}`,
    },
    {
        code: "WAFLimitsExceededException",
        at: "rules",
        when: (inputs) => capacityOf(inputs) > CAPACITY,
        say: (inputs) => `the rules need ${capacityOf(inputs)} capacity units, and a web ACL has ${CAPACITY}`,
    },
];

export const wafv2: Record<string, ResourceType> = {
    [WEB_ACL]: {
        id: ({ hex }) => uuid(hex),
        name: "name",
        within: "scope",
        exists: "WAFDuplicateItemException",
        outputs: ({ id, hex, inputs, region, accountId, partition }) => {
            const scope = inputs.text("scope") === "CLOUDFRONT" ? "global" : "regional";
            return {
                arn: `arn:${partition}:wafv2:${region}:${accountId}:${scope}/webacl/${inputs.text("name")}/${id}`,
                applicationIntegrationUrl: "",
                capacity: capacityOf(inputs),
                lockToken: hex(32),
                namePrefix: "",
            };
        },
        updates: ({ inputs, hex }) => ({ capacity: capacityOf(inputs), lockToken: hex(32) }),
        rejects,
        conflicts: [
            {
                code: INVALID,
                at: "scope",
                when: ({ inputs, region }) => inputs.text("scope") === "CLOUDFRONT" && region !== "us-east-1",
                say: () =>
                    "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT: it is for us-east-1 only",
            },
        ],
        notFound: "WAFNonexistentItemException",
        inUse: "WAFAssociatedItemException",
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        id: ({ inputs }) => `${inputs.text("webAclArn")},${inputs.text("resourceArn")}`,
        refersTo: { webAclArn: WEB_ACL },
        rejects: [
            malformed(
                "resourceArn",
                /^arn:aws[\w-]*:(elasticloadbalancing|apigateway|appsync|cognito-idp|apprunner|ec2|amplify):/,
                "it is the ARN of a load balancer or the like",
                INVALID,
            ),
        ],
        conflicts: [
            {
                code: INVALID,
                at: "resourceArn",
                when: ({ inputs, all }) =>
                    all("aws:wafv2/webAclAssociation:WebAclAssociation").some(
                        (other) => other.inputs.resourceArn === inputs.text("resourceArn"),
                    ),
                say: () => "the resource has a web ACL already",
            },
        ],
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        id: ({ inputs }) => inputs.text("resourceArn"),
        refersTo: { resourceArn: WEB_ACL },
        rejects: [
            {
                code: INVALID,
                at: "logDestinationConfigs",
                when: (inputs) =>
                    inputs.texts("logDestinationConfigs").some((arn) => !/[:/]aws-waf-logs-[^:/]+(:\*)?$/.test(arn)),
                say: () =>
                    "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION (the destination's name must begin with aws-waf-logs-)",
            },
            {
                code: "WAFLimitsExceededException",
                at: "logDestinationConfigs",
                when: (inputs) => inputs.list("logDestinationConfigs").length > 1,
                say: () => "a web ACL logs to one destination",
            },
        ],
        conflicts: [
            {
                code: INVALID,
                at: "logDestinationConfigs",
                when: ({ inputs, find }) =>
                    inputs
                        .texts("logDestinationConfigs")
                        .some((arn) => arn.includes(":logs:") && !find(LOG_GROUP, arn.replace(/:\*$/, ""))),
                say: () => "Error reason: the log group does not exist., field: LOG_DESTINATION",
            },
        ],
    },
};
