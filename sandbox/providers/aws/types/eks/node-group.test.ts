import { beforeEach, describe, expect, it } from "vitest";
import { type Properties, UNKNOWN } from "../../../../rpc/values";
import { difference } from "../../difference";
import { checkFailures } from "../../testing";
import { EksAccount, type Kind, nodes, types } from "./testing";

const template = { id: "lt-1", version: "1" };
const scaled = (minSize: number, desiredSize: number, maxSize: number) =>
    nodes({ scalingConfig: { minSize, desiredSize, maxSize } });

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["nodes", nodes({ nodeGroupName: "_" }), "InvalidParameterException"],
        ["nodes", scaled(3, 2, 4), "Minimum capacity 3 can't be greater than desired size 2"],
        ["nodes", scaled(1, 5, 4), "desired capacity 5 can't be greater than max size 4"],
        ["nodes", scaled(0, 0, 0), "Member must have value greater than or equal to 1"],
        ["nodes", nodes({ subnetIds: [] }), "Subnets cannot be empty"],
        ["nodes", nodes({ amiType: "AL2024" }), "InvalidParameterException"],
        ["nodes", nodes({ capacityType: "CHEAP" }), "InvalidParameterException"],
        ["nodes", nodes({ launchTemplate: template, diskSize: 50 }), "Disk size must be specified within"],
        ["nodes", nodes({ launchTemplate: template, remoteAccess: {} }), "Remote access configuration cannot"],
        ["nodes", nodes({ instanceTypes: ["t4g.medium"] }), "[t4g.medium] is not a valid instance type"],
        ["nodes", nodes({ instanceTypes: ["m7i.large"], amiType: "AL2023_ARM_64_STANDARD" }), "not a valid instance"],
        ["nodes", nodes({ amiType: "AL2_x86_64", version: "1.33" }), "only supported for kubernetes versions 1.32"],
        ["nodes", nodes({ taints: [{ key: "a", effect: "NoSchedule" }] }), "NO_SCHEDULE"],
        ["nodes", nodes({ updateConfig: {} }), "updateConfig"],
        ["nodes", nodes({ updateConfig: { maxUnavailablePercentage: 101 } }), "updateConfig"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });

    it.each<[string, Properties]>([
        ["unknown subnets and templates", { subnetIds: [UNKNOWN], launchTemplate: { id: UNKNOWN, version: "1" } }],
        ["Graviton instances with their image", { instanceTypes: ["c6gn.large"], amiType: "AL2023_ARM_64_STANDARD" }],
        ["accelerated instances with a g in their name", { instanceTypes: ["g4dn.xlarge"] }],
        ["a fixed size", { scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 } }],
    ])("takes %s", (_, more) => {
        expect(checkFailures(types.nodes, nodes(more))).toEqual([]);
    });
});

describe("in an account", () => {
    let account: EksAccount;
    beforeEach(() => {
        account = new EksAccount();
    });

    it("nodes hold on to the security groups of their launch template", () => {
        account.made("cluster", account.cluster());
        const securityGroup = account.make("group", { name: "nodes", vpcId: account.vpcId });
        const id = account.make("template", { name: "nodes", vpcSecurityGroupIds: [securityGroup] });
        account.make("nodes", account.nodes({ launchTemplate: { id, version: "1" } }));
        expect(() => account.remove("group", securityGroup)).toThrow(/DependencyViolation.*a-nodes/);
        account.remove("nodes", "k:ng");
        account.remove("group", securityGroup);
    });

    it.each<[Properties, Properties, RegExp]>([
        [
            { instanceType: "t3.large" },
            { instanceTypes: ["t3.large"] },
            /both in the launch template and in the request/,
        ],
        [{ imageId: "ami-1" }, { amiType: "AL2023_x86_64_STANDARD" }, /AMI Type other than CUSTOM/],
        [{ imageId: "ami-1" }, { version: "1.34" }, /kubernetesVersion or releaseVersion/],
        [{ iamInstanceProfile: { name: "p" } }, {}, /should not specify an instance profile/],
        [{ instanceMarketOptions: { marketType: "spot" } }, {}, /market options/],
    ])("a launch template with %j does not go with %j", (content, more, refusal) => {
        account.made("cluster", account.cluster());
        const id = account.make("template", { name: "nodes", ...content });
        const launchTemplate = { id, version: "1" };
        expect(() => account.made("nodes", nodes({ subnetIds: account.subnetIds, launchTemplate, ...more }))).toThrow(
            refusal,
        );
        expect(() =>
            account.made("nodes", nodes({ subnetIds: account.subnetIds, launchTemplate: { id, version: "2" } })),
        ).toThrow(/does not|should/);
    });

    it("nodes have the cluster's version when they are made, follow it later, and hold it back when they are old", () => {
        account.made("cluster", account.cluster({ version: "1.31" }));
        expect(() => account.made("nodes", account.nodes({ version: "1.32" }))).toThrow(
            /must match the cluster's, 1\.31/,
        );
        const old = account.nodes({ version: "1.31" });
        account.make("nodes", old);
        expect(() => account.update("nodes", "k:ng", account.nodes({ version: "1.32" }))).toThrow(
            /not supported with the cluster's/,
        );
        for (const version of ["1.32", "1.33", "1.34"]) account.update("cluster", "k", account.cluster({ version }));
        expect(() => account.update("cluster", "k", account.cluster({ version: "1.35" }), true)).toThrow(
            /InvalidReq.*ng \(1\.31\)/,
        );
        expect(account.update("nodes", "k:ng", account.nodes())).toMatchObject({
            version: "1.34",
            releaseVersion: "1.34.0-20261101",
        });
        expect(account.update("cluster", "k", account.cluster({ version: "1.35" }))).toMatchObject({ version: "1.35" });
    });

    it("nodes are in the cluster's VPC, once under a name", () => {
        account.made("cluster", account.cluster());
        const elsewhere = account.make("vpc", { cidrBlock: "10.1.0.0/16" });
        const strange = account.make("subnet", { vpcId: elsewhere, cidrBlock: "10.1.0.0/24" });
        expect(() => account.made("nodes", account.nodes({ subnetIds: [strange] }))).toThrow(/VPC of the cluster/);
        account.make("nodes", account.nodes());
        expect(() => account.made("nodes", account.nodes())).toThrow(/ResourceInUseException/);
    });
});

it.each<[Kind, Properties, Properties, string[]]>([
    ["nodes", { scalingConfig: { maxSize: 2 } }, { scalingConfig: { maxSize: 3 } }, []],
    ["nodes", { launchTemplate: template }, { launchTemplate: { ...template, version: "2" } }, []],
    ["nodes", { instanceTypes: ["t3.medium"] }, { instanceTypes: ["t3.large"] }, ["instanceTypes"]],
])("%s from %j to %j replaces %j", (kind, old, next, replaced) => {
    expect(difference(types[kind], old, next).replaces).toEqual(replaced);
});
