import type { z } from "zod";
import { byDefault, byName, flag, listOf, matching, settings, text, whole } from "../settings";

/** Between how many pods a service scales. */
const replicas = settings({
    /** The fewest, 1 or more; 0 where the depth of a queue starts it. */
    minimum: whole(0, 1_000).meta(byDefault(2)),
    /** The most. */
    maximum: whole(1, 1_000).meta(byDefault(10)),
});

/** Scaling on the messages that wait. */
const queueDepth = settings({
    /** The queue's name, one that the service consumes. */
    queue: text("the name of a queue"),
    /** Messages, waiting or being worked on, that one pod is meant to handle. The default is KEDA's. */
    messagesPerReplica: whole(1).meta(byDefault(5)),
});

/** When a service scales. */
const scaling = settings({
    /** Use of the requested CPU that is aimed at, in percent. */
    cpuPercent: whole(1, 100).meta(byDefault(70)),
    /** Use of the requested memory that is aimed at, in percent. */
    memoryPercent: whole(1, 100).meta(byDefault(80)),
    /** Scales on the messages that wait in a queue as well, through KEDA. */
    queueDepth: queueDepth.optional(),
});

/** What a pod is given and may use at most, as Kubernetes writes quantities: `250m` of a CPU, `256Mi` of memory. */
const resources = settings({
    /** CPU that the pod is given. */
    cpuRequest: text("an amount of CPU, like 250m").meta(byDefault("250m")),
    /** CPU that it may use at most. */
    cpuLimit: text("an amount of CPU, like 500m").meta(byDefault("500m")),
    /** Memory that the pod is given. */
    memoryRequest: text("an amount of memory, like 256Mi").meta(byDefault("256Mi")),
    /** Memory that it may use at most. */
    memoryLimit: text("an amount of memory, like 512Mi").meta(byDefault("512Mi")),
});

/** One key of a Kubernetes secret. */
const secretKey = settings({
    /** The name of the Kubernetes secret. */
    secret: matching(/\S/, "the name of a Kubernetes secret", "platform-database"),
    /** Its key. */
    key: matching(/\S/, "a key of the Kubernetes secret", "DATABASE_URL"),
});

const urlPath = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;

/** How the cluster tells that a pod has started, serves and lives. Without a port or a command, only that its process runs. */
const probes = settings({
    /** Path that answers 200 while it serves. The load balancer asks for it too. Of no use without a port. */
    path: matching(urlPath, "a path", "/health").meta(byDefault("/")),
    /** A command in the container that ends with 0 while it lives, in the place of `path`. */
    command: listOf(text()).optional(),
    /** Seconds that a pod has to start in. */
    startupSeconds: whole(1, 3_600).meta(byDefault(60)),
    /** Seconds between two probes. */
    periodSeconds: whole(1, 300).meta(byDefault(10)),
});

/** What a service may reach. Name resolution is always open. */
const reaches = settings({
    /** The platform's database. */
    database: flag().meta(byDefault(false)),
    /** The platform's cache. */
    cache: flag().meta(byDefault(false)),
    /** Queues, by name. */
    queues: settings({
        /** Queues that it may send to. */
        send: listOf(text("the name of a queue")).meta(byDefault([])),
        /** Queues that it may take messages from. */
        consume: listOf(text("the name of a queue")).meta(byDefault([])),
    }),
    /** Other services of the platform, by name. */
    services: listOf(text("the name of a service")).meta(byDefault([])),
    /** HTTPS to whatever is outside the VPC. */
    internet: flag().meta(byDefault(false)),
});

/** The image of a service that has none of its own yet, and the port that it serves. */
export const defaultImage = { name: "public.ecr.aws/nginx/nginx-unprivileged:1.29.8-alpine", port: 8080 };

/** A service that runs in the cluster. */
export const workloadSettings = settings({
    /**
     * The image, with a fixed tag or a digest: what runs is then what was tried. The default serves a page on port 8080, so
     * that a platform comes up before it has images of its own.
     * @remarks Rolled out one pod at a time.
     */
    image: text("an image").meta(byDefault(defaultImage.name)),
    /** What runs in the place of the image's entry point. */
    command: listOf(text()).optional(),
    /** Its arguments. */
    arguments: listOf(text()).optional(),
    /**
     * The TCP port that it serves, which is its Service's port too: the VPC CNI's network policies need them to be the same.
     * Left out for one that serves nothing, such as a worker on a queue.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
     */
    port: whole(1_024, 65_535).optional(),
    /**
     * Between how many pods it scales.
     * @remarks Updated in place.
     */
    replicas,
    /**
     * When it scales.
     * @remarks Updated in place.
     */
    scaling,
    /**
     * What each pod is given and may use at most.
     * @remarks Rolled out one pod at a time.
     */
    resources,
    /**
     * Environment variables, on top of those that all services share. Nothing secret: that goes into `secrets`.
     * @remarks Rolled out one pod at a time.
     */
    environment: byName(text()).meta(byDefault({})),
    /**
     * Environment variables that are taken from Kubernetes secrets, by name. A pod sees a new value when it is started anew.
     * @remarks Rolled out one pod at a time.
     */
    secrets: byName(secretKey).meta(byDefault({})),
    /**
     * Kubernetes secrets that are mounted as files, by the directory: `{ /run/secrets/database: platform-database }`. A pod
     * sees a new value within a minute or two.
     * @remarks Rolled out one pod at a time.
     */
    secretFiles: byName(matching(/\S/, "the name of a Kubernetes secret", "platform-database")).meta(byDefault({})),
    /**
     * How the cluster tells that a pod has started, serves and lives.
     * @remarks Rolled out one pod at a time.
     */
    probes,
    /**
     * The user that the process runs as, never root. 101 is the default image's.
     * @remarks Rolled out one pod at a time.
     */
    runAsUser: whole(1, 2_147_483_647).meta(byDefault(101)),
    /**
     * Seconds that a pod which serves a port goes on serving after it was told to end, until load balancer and Services send
     * it nothing more.
     * @remarks Rolled out one pod at a time.
     */
    drainSeconds: whole(0, 3_600).meta(byDefault(15)),
    /**
     * Seconds from being told to end until it is killed, draining included. A worker needs as long as a message takes it.
     * @remarks Rolled out one pod at a time.
     */
    terminationGraceSeconds: whole(1, 43_200).meta(byDefault(60)),
    /**
     * The path on the platform's host under which it is reached from the internet: `/`, `/api`. Left out for one that isn't.
     * @remarks Updated in place.
     */
    ingressPath: matching(urlPath, "a path", "/api").optional(),
    /**
     * What it may reach. Everything else is closed to it.
     * @remarks Updated in place.
     */
    reaches,
    /**
     * Whether it has a role in AWS even where it uses no queue: for rights that the program gives it.
     * @remarks Updated in place.
     */
    identity: flag().meta(byDefault(false)),
});

export type WorkloadSpec = z.output<typeof workloadSettings>;
export type ReplicaRange = z.output<typeof replicas>;
export type QueueDepthSpec = z.output<typeof queueDepth>;
export type ScalingSpec = z.output<typeof scaling>;
export type ResourceSpec = z.output<typeof resources>;
export type SecretKey = z.output<typeof secretKey>;
export type ProbeSpec = z.output<typeof probes>;
export type ReachSpec = z.output<typeof reaches>;
