import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    zone: "aws:route53/zone:Zone",
    record: "aws:route53/record:Record",
    certificate: "aws:acm/certificate:Certificate",
    validation: "aws:acm/certificateValidation:CertificateValidation",
};
type Kind = keyof typeof types;

describe("what AWS refuses by the inputs alone", () => {
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
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual([expect.stringContaining(code)]);
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    let zoneId = "";
    beforeEach(() => {
        account = new TestAccount(types);
        zoneId = account.make("zone", { name: "example.com" });
    });

    it("a certificate is validated by the records that it asks for", () => {
        const { id, outputs } = account.made("certificate", {
            domainName: "example.com",
            subjectAlternativeNames: ["*.example.com"],
        });
        const [option, wildcard] = outputs.domainValidationOptions as Record<string, string>[];
        expect(wildcard?.resourceRecordName).toBe(option?.resourceRecordName);
        const name = option?.resourceRecordName ?? "";
        const validation = { certificateArn: id, validationRecordFqdns: [name.replace(/\.$/, "")] };
        expect(() => account.made("validation", validation)).toThrow(/missing DNS validation record: _/);
        account.made("record", { zoneId, name, type: "CNAME", records: [option?.resourceRecordValue ?? ""], ttl: 60 });
        account.made("validation", validation);
    });
});
