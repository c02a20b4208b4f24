import { expect, it } from "vitest";
import { Queue } from "../queue";
import { rightsOf } from "../testing/access";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform, queueSpec } from "../testing/specs";
import { networkCidrs, standInCluster, standInNamespace, workloadSpec } from "../testing/workloads";
import type { WorkloadSpec } from "../workload/spec";
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
        return createServices({ services: { worker, second: worker } }, args, options);
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
