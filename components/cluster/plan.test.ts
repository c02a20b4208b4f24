import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterSpec } from "../testing/specs";
import { clusterProblems, nodeGroups, planCluster } from "./plan";
import type { ClusterSpec } from "./spec";

const textsOf = (change: Partial<ClusterSpec>, zones = 3) =>
    clusterProblems("k", { ...clusterSpec, access: {}, ...change }, zones).map(({ text }) => text);
const admin = { principalArn: "arn:aws:iam::123456789012:role/admins", policy: "admin" } as const;

describe("what is refused", () => {
    it.each<[Partial<ClusterSpec>, string]>([
        [{ version: "1.28" }, 'k.version: "1.28" is not a version that EKS supports; give 1.34, 1.35 or 1.36'],
        [
            { version: "1.33" },
            'k.version: "1.33" has left standard support and costs six times as much; give 1.34, 1.35 or 1.36, or set extendedSupport to true',
        ],
        [
            { publicAccessCidrs: ["0.0.0.0/0"] },
            "k.publicAccessCidrs: 0.0.0.0/0 is the whole internet; give the blocks of those who may call, like 203.0.113.0/24",
        ],
        [
            { publicAccessCidrs: ["::/0"] },
            'k.publicAccessCidrs[0]: "::/0" is not a block of IPv4 addresses; give one like 203.0.113.0/24',
        ],
        [
            { publicAccessCidrs: ["203.0.113.0/24", "128.0.0.0/1"] },
            "k.publicAccessCidrs: 128.0.0.0/1 is wider than /8; give the blocks of those who may call, like 203.0.113.0/24",
        ],
        [
            { publicAccessCidrs: ["203.0.113.7"] },
            'k.publicAccessCidrs[0]: "203.0.113.7" is not a block of IPv4 addresses; give one like 203.0.113.0/24',
        ],
        [{ zones: 4 }, "k.zones: 4 zones are to share the nodes, and the network has 3; give 3 or fewer"],
        [
            { instanceTypes: [] },
            "k.instanceTypes: 0 are named, and a node group takes 1 to 20; give one like m6i.large",
        ],
        [{ instanceTypes: ["large"] }, 'k.instanceTypes[0]: "large" is not an instance type; give one like m6i.large'],
        [
            { instanceTypes: ["m6i.large", "m7g.large"] },
            "k.instanceTypes: m6i.large and m7g.large have processors of two kinds, and a node group has one image; give Arm types or others, not both",
        ],
        [{ minNodes: 0 }, "k.minNodes: 0 is out of range; give 1 to 450"],
        [{ maxNodes: 2 }, "k.maxNodes: 2 is under minNodes, 3; give 3 or more"],
        [{ nodeVolumeGiB: 8 }, "k.nodeVolumeGiB: 8 is out of range; give 20 to 16384"],
        [
            { addonVersions: { cni: "v1.0.0-eksbuild.1" } },
            'k.addonVersions: "cni" is not an add-on of the cluster; what can stand there is vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, aws-ebs-csi-driver, metrics-server, amazon-cloudwatch-observability',
        ],
        [
            { addonVersions: { coredns: "latest" } },
            'k.addonVersions.coredns: "latest" is not the version of an add-on; give one like v1.12.1-eksbuild.2',
        ],
        [{ controllerReplicas: 0 }, "k.controllerReplicas: 0 is out of range; give 1 to 5"],
        [
            { access: { team: { ...admin, principalArn: "arn:aws:iam::123456789012:root" } } },
            'k.access.team.principalArn: "arn:aws:iam::123456789012:root" is not the ARN of a role or user; give one like arn:aws:iam::123456789012:role/engineers',
        ],
        [
            { access: { team: { ...admin, groups: ["system:masters"] } } },
            'k.access.team.groups: "system:masters" is not a group that EKS lets anyone be put into; give one of your own, like platform-secret-readers',
        ],
        [
            { access: { team: { ...admin, principalArn: "*" } } },
            'k.access.team.principalArn: "*" is not the ARN of a role or user; give one like arn:aws:iam::123456789012:role/engineers',
        ],
        [
            { access: { team: { ...admin, policy: "cluster-admin", namespaces: ["app"] } } },
            "k.access.team.namespaces: cluster-admin is for the whole cluster; give admin for app, or leave namespaces out",
        ],
        [
            { access: { team: { ...admin, namespaces: ["App"] } } },
            'k.access.team.namespaces[0]: "App" is not a namespace; give one like app',
        ],
        [{ logRetentionDays: 31 }, expect.stringMatching(/^k.logRetentionDays: 31 is not a retention/)],
        [{ keyDeletionWindowDays: 6 }, "k.keyDeletionWindowDays: 6 is out of range; give 7 to 30"],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toEqual([text]);
    });

    it("is a principal that stands in access twice, in both places", () => {
        expect(textsOf({ access: { one: admin, other: admin } })).toHaveLength(2);
    });
});

describe("what is taken", () => {
    it.each<Partial<ClusterSpec>>([
        { version: "1.33", extendedSupport: true },
        { publicAccessCidrs: ["203.0.113.0/24", "198.0.0.0/8"] },
        { instanceTypes: ["m7g.large", "c7g.large", "t4g.large"], capacityType: "spot" },
        { addonVersions: { coredns: "v1.12.1-eksbuild.2" } },
        {
            access: {
                ops: { ...admin, policy: "cluster-admin" },
                team: { principalArn: "arn:aws:iam::123456789012:user/x", policy: "edit", namespaces: ["app"] },
            },
        },
    ])("%j", (change) => {
        expect(textsOf(change)).toEqual([]);
    });
});

describe("the plan", () => {
    it.each([
        [["t3.medium"], "AL2023_x86_64_STANDARD", false],
        [["m6i.large"], "AL2023_x86_64_STANDARD", true],
        [["m7g.large", "r6gd.xlarge"], "AL2023_ARM_64_STANDARD", true],
        [["t4g.medium"], "AL2023_ARM_64_STANDARD", false],
        [["m6i.large", "t3.large"], "AL2023_x86_64_STANDARD", false],
        [["m4.large"], "AL2023_x86_64_STANDARD", false],
        [["g5.xlarge"], "AL2023_x86_64_STANDARD", true],
    ])(
        "of nodes of %j has the image %s; pods with groups of their own: %s",
        (instanceTypes, amiType, podSecurityGroups) => {
            expect(planCluster("k", { ...clusterSpec, instanceTypes }, 3)).toMatchObject({
                amiType,
                podSecurityGroups,
            });
        },
    );

    it("stays out of extended support unless it is asked for", () => {
        expect(planCluster("k", clusterSpec, 3).supportType).toBe("STANDARD");
        expect(planCluster("k", { ...clusterSpec, extendedSupport: true }, 3).supportType).toBe("EXTENDED");
    });
});

describe("the node groups", () => {
    const sizes = fc
        .record({ zones: fc.integer({ min: 1, max: 8 }), minNodes: fc.integer({ min: 1, max: 60 }) })
        .chain(({ zones, minNodes }) =>
            fc.record({
                zones: fc.constant(zones),
                minNodes: fc.constant(minNodes),
                maxNodes: fc.integer({ min: minNodes, max: 100 }),
                networkZones: fc.integer({ min: zones, max: 8 }),
            }),
        );

    it("are not changed by a further zone, whatever their sizes", () => {
        fc.assert(
            fc.property(sizes, ({ networkZones, ...size }) => {
                const before = nodeGroups({ ...clusterSpec, ...size }, networkZones);
                const after = nodeGroups({ ...clusterSpec, ...size }, networkZones + 1);
                expect(after.slice(0, -1)).toEqual(before);
                expect(after.at(-1)).toEqual({ zone: networkZones, minSize: 0, maxSize: size.maxNodes });
            }),
        );
    });

    it("have the fewest nodes between them, as evenly as it goes", () => {
        fc.assert(
            fc.property(sizes, ({ networkZones, ...size }) => {
                const least = nodeGroups({ ...clusterSpec, ...size }, networkZones).map(({ minSize }) => minSize);
                expect(least.reduce((sum, one) => sum + one)).toBe(size.minNodes);
                const shared = least.slice(0, size.zones);
                expect(Math.max(...shared) - Math.min(...shared)).toBeLessThanOrEqual(1);
            }),
        );
    });
});
