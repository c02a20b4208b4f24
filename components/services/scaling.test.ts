import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { Queue } from "../queue";
import { rightsOf } from "../testing/access";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform, queueSpec } from "../testing/specs";
import { networkCidrs, serviceLogs, standInCluster, standInNamespace, workloadSpec } from "../testing/workloads";
import type { WorkloadSpec } from "../workload/spec";
import { Workload } from "../workload/workload";
import { createServices } from "./services";

const worker: WorkloadSpec = {
    ...workloadSpec,
    port: undefined,
    replicas: { minimum: 0, maximum: 5 },
    scaling: { ...workloadSpec.scaling, queueDepth: { queue: "orders", messagesPerReplica: 10 } },
    reaches: { ...workloadSpec.reaches, queues: { send: [], consume: ["orders"] } },
};

it("scales on a queue's depth through KEDA, in the place of an autoscaler that would fight it", async () => {
    const { resources } = await rehearse(false, (options) => {
        const orders = new Queue("orders", { ...queueSpec, platform }, options);
        const network = { vpcId: "vpc-1", cidrs: networkCidrs, publicSubnetIds: [] };
        const cluster = standInCluster(false, options);
        const args = { platform, cluster, network, application: standInNamespace, queues: { orders } };
        return createServices({ services: { worker, second: worker }, logs: serviceLogs }, args, options);
    });
    expect(resources.filter(({ type }) => type.endsWith(":HorizontalPodAutoscaler"))).toEqual([]);
    // One KEDA for all of them.
    expect(resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")).toHaveLength(1);
    expect(await settled(inputsOf(resources, "worker-scaled-object").spec)).toMatchObject({
        scaleTargetRef: { name: "worker" },
        minReplicaCount: 0,
        maxReplicaCount: 5,
        triggers: [
            {
                type: "aws-sqs-queue",
                metadata: {
                    queueURL: "https://sqs.example.internal/orders-queue",
                    queueLength: "10",
                    awsRegion: "eu-west-1",
                },
                authenticationRef: { name: "queue-scaling" },
            },
            { type: "cpu", metadata: { value: "70" } },
            { type: "memory", metadata: { value: "80" } },
        ],
    });
    const queue = "arn:aws:sqs:eu-west-1:123456789012:shop-test-orders";
    expect((await rightsOf(resources))["shop-test-queue-scaling"]).toEqual([
        `sqs:GetQueueAttributes on ${queue}`,
        `sqs:GetQueueAttributes on ${queue}`,
    ]);
});

it("gives a service of one queue that queue's URL as its own, whatever other queues there are", async () => {
    const { resources } = await rehearse(false, (options) => {
        const create = (name: string) => new Queue(name, { ...queueSpec, platform }, options);
        const network = { vpcId: "vpc-1", cidrs: networkCidrs, publicSubnetIds: [] };
        const cluster = standInCluster(false, options);
        const queues = { emails: create("emails"), orders: create("orders") };
        const args = { platform, cluster, network, application: standInNamespace, queues };
        const reaching = (send: string[], consume: string[]) => ({
            ...workloadSpec,
            reaches: { ...workloadSpec.reaches, queues: { send, consume } },
        });
        const own = { ...reaching(["orders"], []), environment: { SQS_QUEUE_URL: "mine" } };
        const services = { one: reaching(["orders"], ["orders"]), two: reaching(["orders"], ["emails"]), own };
        return createServices({ services, logs: serviceLogs }, args, options);
    });
    const urls = ["one", "two", "own"].map(async (name) => {
        const spec = (await settled(inputsOf(resources, `${name}-deployment`).spec)) as {
            template: { spec: { containers: { env: { name: string; value: string }[] }[] } };
        };
        const variables = spec.template.spec.containers[0]?.env ?? [];
        return variables.filter((one) => one.name === "SQS_QUEUE_URL").map(({ value }) => value);
    });
    expect(await Promise.all(urls)).toEqual([["https://sqs.example.internal/orders-queue"], [], ["mine"]]);
});

it("refuses to scale a single service on a queue without what scales it, before anything is created", async () => {
    const make = rehearse(false, (options) => {
        const orders = new Queue("orders", { ...queueSpec, platform }, options);
        const args = { ...worker, platform, cluster: standInCluster(false, options), application: standInNamespace };
        const network = { vpcId: "vpc-1", cidrs: networkCidrs };
        const logGroup = new aws.cloudwatch.LogGroup("log", {}, options);
        const reach = { queues: { orders }, network, logGroup, callers: [], called: [], exposed: false };
        return new Workload("worker", { ...args, ...reach }, options);
    });
    await expect(make).rejects.toThrow("worker.scaling.queueDepth: needs queueScaling");
});
