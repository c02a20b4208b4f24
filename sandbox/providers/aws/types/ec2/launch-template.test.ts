import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    template: "aws:ec2/launchTemplate:LaunchTemplate",
};
type Kind = keyof typeof types;

const disk = (ebs: Properties) => ({ name: "lt1", blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["template", { name: "ab" }, "InvalidLaunchTemplateName.MalformedException"],
        ["template", disk({ volumeType: "gp5" }), "Member must satisfy enum value set: [gp2, gp3"],
        ["template", disk({ volumeType: "st1", volumeSize: 20 }), "Volume size"],
        ["template", disk({ kmsKeyId: "k" }), "KmsKeyId requires the parameter Encrypted"],
        ["template", { metadataOptions: { httpPutResponseHopLimit: 65 } }, "httpPutResponseHopLimit"],
        ["template", { metadataOptions: { httpTokens: "yes" } }, "httpTokens"],
        ["template", { userData: "#!/bin/sh" }, "InvalidUserData.Malformed"],
        ["template", { vpcSecurityGroupIds: ["sg-1"], networkInterfaces: [{}] }, "InvalidParameterCombination"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    beforeEach(() => {
        account = new TestAccount(types);
    });

    it("a launch template gets a version by every change of what it starts", () => {
        const id = account.make("template", { name: "nodes", instanceType: "t3.medium" });
        expect(account.update("template", id, { name: "nodes", instanceType: "t3.large" })).toMatchObject({
            latestVersion: 2,
        });
        const retagged = { name: "nodes", instanceType: "t3.large", tags: { a: "b" } };
        expect(account.update("template", id, retagged)).toMatchObject({ latestVersion: 2, defaultVersion: 1 });
        const chosen = { ...retagged, instanceType: "t3.small", updateDefaultVersion: true };
        expect(account.update("template", id, chosen)).toMatchObject({ latestVersion: 3, defaultVersion: 3 });
    });
});
