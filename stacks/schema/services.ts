import type {
    IngressSpec,
    ProbeSpec,
    QueueDepthSpec,
    ReachSpec,
    ReplicaRange,
    ResourceSpec,
    ScalingSpec,
    SecretKey,
    WafSpec,
    WorkloadSpec,
} from "@plinth/components";
import { z } from "zod";
import type { Fields } from "./form";

const names = z.array(z.string());

const replicas = z.strictObject({ minimum: z.number(), maximum: z.number() } satisfies Fields<ReplicaRange>);

const queueDepth = z.strictObject({
    queue: z.string(),
    messagesPerReplica: z.number(),
} satisfies Fields<QueueDepthSpec>);

const scaling = z.strictObject({
    cpuPercent: z.number(),
    memoryPercent: z.number(),
    queueDepth: queueDepth.partial(),
} satisfies Fields<ScalingSpec>);

const resources = z.strictObject({
    cpuRequest: z.string(),
    cpuLimit: z.string(),
    memoryRequest: z.string(),
    memoryLimit: z.string(),
} satisfies Fields<ResourceSpec>);

const probes = z.strictObject({
    path: z.string(),
    command: names,
    startupSeconds: z.number(),
    periodSeconds: z.number(),
} satisfies Fields<ProbeSpec>);

const reaches = z.strictObject({
    database: z.boolean(),
    cache: z.boolean(),
    queues: z.strictObject({ send: names, consume: names }).partial(),
    services: names,
    internet: z.boolean(),
} satisfies Fields<ReachSpec>);

const secret = z.strictObject({ secret: z.string(), key: z.string() } satisfies Fields<SecretKey>);

const service = z.strictObject({
    image: z.string(),
    command: names,
    arguments: names,
    port: z.number(),
    replicas: replicas.partial(),
    scaling: scaling.partial(),
    resources: resources.partial(),
    environment: z.record(z.string(), z.string()),
    secrets: z.record(z.string(), secret.partial()),
    secretFiles: z.record(z.string(), z.string()),
    probes: probes.partial(),
    runAsUser: z.number(),
    drainSeconds: z.number(),
    terminationGraceSeconds: z.number(),
    ingressPath: z.string(),
    reaches: reaches.partial(),
    identity: z.boolean(),
} satisfies Fields<WorkloadSpec>);

const waf = z.strictObject({
    ruleGroups: names,
    requestsPerFiveMinutes: z.number(),
    logRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<WafSpec>);

const ingress = z.strictObject({
    host: z.string(),
    hostedZoneId: z.string(),
    certificateArn: z.string(),
    tlsPolicy: z.string(),
    inboundCidrs: names,
    idleTimeoutSeconds: z.number(),
    accessLogBucket: z.string(),
    waf: waf.partial(),
} satisfies Fields<IngressSpec>);

/** The services of the cluster by name, and how they are reached from the internet. */
export const services = {
    services: z.record(z.string(), service.partial()),
    ingress: ingress.partial(),
};

export type ServiceSettings = z.infer<ReturnType<typeof service.partial>>;
export type IngressSettings = z.infer<ReturnType<typeof ingress.partial>>;
