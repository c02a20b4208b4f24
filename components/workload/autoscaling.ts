import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { QueueDepthSpec, ReplicaRange, ScalingSpec } from "./spec";

type AutoscalerSpec = types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type Behavior = types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;

/** Up fast, by double or by two pods in a minute; down slowly, by a pod a minute after five quiet ones. */
const behavior = {
    scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: "Max",
        policies: [
            { type: "Percent", value: 100, periodSeconds: 60 },
            { type: "Pods", value: 2, periodSeconds: 60 },
        ],
    },
    scaleDown: {
        stabilizationWindowSeconds: 300,
        selectPolicy: "Max",
        policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
    },
} satisfies Behavior;

/** Scales a Deployment on the CPU and memory use of its pods, in percent of their requests. */
export function autoscalerSpec(deployment: string, replicas: ReplicaRange, scaling: ScalingSpec): AutoscalerSpec {
    const metric = (name: "cpu" | "memory", averageUtilization: number) => ({
        type: "Resource",
        resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
        minReplicas: replicas.minimum,
        maxReplicas: replicas.maximum,
        metrics: [metric("cpu", scaling.cpuPercent), metric("memory", scaling.memoryPercent)],
        behavior,
    };
}

/** The queue that a Deployment is scaled on. */
export interface ScaledQueue {
    url: pulumi.Input<string>;
    region: pulumi.Input<string>;
    /** The TriggerAuthentication that KEDA reads the queue with. */
    authentication: string;
}

/**
 * Scales a Deployment on a queue's depth, and also on CPU and memory: KEDA makes one autoscaler of it, because two on one
 * Deployment would conflict. CPU and memory count only while a pod runs, so only the queue scales up from 0.
 * @see https://keda.sh/docs/latest/scalers/aws-sqs/
 */
export function scaledObjectSpec(
    deployment: string,
    replicas: ReplicaRange,
    { cpuPercent, memoryPercent }: ScalingSpec,
    { messagesPerReplica }: QueueDepthSpec,
    queue: ScaledQueue,
) {
    const usage = (type: "cpu" | "memory", percent: number) => ({
        type,
        metricType: "Utilization",
        metadata: { value: String(percent) },
    });
    return {
        scaleTargetRef: { name: deployment },
        minReplicaCount: replicas.minimum,
        maxReplicaCount: replicas.maximum,
        pollingInterval: 30,
        cooldownPeriod: 300,
        advanced: { horizontalPodAutoscalerConfig: { behavior } },
        triggers: [
            {
                type: "aws-sqs-queue",
                metadata: {
                    queueURL: queue.url,
                    queueLength: String(messagesPerReplica),
                    awsRegion: queue.region,
                },
                authenticationRef: { name: queue.authentication },
            },
            usage("cpu", cpuPercent),
            usage("memory", memoryPercent),
        ],
    };
}
