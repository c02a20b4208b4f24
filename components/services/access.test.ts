import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, it } from "vitest";
import { Database } from "../database";
import { Queue } from "../queue";
import { groupRulesOf, pathsOf, rightsOf } from "../testing/access";
import { namesOfNodes, type Rehearsal, rehearse } from "../testing/mocks";
import { databaseSpec, dataNetwork, platform, queueSpec } from "../testing/specs";
import { networkCidrs, serviceLogs, standInCluster, standInNamespace, workloadSpec } from "../testing/workloads";
import { createServices, type Services } from "./services";
import type { ServicesSpec } from "./spec";

const nothing = workloadSpec.reaches;

/** Seed 003's three services. */
const spec: ServicesSpec = {
    services: {
        frontend: { ...workloadSpec, port: 8080, ingressPath: "/", reaches: { ...nothing, services: ["backend"] } },
        backend: {
            ...workloadSpec,
            ingressPath: "/api",
            reaches: { ...nothing, database: true, queues: { send: ["orders"], consume: [] } },
        },
        "sqs-worker": {
            ...workloadSpec,
            port: undefined,
            reaches: { ...nothing, database: true, queues: { send: ["orders"], consume: ["orders"] } },
        },
    },
    ingress: {
        host: "shop.example.com",
        hostedZoneId: "Z0123456789ABCDEFGHIJ",
        tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        inboundCidrs: ["0.0.0.0/0"],
        idleTimeoutSeconds: 60,
    },
    logs: serviceLogs,
};

function make(podSecurityGroups: boolean, endpoints: string[], options: pulumi.ComponentResourceOptions): Services {
    const database = new Database(
        "database",
        { ...databaseSpec, readReplicas: 0, platform, network: dataNetwork },
        options,
    );
    const orders = new Queue("orders", { ...queueSpec, platform }, options);
    const network = {
        vpcId: "vpc-1",
        cidrs: { ...networkCidrs, interfaceEndpoints: endpoints },
        publicSubnetIds: ["subnet-a", "subnet-b"],
    };
    const cluster = standInCluster(podSecurityGroups, options);
    const args = { platform, cluster, network, application: standInNamespace, database, queues: { orders } };
    return createServices(spec, args, options);
}

const build = (podSecurityGroups: boolean, endpoints: string[]): Promise<Rehearsal<Services>> =>
    rehearse(false, (options) => make(podSecurityGroups, endpoints, options));

/** On burstable nodes without endpoints, as in dev; and on others with them, as in prod. */
let small: Rehearsal<Services>;
let large: Rehearsal<Services>;
beforeAll(async () => {
    small = await build(false, []);
    large = await build(true, ["sqs"]);
}, 30_000);

const queue = "arn:aws:sqs:eu-west-1:123456789012:shop-test-orders";
const key = "arn:aws:test:eu-west-1:123456789012:orders-encryption-key";

it("lets each service do in AWS what it declared, and nothing else", async () => {
    const { resources } = small;
    const rights = await rightsOf(resources);
    // Those of the database's monitoring are AWS's to use.
    const ours = Object.entries(rights).filter(([role]) => role !== "shop-test-database-monitoring");
    expect(Object.fromEntries(ours)).toEqual({
        "shop-test-backend": [`kms:Decrypt on ${key}`, `kms:GenerateDataKey on ${key}`, `sqs:SendMessage on ${queue}`],
        "shop-test-sqs-worker": [
            `kms:Decrypt on ${key}`,
            `kms:GenerateDataKey on ${key}`,
            `sqs:ChangeMessageVisibility on ${queue}`,
            `sqs:DeleteMessage on ${queue}`,
            `sqs:GetQueueAttributes on ${queue}`,
            `sqs:ReceiveMessage on ${queue}`,
            `sqs:SendMessage on ${queue}`,
        ],
    });
});

const dns = ["to kube-dns in kube-system at TCP 53", "to kube-dns in kube-system at UDP 53"];
const stores = ["to 10.0.144.0/23 at TCP 5432", "to 10.0.146.0/23 at TCP 5432"];
const loadBalancer = (port: number) => [`from 10.0.128.0/23 at TCP ${port}`, `from 10.0.130.0/23 at TCP ${port}`];
const agent = "to 169.254.170.23/32 at TCP 80";

it.each<[string, string[], string[]]>([
    ["over the internet", [], ["to 0.0.0.0/0 but 10.0.0.0/16 at TCP 443"]],
    ["through the VPC's endpoints alone", ["sqs"], ["to 10.0.0.0/20 at TCP 443", "to 10.0.16.0/20 at TCP 443"]],
])("opens the declared paths and no other, with AWS %s", async (_, endpoints, aws) => {
    const { resources } = endpoints.length > 0 ? large : small;
    expect(await pathsOf(resources)).toEqual({
        frontend: [...loadBalancer(8080), "to backend at TCP 3000", ...dns].sort(),
        backend: [...loadBalancer(3000), "from frontend at TCP 3000", ...dns, ...stores, agent, ...aws].sort(),
        "sqs-worker": [...dns, ...stores, agent, ...aws].sort(),
    });
});

it("lets the nodes into the database once, however many services on them use it", async () => {
    const { resources } = small;
    const rules = (await groupRulesOf(resources)).filter((rule) => rule.includes("sg-nodes"));
    expect(rules).toEqual(["database-access-security-group-id takes from sg-nodes at tcp 5432"]);
});

it("gives pods that use a data store a security group of their own where the nodes can, and keeps the nodes out", async () => {
    const { resources } = large;
    const rules = (await groupRulesOf(resources)).filter((rule) => !rule.includes("database-access-client"));
    const database = "database-access-security-group-id";
    const [backend, worker] = ["backend-security-group-group-id", "sqs-worker-security-group-group-id"];
    const resolution = (group: string) =>
        ["tcp 53", "udp 53"].flatMap((port) => [
            `${group} may reach sg-nodes at ${port}`,
            `sg-nodes takes from ${group} at ${port}`,
        ]);
    const both = [backend, worker].flatMap((group) => [
        `${database} takes from ${group} at tcp 5432`,
        `${group} may reach ${database} at tcp 5432`,
        `${group} may reach 10.0.0.0/20 at tcp 443`,
        `${group} may reach 10.0.16.0/20 at tcp 443`,
        ...resolution(group),
    ]);
    expect(rules).toEqual([...both, `${backend} takes from sg-nodes at tcp 3000`].sort());
});

it("puts just the service's pods into its group, before there are any", async () => {
    const { resources } = large;
    const policies = resources.filter(({ inputs }) => inputs.kind === "SecurityGroupPolicy");
    expect(policies.map(({ name }) => name).sort()).toEqual([
        "backend-security-group-policy",
        "sqs-worker-security-group-policy",
    ]);
    const deployment = resources.find(({ name }) => name === "backend-deployment");
    expect([deployment?.options.dependsOn].flat()).toContain(
        policies.find(({ name }) => name.startsWith("backend"))?.resource,
    );
});

it("gives the raw resources of workloads and of the ingress", () => {
    const { made, resources } = large;
    const { backend } = made.workloads;
    expect(namesOfNodes(resources, backend?.nodes)).toMatchObject({
        deployment: "backend-deployment",
        serviceAccount: "backend-service-account",
        networkPolicy: "backend-network-policy",
        disruptionBudget: "backend-disruption-budget",
        autoscaler: "backend-autoscaler",
        service: "backend-service",
        securityGroup: "backend-security-group-group",
    });
    expect(backend?.nodes.role).toBeInstanceOf(aws.iam.Role);
    expect(namesOfNodes(resources, made.ingress?.nodes)).toMatchObject({
        ingress: "ingress-ingress",
        certificate: "ingress-tls-certificate",
        record: "ingress-record",
    });
});
