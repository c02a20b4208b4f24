import { type Creation, type Inputs, malformed, type ResourceType, unlisted } from "../resource-type";
import { LOG_GROUP } from "./cloudwatch";

export const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

/**
 * What AWS's rule groups weigh, in capacity units.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const CAPACITIES: Record<string, number> = {
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
};

/** The most that a web ACL may weigh, and what a limit on requests does. https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const MOST_CAPACITY = 5_000;
const RATE_CAPACITY = 2;

const INVALID = "WAFInvalidParameterException";

export const wafv2: Record<string, ResourceType> = {
    [WEB_ACL]: {
        id: ({ hex }) => [8, 4, 4, 4, 12].map(hex).join("-"),
        outputs: ({ id, hex, region, accountId, inputs }) => ({
            arn: `arn:aws:wafv2:${region}:${accountId}:regional/webacl/${inputs.text("name")}/${id}`,
            ...{ applicationIntegrationUrl: "", namePrefix: "" },
            capacity: capacity(inputs),
            lockToken: [8, 4, 4, 4, 12].map(hex).join("-"),
        }),
        updates: ({ inputs, hex }) => ({
            capacity: capacity(inputs),
            lockToken: [8, 4, 4, 4, 12].map(hex).join("-"),
        }),
        name: "name",
        exists: "WAFDuplicateItemException",
        rejects: [
            malformed("name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, - and _", INVALID),
            malformed(
                "description",
                /^[\w+=:#@/,.-][\w+=:#@/,.\s-]{0,254}[\w+=:#@/,.-]$/,
                "2 to 256 characters",
                INVALID,
            ),
            unlisted("scope", ["REGIONAL", "CLOUDFRONT"], INVALID),
            {
                code: INVALID,
                at: "rules",
                when: (inputs) => repeated(inputs, "priority"),
                say: () => "each rule has a priority of its own",
            },
            {
                code: "WAFDuplicateItemException",
                at: "rules",
                when: (inputs) => repeated(inputs, "name"),
                say: () => "each rule has a name of its own",
            },
            {
                code: INVALID,
                at: "rules",
                when: (inputs) => rates(inputs).some((rate) => !((rate.number("limit") ?? 0) >= 10)),
                say: () => "RATE_BASED_STATEMENT limit is 10 or more",
            },
            {
                code: INVALID,
                at: "rules",
                when: (inputs) => groups(inputs).some((name) => !(name in CAPACITIES)),
                say: (inputs) =>
                    `MANAGED_RULE_SET_STATEMENT: AWS has no rule group ${groups(inputs).find((name) => !(name in CAPACITIES))}`,
            },
            {
                code: "WAFLimitsExceededException",
                at: "rules",
                when: (inputs) => capacity(inputs) > MOST_CAPACITY,
                say: (inputs) => `its rules weigh ${capacity(inputs)}, over the ${MOST_CAPACITY} of a web ACL`,
            },
        ],
        notFound: "WAFNonexistentItemException",
        inUse: "WAFAssociatedItemException",
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        id: ({ inputs }) => inputs.text("resourceArn"),
        // Deleting the log group would only lose the log.
        refersTo: { resourceArn: WEB_ACL, logDestinationConfigs: { type: LOG_GROUP, weak: true } },
        rejects: [
            {
                code: INVALID,
                at: "logDestinationConfigs",
                when: (inputs) => inputs.texts("logDestinationConfigs").length !== 1,
                say: () => "a web ACL has one destination for its log",
            },
            {
                code: INVALID,
                at: "logDestinationConfigs",
                when: (inputs) =>
                    inputs.texts("logDestinationConfigs").some((arn) => !/[:/]aws-waf-logs-[^:/]+$/.test(arn)),
                say: () => "The ARN isn't valid: the name of a destination begins with aws-waf-logs-",
            },
        ],
        conflicts: [
            {
                code: "WAFDuplicateItemException",
                at: "resourceArn",
                when: ({ inputs, all }: Creation) =>
                    all("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").some(
                        ({ id }) => id === inputs.text("resourceArn"),
                    ),
                say: () => "the web ACL has a log already",
            },
        ],
        notFound: "WAFNonexistentItemException",
    },
};

function statements(inputs: Inputs, kind: string): Inputs[] {
    return inputs.blocks("rules").flatMap((rule) => rule.block("statement")?.block(kind) ?? []);
}

function groups(inputs: Inputs): string[] {
    return statements(inputs, "managedRuleGroupStatement")
        .filter((group) => group.text("vendorName") === "AWS")
        .map((group) => group.text("name"));
}

function rates(inputs: Inputs): Inputs[] {
    return statements(inputs, "rateBasedStatement");
}

function capacity(inputs: Inputs): number {
    const managed = groups(inputs).map((name) => CAPACITIES[name] ?? 0);
    return managed.reduce((sum, one) => sum + one, 0) + rates(inputs).length * RATE_CAPACITY;
}

function repeated(inputs: Inputs, field: string): boolean {
    const values = inputs.blocks("rules").map((rule) => rule.text(field));
    return new Set(values).size < values.length;
}
