import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../provider";
import { check } from "../check";
import type { AwsProvider } from "../provider";
import { providerInAccount } from "../testing";

const types = {
    zone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
    certificate: "aws:acm/certificate:Certificate",
    validation: "aws:acm/certificateValidation:CertificateValidation",
    acl: "aws:wafv2/webAcl:WebAcl",
    association: "aws:wafv2/webAclAssociation:WebAclAssociation",
    logging: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
};
type Kind = keyof typeof types;

const resource = (type: Kind) => ({ type: types[type], name: `a-${type}`, stack: "dev" });
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
const alias = { name: "a.elb.amazonaws.com", zoneId: "Z1", evaluateTargetHealth: true };

describe("at preview already", () => {
    it.each<[Kind, Properties, string]>([
        ["certificate", { domainName: "example" }, "ValidationException"],
        ["certificate", { domainName: `${"a".repeat(60)}.example.com` }, "at most 64"],
        ["certificate", { domainName: "example.com", subjectAlternativeNames: ["a b"] }, "ValidationException"],
        [
            "certificate",
            { domainName: "e.com", subjectAlternativeNames: [..."abcdefghij"].map((x) => `${x}.e.com`) },
            "LimitExceededException",
        ],
        ["certificate", { domainName: "example.com", validationMethod: "HTTP" }, "ValidationException"],
        ["record", { zoneId: "Z1", name: "a", type: "B", records: ["x"], ttl: 1 }, "InvalidInput"],
        ["record", { zoneId: "Z1", name: "a", type: "A" }, "one of records and aliases"],
        ["record", { zoneId: "Z1", name: "a", type: "A", records: ["x"] }, "ttl goes with records"],
        ["record", { zoneId: "Z1", name: "a", type: "A", aliases: [alias], ttl: 60 }, "ttl goes with records"],
        ["record", { zoneId: "Z1", name: "a", type: "CNAME", records: ["x", "y"], ttl: 60 }, "a CNAME has one value"],
        ["acl", acl([], { name: "my acl" }), "WAFInvalidParameterException"],
        ["acl", acl([], { scope: "GLOBAL" }), "WAFInvalidParameterException"],
        ["acl", acl([], { defaultAction: { allow: {}, block: {} } }), "exactly one default action"],
        ["acl", acl([rule(1, group(common)), rule(1, group(common))]), "duplicate priority"],
        ["acl", acl([rule(1, group(common), { action: { block: {} } })]), "overrideAction"],
        ["acl", acl([rule(1, { rateBasedStatement: { limit: 9 } }, { action: { block: {} } })]), "10 to 2000000000"],
        ["acl", acl([rule(1, group("AWSManagedRulesEverything"))]), "WAFNonexistentItemException"],
        ["acl", acl([1, 2, 3, 4, 5, 6, 7, 8].map((n) => rule(n, group(common)))), "WAFLimitsExceededException"],
        ["association", { webAclArn: "a", resourceArn: "arn:aws:s3:::b" }, "WAFInvalidParameterException"],
        ["logging", { resourceArn: "a", logDestinationConfigs: ["arn:aws:logs:r:1:log-group:waf"] }, "aws-waf-logs-"],
    ])("AWS's refusal of %s with %j is given", (type, inputs, code) => {
        const reasons = check(resource(type), {}, inputs).failures.map(({ reason }) => reason);
        expect(reasons).toEqual([expect.stringContaining(code)]);
    });
});

describe("in an account", () => {
    let provider: AwsProvider;
    const made = (type: Kind, inputs: Properties) => provider.create(resource(type), inputs, false);
    const remove = (type: Kind, id: string) => provider.delete(resource(type), { id, inputs: {}, outputs: {} });

    let zoneId = "";
    beforeEach(() => {
        provider = providerInAccount();
        zoneId = made("zone", { name: "example.com" }).id;
    });

    it("a record is there once, below its zone, and keeps the zone", () => {
        const record = { zoneId, name: "app", type: "A", aliases: [alias] };
        const { id, outputs } = made("record", record);
        expect([id, outputs.fqdn]).toEqual([`${zoneId}_app.example.com_A`, "app.example.com"]);
        expect(() => made("record", { ...record, name: "app.example.com." })).toThrow(/InvalidChangeBatch.*exists/);
        made("record", { ...record, type: "AAAA" });
        const apex = { zoneId, name: "example.com", type: "CNAME", records: ["a.b"], ttl: 60 };
        expect(() => made("record", apex)).toThrow(/not permitted at apex/);
        expect(() => made("record", { ...record, zoneId: "Z2" })).toThrow(/NoSuchHostedZone/);
        expect(() => remove("zone", zoneId)).toThrow(/HostedZoneNotEmpty/);
    });

    it("a zone is found by its name and by its id, if there is one", () => {
        const find = (args: Properties) => provider.invoke("aws:route53/getZone:getZone", args);
        expect(find({ name: "example.com." })).toMatchObject({ zoneId, name: "example.com" });
        expect(find({ zoneId })).toMatchObject({ name: "example.com" });
        expect(() => find({ name: "example.org" })).toThrow(/NoSuchHostedZone/);
    });

    it("a certificate is validated by the records that it asks for", () => {
        const { id, outputs } = made("certificate", {
            domainName: "example.com",
            subjectAlternativeNames: ["*.example.com"],
        });
        const [option, wildcard] = outputs.domainValidationOptions as Record<string, string>[];
        expect(wildcard?.resourceRecordName).toBe(option?.resourceRecordName);
        const name = option?.resourceRecordName ?? "";
        const validation = { certificateArn: id, validationRecordFqdns: [name.replace(/\.$/, "")] };
        expect(() => made("validation", validation)).toThrow(/missing DNS validation record: _/);
        made("record", { zoneId, name, type: "CNAME", records: [option?.resourceRecordValue ?? ""], ttl: 60 });
        made("validation", validation);
    });

    it("a web ACL says its capacity, and stays while something uses it", () => {
        const rate = { rateBasedStatement: { limit: 2000 } };
        const { id, outputs } = made("acl", acl([rule(1, group(common)), rule(2, rate, { action: { block: {} } })]));
        expect(outputs.capacity).toBe(702);
        expect(() => made("acl", acl([]))).toThrow(/WAFDuplicateItemException/);
        expect(() => made("acl", acl([], { name: "cdn", scope: "CLOUDFRONT" }))).toThrow(/SCOPE_VALUE/);
        const resourceArn = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1";
        const association = { webAclArn: outputs.arn, resourceArn } as Properties;
        const associated = made("association", association).id;
        expect(() => made("association", association)).toThrow(/WAFInvalidParameterException/);
        expect(() => remove("acl", id)).toThrow(/WAFAssociatedItemException/);
        remove("association", associated);
        const destination = "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-web";
        const logging = { resourceArn: outputs.arn, logDestinationConfigs: [destination] } as Properties;
        expect(() => made("logging", logging)).toThrow(/LOG_DESTINATION/);
        made("logGroup", { name: "aws-waf-logs-web" });
        made("logging", logging);
    });
});
