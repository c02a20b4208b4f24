import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Checkout, type Step } from "./checkout";

const checkout = new Checkout(["database", "cache", "notifications"]);
afterAll(() => checkout.remove());

checkout.edit("Pulumi.dev.yaml", "plinth:tier: dev", 'plinth:tier: dev\n  plinth:cluster:\n    version: "1.34"');
const configuration = checkout.read("Pulumi.dev.yaml");
beforeAll(async () => {
    await checkout.update("dev");
});
beforeEach(() => checkout.write("Pulumi.dev.yaml", configuration));

/** What is planned, besides for the stack's outputs: `create cluster-nodes-zone-2`. */
async function planned(): Promise<string[]> {
    return inWords(await checkout.steps("dev"));
}

function inWords(steps: Step[]): string[] {
    return steps.filter(({ urn }) => !urn.includes("::pulumi:pulumi:Stack::")).map(({ op, name }) => `${op} ${name}`);
}

describe("of what users fear, on a living cluster", () => {
    it("one minor version more is in place: control plane, what every node runs, nodes, the other add-ons", async () => {
        checkout.edit("Pulumi.dev.yaml", 'version: "1.34"', 'version: "1.35"');
        const steps = await planned();
        const stages = [
            ["update cluster-control-plane-eks-eksCluster"],
            ["update cluster-control-plane-eks-kube-proxy"],
            ["update cluster-nodes-zone-0", "update cluster-nodes-zone-1"],
            ["update cluster-addons-coredns"],
        ];
        // The namespaces hold pods to what the version calls restricted.
        const labels = ["update cluster-charts-namespace-external-secrets", "update workloads-namespace"];
        expect([...steps].sort()).toEqual([...stages.flat(), ...labels].sort());
        const places = stages.map((stage) => stage.map((step) => steps.indexOf(step)));
        for (const [stage, next] of places.slice(1).map((later, index) => [places[index] ?? [], later] as const)) {
            expect(Math.max(...stage)).toBeLessThan(Math.min(...next));
        }
    });

    it("a further zone brings a node group, and changes nothing of the cluster", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            "plinth:tier: dev\n  plinth:network:\n    availabilityZones: 3",
        );
        const steps = await planned();
        expect(steps.filter((step) => step.includes(" cluster-"))).toEqual(["create cluster-nodes-zone-2"]);
    });

    it("more nodes, and someone more who may use the cluster, change nothing else", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            'version: "1.34"',
            'version: "1.34"\n    maxNodes: 6\n    access:\n      ops: { principalArn: "arn:aws:iam::123456789012:role/ops", policy: admin }',
        );
        expect((await planned()).sort()).toEqual([
            "create cluster-access-ops",
            "create cluster-access-ops-policy",
            "update cluster-charts-cluster-autoscaler",
            "update cluster-nodes-zone-0",
            "update cluster-nodes-zone-1",
        ]);
    });
});

/** The names in what was printed of resources of which something is said, in the order in which it was. */
function done(what: string, printed: string): string[] {
    return [...printed.matchAll(new RegExp(`^ *(?:\\S+ +)?\\S+:\\S+ (\\S+) ${what}\\b`, "gm"))].map(
        ([, name = ""]) => name,
    );
}

/** Says that the one comes before the other, each of which has to be there. */
function inOrder(all: string[], ...names: string[]): void {
    const places = names.map((name) => all.indexOf(name));
    expect(places, names.join()).not.toContain(-1);
    expect(places, names.join()).toEqual([...places].sort((one, other) => one - other));
}

it("has its nodes replaced by other instances only when these are there", async () => {
    checkout.edit("Pulumi.dev.yaml", 'version: "1.34"', 'version: "1.34"\n    instanceTypes: [t3.large]');
    const { printed, steps } = await checkout.update("dev");
    expect(inWords(steps).sort()).toEqual(["replace cluster-nodes-zone-0", "replace cluster-nodes-zone-1"]);
    const groups = ["cluster-nodes-zone-0", "cluster-nodes-zone-1"];
    expect(done("created replacement", printed).sort()).toEqual(groups);
    expect(done("deleted original", printed).sort()).toEqual(groups);
    for (const group of groups) {
        const [made, gone] = ["created replacement", "deleted original"].map((what) =>
            printed.indexOf(`${group} ${what}`),
        );
        expect(made).toBeLessThan(gone ?? -1);
    }
});

it("is taken down in the order that AWS needs", async () => {
    const deleted = done("deleted", await checkout.succeed("destroy", "dev", "--skip-preview"));
    // Controllers while there are nodes to run them on, nodes while they have a way out, the cluster while it has subnets.
    inOrder(
        deleted,
        "cluster-charts-aws-load-balancer-controller",
        "cluster-addons-coredns",
        "cluster-nodes-zone-0",
        "cluster-control-plane-eks-eksCluster",
        "network-private-0",
        "network-vpc",
    );
    inOrder(deleted, "cluster-nodes-zone-1", "network-private-1-default-route", "network-nat-0");
    inOrder(deleted, "cluster-control-plane-eks-eksCluster", "cluster-control-plane-logs-control-plane");
    inOrder(deleted, "cluster-control-plane-eks-eksCluster", "cluster-control-plane-AmazonEKSClusterPolicy");
    inOrder(deleted, "cluster-addons-amazon-cloudwatch-observability", "cluster-addons-container-logs-application");
    inOrder(deleted, "cluster-addons-aws-ebs-csi-driver", "cluster-addons-ebs-csi-role");
    expect((await checkout.account("dev")).resources).toEqual([]);
});
