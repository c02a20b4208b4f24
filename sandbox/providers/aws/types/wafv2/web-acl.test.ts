import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    acl: "aws:wafv2/webAcl:WebAcl",
    association: "aws:wafv2/webAclAssociation:WebAclAssociation",
    logging: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
};
type Kind = keyof typeof types;

const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: false };
const group = (name: string): Properties => ({ managedRuleGroupStatement: { vendorName: "AWS", name } });
const rule = (priority: number, statement: Properties, verdict: Properties = { overrideAction: { none: {} } }) => ({
    ...{ name: `r${priority}`, priority, statement, visibilityConfig },
    ...verdict,
});
const acl = (rules: Properties[], more: Properties = {}): Properties => ({
    ...{ name: "web", scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig, rules },
    ...more,
});
const common = "AWSManagedRulesCommonRuleSet";

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["acl", acl([], { name: "my acl" }), "WAFInvalidParameterException"],
        ["acl", acl([], { scope: "GLOBAL" }), "WAFInvalidParameterException"],
        ["acl", acl([], { defaultAction: { allow: {}, block: {} } }), "exactly one default action"],
        ["acl", acl([rule(1, group(common)), rule(1, group(common))]), "duplicate priority"],
        ["acl", acl([rule(1, group(common), { action: { block: {} } })]), "overrideAction"],
        [
            "acl",
            acl([rule(1, { rateBasedStatement: { limit: 9, aggregateKeyType: "IP" } }, { action: { block: {} } })]),
            "Member must have value greater than or equal to 10",
        ],
        ["acl", acl([rule(1, group("AWSManagedRulesEverything"))]), "WAFNonexistentItemException"],
        ["acl", acl([1, 2, 3, 4, 5, 6, 7, 8].map((n) => rule(n, group(common)))), "WAFLimitsExceededException"],
        [
            "association",
            { webAclArn: "arn:aws:wafv2:eu-west-1:1:a", resourceArn: "arn:aws:s3:::b" },
            "WAFInvalidParameterException",
        ],
        ["logging", { resourceArn: "a", logDestinationConfigs: ["arn:aws:logs:r:1:log-group:waf"] }, "aws-waf-logs-"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual([expect.stringContaining(code)]);
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    beforeEach(() => {
        account = new TestAccount(types);
    });

    it("a web ACL says its capacity, and stays while something uses it", () => {
        const rate = { rateBasedStatement: { limit: 2000 } };
        const { id, outputs } = account.made(
            "acl",
            acl([rule(1, group(common)), rule(2, rate, { action: { block: {} } })]),
        );
        expect(outputs.capacity).toBe(702);
        expect(() => account.made("acl", acl([]))).toThrow(/WAFDuplicateItemException/);
        expect(() => account.made("acl", acl([], { name: "cdn", scope: "CLOUDFRONT" }))).toThrow(/SCOPE_VALUE/);
        const resourceArn = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1";
        const association = { webAclArn: outputs.arn, resourceArn } as Properties;
        const associated = account.made("association", association).id;
        expect(() => account.made("association", association)).toThrow(/WAFInvalidParameterException/);
        expect(() => account.remove("acl", id)).toThrow(/WAFAssociatedItemException/);
        account.remove("association", associated);
        const destination = "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-web";
        const logging = { resourceArn: outputs.arn, logDestinationConfigs: [destination] } as Properties;
        expect(() => account.made("logging", logging)).toThrow(/LOG_DESTINATION/);
        account.made("logGroup", { name: "aws-waf-logs-web" });
        account.made("logging", logging);
    });
});
