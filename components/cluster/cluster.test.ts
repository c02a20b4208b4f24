import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { json, makeCluster, namesOf, privateSubnetIds } from "../testing/cluster";
import { inputsOf, namesOfNodes, type Registered, settled } from "../testing/mocks";

/** The names of what a resource waits for, itself by its options, as far as they are resources of the test. */
function waitsFor(resources: Registered[], name: string): string[] {
    const { options } = resources.find((one) => one.name === name) ?? {};
    const on = [options?.dependsOn ?? []].flat() as pulumi.Resource[];
    return resources.filter(({ resource }) => on.includes(resource)).map((one) => one.name);
}

/** All that comes before a resource, on whatever way. A component stands for all that it is made of. */
function allBefore(resources: Registered[], name: string, seen = new Set<string>()): Set<string> {
    for (const one of waitsFor(resources, name)) {
        if (seen.has(one)) continue;
        seen.add(one);
        allBefore(resources, one, seen);
        const parent = resources.find((resource) => resource.name === one)?.resource;
        for (const child of resources.filter(({ options }) => options.parent === parent)) {
            seen.add(child.name);
            allBefore(resources, child.name, seen);
        }
    }
    return seen;
}

describe("the control plane", () => {
    it("is private, encrypted, logged and of the wanted version, in the first two zones", async () => {
        const { resources } = await makeCluster();
        const inputs = inputsOf(resources, "cluster-control-plane-eks");
        expect(inputs).toMatchObject({
            version: "1.35",
            upgradePolicy: { supportType: "STANDARD" },
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
            authenticationMode: "API",
            enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            deletionProtection: true,
            createOidcProvider: false,
        });
        expect(inputs.publicAccessCidrs).toBeUndefined();
        expect(await settled(inputs.privateSubnetIds)).toEqual(["subnet-1", "subnet-2"]);
        expect(await settled(inputs.name)).toBe("shop-test-cluster");
        expect(inputsOf(resources, "cluster-control-plane-logs-control-plane").name).toBe(
            "/aws/eks/shop-test-cluster/cluster",
        );
    });

    it("is public for the named blocks alone", async () => {
        const { resources } = await makeCluster({ publicAccessCidrs: ["203.0.113.0/24"] });
        expect(inputsOf(resources, "cluster-control-plane-eks")).toMatchObject({
            endpointPrivateAccess: true,
            endpointPublicAccess: true,
            publicAccessCidrs: ["203.0.113.0/24"],
        });
    });

    it("gives pods interfaces of their own where every node can carry them, and may then attach them", async () => {
        const big = await makeCluster();
        const small = await makeCluster({ instanceTypes: ["t3.large"] });
        expect([big.made.podSecurityGroups, small.made.podSecurityGroups]).toEqual([true, false]);
        const cni = ({ resources }: typeof big) => inputsOf(resources, "cluster-control-plane-eks").vpcCniOptions;
        expect(cni(big)).toMatchObject({ enableNetworkPolicy: true, enablePodEni: true });
        expect(cni(small)).toMatchObject({ enableNetworkPolicy: true, enablePodEni: false });
        const controller = "cluster-control-plane-AmazonEKSVPCResourceController";
        expect(big.resources.map(({ name }) => name)).toContain(controller);
        expect(small.resources.map(({ name }) => name)).not.toContain(controller);
    });

    it("keeps its kubeconfig secret", async () => {
        const { made } = await makeCluster();
        expect(await pulumi.isSecret(made.kubeconfig)).toBe(true);
    });
});

describe("a node", () => {
    it("stands in one zone's private subnet, in a group of its own", async () => {
        const { resources } = await makeCluster();
        const groups = namesOf(resources, "aws:eks/nodeGroup:NodeGroup");
        expect(groups).toEqual(["cluster-nodes-zone-0", "cluster-nodes-zone-1", "cluster-nodes-zone-2"]);
        const placed = groups.map((name) => settled(inputsOf(resources, name).subnetIds));
        expect(await Promise.all(placed)).toEqual(privateSubnetIds.map((id) => [id]));
    });

    it("has an encrypted volume under the cluster's key, and tells no pod its role", async () => {
        const { resources } = await makeCluster();
        const template = inputsOf(resources, "cluster-nodes-launch-template");
        expect(await settled(template.blockDeviceMappings)).toMatchObject([
            {
                ebs: {
                    encrypted: "true",
                    kmsKeyId: expect.stringContaining("cluster-nodes-encryption-key"),
                    volumeType: "gp3",
                },
            },
        ]);
        expect(template.metadataOptions).toMatchObject({ httpTokens: "required", httpPutResponseHopLimit: 1 });
        expect(await settled(template.vpcSecurityGroupIds)).toEqual(["sg-nodes"]);
        expect(template.tagSpecifications).toHaveLength(3);
    });

    it("has volumes that EC2 Auto Scaling, of this account, may decrypt to start it", async () => {
        const { resources } = await makeCluster({}, true);
        const { Statement } = await json(inputsOf(resources, "cluster-nodes-encryption-key").policy);
        const role =
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
        for (const statement of Statement.slice(1)) {
            expect(statement.Condition).toMatchObject({
                StringEquals: { "kms:CallerAccount": "123456789012" },
                ArnEquals: { "aws:PrincipalArn": role },
            });
        }
        expect(Statement[2]).toMatchObject({
            Action: "kms:CreateGrant",
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        });
    });

    it("may join and pull images, and no more", async () => {
        const { resources } = await makeCluster();
        const attached = resources.filter(({ name }) => /^cluster-nodes-Amazon/.test(name));
        expect(await Promise.all(attached.map(({ inputs }) => settled(inputs.policyArn)))).toEqual([
            "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
            "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        ]);
    });

    it("may be reached by Session Manager, where that is wanted", async () => {
        const { resources } = await makeCluster({ sessionManager: true });
        const attached = resources.find(({ name }) => name === "cluster-nodes-AmazonSSMManagedInstanceCore");
        expect(await settled(attached?.inputs.policyArn)).toBe("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
        expect(await settled(attached?.inputs.role)).toBe("shop-test-cluster-node");
    });

    it("is one of as many as the autoscaler decides", async () => {
        const { resources } = await makeCluster();
        const group = resources.find(({ name }) => name === "cluster-nodes-zone-0");
        expect(group?.options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
        const values = await settled(inputsOf(resources, "cluster-charts-cluster-autoscaler").values);
        expect(values).toMatchObject({ extraArgs: { "max-nodes-total": 10 } });
    });
});

describe("the order", () => {
    it("is control plane, what every node runs, nodes, the other add-ons, charts", async () => {
        const { resources } = await makeCluster();
        const before = (name: string) => allBefore(resources, name);
        expect([...before("cluster-node-addons-pod-identity-agent")]).toContain("cluster-control-plane-eks");
        const nodes = before("cluster-nodes-zone-2");
        for (const name of [
            "cluster-control-plane-eks",
            "cluster-node-addons-pod-identity-agent",
            "cluster-node-addons-cni-association",
            "cluster-nodes-AmazonEKSWorkerNodePolicy",
        ]) {
            expect([...nodes]).toContain(name);
        }
        for (const addon of namesOf(resources, "aws:eks/addon:Addon").filter((name) =>
            name.startsWith("cluster-addons"),
        )) {
            expect([...before(addon)]).toContain("cluster-nodes-zone-2");
        }
        for (const release of namesOf(resources, "kubernetes:helm.sh/v3:Release")) {
            expect([...before(release)]).toEqual(
                expect.arrayContaining(["cluster-nodes-zone-2", "cluster-addons-coredns"]),
            );
        }
    });

    it("puts all that a workload needs into what it has to wait for", async () => {
        const { made, resources } = await makeCluster();
        const ready = resources.filter(({ resource }) => made.ready.includes(resource)).map(({ type }) => type);
        expect(new Set(ready)).toEqual(
            new Set([
                "aws:eks/nodeGroup:NodeGroup",
                "aws:eks/addon:Addon",
                "kubernetes:storage.k8s.io/v1:StorageClass",
                "kubernetes:helm.sh/v3:Release",
            ]),
        );
    });

    it("makes the log groups before what writes to them", async () => {
        const { resources } = await makeCluster();
        const logs = allBefore(resources, "cluster-addons-amazon-cloudwatch-observability");
        expect([...logs].filter((name) => name.includes("container-logs-performance"))).toHaveLength(1);
    });
});

describe("the logs of the containers", () => {
    /** The sections of what Fluent Bit is configured with for applications. */
    async function sections(): Promise<Record<string, string>[]> {
        const { resources } = await makeCluster();
        const inputs = inputsOf(resources, "cluster-addons-amazon-cloudwatch-observability");
        const { containerLogs } = JSON.parse(String(inputs.configurationValues)) as {
            containerLogs: { fluentBit: { config: { extraFiles: Record<string, string> } } };
        };
        expect(Object.keys(containerLogs.fluentBit.config.extraFiles)).toEqual(["application-log.conf"]);
        const text = containerLogs.fluentBit.config.extraFiles["application-log.conf"] ?? "";
        return text.split("\n\n").map((section) => {
            const [head = "", ...lines] = section.split("\n");
            const settings = lines.map((line): [string, string] => {
                const [, key = "", value = ""] = /^ {2}(\S+) +(.+)$/.exec(line) ?? [];
                return [key, value];
            });
            return { section: head, ...Object.fromEntries(settings) };
        });
    }

    it("go to the group that a pod names, which is there already, and all others to one group", async () => {
        const { made } = await makeCluster();
        const all = await sections();
        const [others, services, ...rest] = all.filter(({ section }) => section === "[OUTPUT]");
        expect(rest).toEqual([]);
        const filled = services?.log_group_template
            ?.replace(/\$\{CLUSTER_NAME\}/, "shop-test-cluster")
            .replace("$kubernetes['labels']['plinth/log-group']", "backend");
        expect(filled).toBe(made.logGroupName("backend"));
        expect(services).toMatchObject({ Match: "service.*", auto_create_group: "false" });
        expect(others).toMatchObject({
            ...{ Match: "application.*", log_group_name: expect.stringMatching(/\}\/application$/) },
        });
        const filters = all.filter(({ section }) => section === "[FILTER]");
        // The label is there only after the first has asked for it, and a record is moved, not copied.
        expect(filters).toMatchObject([
            { Name: "kubernetes", Labels: "On", Merge_Log_Key: "log_processed" },
            {
                Name: "rewrite_tag",
                Rule: "$kubernetes['labels']['plinth/log-group'] ^[a-z0-9-]+$ service.$TAG false",
            },
        ]);
    });
});

it("pins the version of every chart", async () => {
    const { resources } = await makeCluster();
    const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    expect(releases.map(({ inputs }) => `${inputs.chart} ${inputs.version}`).sort()).toEqual([
        "aws-load-balancer-controller 3.4.2",
        "cluster-autoscaler 9.59.1",
        "external-secrets 2.10.0",
    ]);
});

it("lets a transform have the last word on each child", async () => {
    const { resources } = await makeCluster({
        transform: {
            cluster: { deletionProtection: false },
            launchTemplate: { description: "mine" },
            nodeGroup: (group) => ({ ...group, diskSize: 1 }),
        },
    });
    expect(inputsOf(resources, "cluster-control-plane-eks").deletionProtection).toBe(false);
    expect(inputsOf(resources, "cluster-nodes-launch-template").description).toBe("mine");
    expect(inputsOf(resources, "cluster-nodes-zone-1").diskSize).toBe(1);
});

it("gives its raw resources", async () => {
    const { made, resources } = await makeCluster();
    expect(namesOfNodes(resources, made.nodes)).toMatchObject({
        cluster: "cluster-control-plane-eks",
        secretsKey: "cluster-control-plane-encryption-key",
        logGroup: "cluster-control-plane-logs-control-plane",
        nodeGroups: ["cluster-nodes-zone-0", "cluster-nodes-zone-1", "cluster-nodes-zone-2"],
        launchTemplate: "cluster-nodes-launch-template",
        nodeRole: "cluster-nodes-role",
        volumeKey: "cluster-nodes-encryption-key",
        storageClass: "cluster-storage-class",
        addons: {
            "eks-pod-identity-agent": "cluster-node-addons-pod-identity-agent",
            coredns: "cluster-addons-coredns",
        },
        containerLogGroups: { application: "cluster-addons-container-logs-application" },
        releases: { "external-secrets": "cluster-charts-external-secrets" },
    });
});
