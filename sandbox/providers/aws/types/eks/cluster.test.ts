import { beforeEach, describe, expect, it } from "vitest";
import { type Properties, UNKNOWN } from "../../../../rpc/values";
import { difference } from "../../difference";
import { checkFailures } from "../../testing";
import { ADMIN, aCluster, EksAccount, type Kind, types } from "./testing";

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["cluster", aCluster({}, { name: "-k" }), "InvalidParameterException"],
        ["cluster", aCluster({}, { version: "1.30" }), "unsupported Kubernetes version"],
        ["cluster", aCluster({ subnetIds: ["subnet-1"] }), "at least two different AZs"],
        ["cluster", aCluster({ endpointPublicAccess: false }), "Private and public endpoint access cannot be false"],
        ["cluster", aCluster({ publicAccessCidrs: ["10.0.0.0/33"] }), "invalid in publicAccessCidrs: [10.0.0.0/33]"],
        ["cluster", aCluster({ publicAccessCidrs: ["10.0.0.256/32"] }), "invalid in publicAccessCidrs"],
        [
            "cluster",
            aCluster({ publicAccessCidrs: ["172.16.9.0/24"] }),
            "invalid in publicAccessCidrs: [172.16.9.0/24]",
        ],
        [
            "cluster",
            aCluster({ publicAccessCidrs: Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`) }),
            "has 41 CIDRs, and a cluster 40 at most",
        ],
        [
            "cluster",
            aCluster({}, { enabledClusterLogTypes: ["all"] }),
            "Member must satisfy enum value set: [api, audit",
        ],
        ["cluster", aCluster({}, { accessConfig: { authenticationMode: "IAM" } }), "authenticationMode"],
        ["cluster", aCluster({}, { upgradePolicy: { supportType: "NONE" } }), "supportType"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });

    it("leaves what is not known for later", () => {
        expect(checkFailures(types.cluster, aCluster({ subnetIds: UNKNOWN, publicAccessCidrs: UNKNOWN }))).toEqual([]);
    });
});

describe("in an account", () => {
    let account: EksAccount;
    beforeEach(() => {
        account = new EksAccount();
    });

    it("a cluster has its own security group, and takes it along", () => {
        const { outputs } = account.made("cluster", account.cluster());
        const { clusterSecurityGroupId } = outputs.vpcConfig as { clusterSecurityGroupId: string };
        expect(account.provider.read(account.resource("group"), clusterSecurityGroupId)?.inputs).toMatchObject({
            vpcId: account.vpcId,
        });
        const after = account.update("cluster", "k", account.cluster({ tags: { a: "b" } }));
        expect(after.vpcConfig).toMatchObject({ clusterSecurityGroupId, subnetIds: account.subnetIds });
        account.remove("cluster", "k");
        expect(account.provider.read(account.resource("group"), clusterSecurityGroupId)).toBeUndefined();
        account.remove("subnet", account.subnetIds[0] ?? "");
    });

    it("what the cluster's own group will be is unknown in a preview", () => {
        const { outputs } = account.provider.create(account.resource("cluster"), account.cluster(), true);
        expect(outputs.vpcConfig).toMatchObject({ clusterSecurityGroupId: UNKNOWN, subnetIds: account.subnetIds });
    });

    it("a cluster stands in two zones of one VPC, with groups of it", () => {
        expect(() =>
            account.made(
                "cluster",
                account.cluster({}, { subnetIds: [account.subnet(3, "a"), account.subnet(4, "a")] }),
            ),
        ).toThrow(/two diff/);
        const elsewhere = account.make("vpc", { cidrBlock: "10.1.0.0/16" });
        const strange = account.make("subnet", {
            vpcId: elsewhere,
            cidrBlock: "10.1.0.0/24",
            availabilityZone: "eu-west-1b",
        });
        expect(() =>
            account.made("cluster", account.cluster({}, { subnetIds: [account.subnetIds[0] ?? "", strange] })),
        ).toThrow(/same VPC/);
        const securityGroupIds = [account.make("group", { name: "g", vpcId: elsewhere })];
        expect(() => account.made("cluster", account.cluster({}, { securityGroupIds }))).toThrow(
            /InvalidParameterException.*VPC/,
        );
        expect(() => account.made("cluster", account.cluster({ roleArn: ADMIN }))).toThrow(/NoSuchEntity/);
        account.made("cluster", account.cluster());
        expect(() => account.made("cluster", account.cluster())).toThrow(/ResourceInUseException/);
    });

    it("a cluster goes up one minor version at a time, and never down", () => {
        account.made("cluster", account.cluster());
        const to = (version: string, preview = true) =>
            account.update("cluster", "k", account.cluster({ version }), preview);
        expect(() => to("1.36")).toThrow(/InvalidParam.*Unsupported Kubernetes minor version update from 1.34 to 1.36/);
        expect(() => to("1.33")).toThrow(/from 1\.34 to 1\.33/);
        expect(to("1.35", false).version).toBe("1.35");
    });

    it("a cluster does not go back on its access, its key or its zones", () => {
        const keys = [account.made("key", {}), account.made("key", {})].map(({ outputs }) => String(outputs.arn));
        const encrypted = (index: number) => ({
            encryptionConfig: { provider: { keyArn: keys[index] ?? "" }, resources: ["secrets"] },
        });
        account.made("cluster", account.cluster(encrypted(0)));
        const change =
            (more: Properties, vpcConfig: Properties = {}) =>
            () =>
                account.update("cluster", "k", account.cluster({ ...encrypted(0), ...more }, vpcConfig), true);
        expect(change({ accessConfig: { authenticationMode: "CONFIG_MAP" } })).toThrow(/from API to CONFIG_MAP/);
        expect(change(encrypted(1))).toThrow(/InvalidParameterException.*key/);
        expect(change({}, { subnetIds: [...account.subnetIds, account.subnet(3, "c")] })).toThrow(
            /different set of availability zones/,
        );
        change({}, { subnetIds: [account.subnet(4, "a"), account.subnetIds[1] ?? ""] })();
    });

    it("a cluster stays while it has node groups or is protected, and its VPC and subnets stay with it", () => {
        account.made("cluster", account.cluster({ deletionProtection: true }));
        account.make("nodes", account.nodes());
        expect(() => account.remove("cluster", "k")).toThrow(/InvalidRequestException.*deletion protection/);
        account.update("cluster", "k", account.cluster({ deletionProtection: false }));
        expect(() => account.remove("cluster", "k")).toThrow(/ResourceInUseException.*nodegroups attached/);
        expect(() => account.remove("subnet", account.subnetIds[0] ?? "")).toThrow(/DependencyViolation/);
        account.remove("nodes", "k:ng");
        account.remove("cluster", "k");
    });
});

it.each<[Kind, Properties, Properties, string[]]>([
    ["cluster", { version: "1.34" }, { version: "1.35" }, []],
    ["cluster", {}, { encryptionConfig: { provider: { keyArn: "k" } } }, []],
    ["cluster", { encryptionConfig: { provider: { keyArn: "k" } } }, {}, ["encryptionConfig"]],
    ["cluster", { roleArn: "a" }, { roleArn: "b" }, ["roleArn"]],
])("%s from %j to %j replaces %j", (kind, old, next, replaced) => {
    expect(difference(types[kind], old, next).replaces).toEqual(replaced);
});

describe("a zone in which EKS has no control plane", () => {
    const account = new EksAccount("us-east-1");
    const withSubnet = (zoneOrId: Properties, index: number) => {
        const { vpcId } = account;
        const subnet = account.make("subnet", { vpcId, cidrBlock: `10.0.${index}.0/24`, ...zoneOrId });
        return account.cluster({}, { subnetIds: [account.subnetIds[0] ?? "", subnet] });
    };

    it.each([
        [{ availabilityZone: "us-east-1e" }, 11],
        [{ availabilityZoneId: "use1-az3" }, 12],
    ])("is refused, given as %j", (zone, index) => {
        expect(() => account.make("cluster", withSubnet(zone, index))).toThrow(
            /UnsupportedAvailabilityZoneException.*us-east-1e \(use1-az3\).*us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f$/,
        );
    });

    it("is no other one of the region", () => {
        expect(() => account.make("cluster", withSubnet({ availabilityZone: "us-east-1f" }, 13))).not.toThrow();
    });
});
