import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    vpc: "aws:ec2/vpc:Vpc",
    group: "aws:ec2/securityGroup:SecurityGroup",
    groupRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
};
type Kind = keyof typeof types;

const rule = (more: Properties): Properties => ({
    ...{ type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg-1" },
    ...{ cidrBlocks: ["10.0.0.0/8"], ...more },
});

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["groupRule", rule({ type: "in" }), "InvalidParameterValue"],
        ["groupRule", rule({ description: "nodes' rule" }), "InvalidParameterValue"],
        ["groupRule", rule({ cidrBlocks: undefined }), "InvalidParameterCombination"],
        ["groupRule", rule({ self: true, sourceSecurityGroupId: "sg-2" }), "InvalidParameterCombination"],
        ["groupRule", rule({ cidrBlocks: ["10.0.0.0"] }), "malformed"],
        ["groupRule", rule({ fromPort: 9, toPort: 8 }), "Invalid port range: 9 to 8"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    beforeEach(() => {
        account = new TestAccount(types);
    });

    it("a rule is there once, and is deleted before its group", () => {
        const vpcId = account.make("vpc", { cidrBlock: "10.0.0.0/16" });
        const securityGroupId = account.make("group", { name: "g", vpcId });
        const all = { ...rule({ self: true, cidrBlocks: undefined }), securityGroupId };
        const id = account.make("groupRule", all);
        expect(() => account.made("groupRule", { ...all, description: "again" })).toThrow(
            /InvalidPermission\.Duplicate/,
        );
        expect(() => account.remove("group", securityGroupId)).toThrow(/DependencyViolation/);
        account.remove("groupRule", id);
        account.remove("group", securityGroupId);
    });
});
