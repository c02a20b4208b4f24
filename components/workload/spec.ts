/** A service that runs in the cluster, in plain values. */
export interface WorkloadSpec {
    /**
     * The image, with a fixed tag or a digest: what runs is then what was tried. The default serves a page on port 8080, so
     * that a platform comes up before it has images of its own.
     * @default public.ecr.aws/nginx/nginx-unprivileged:1.29.8-alpine
     * @remarks Rolled out one pod at a time.
     */
    image: string;
    /** What runs in the place of the image's entry point. */
    command?: string[];
    /** Its arguments. */
    arguments?: string[];
    /**
     * The TCP port that it serves, which is its Service's port too: the VPC CNI's network policies need them to be the same.
     * Left out for one that serves nothing, such as a worker on a queue.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
     */
    port?: number;
    /**
     * Between how many pods it scales.
     * @default 2 to 10
     */
    replicas: ReplicaRange;
    /**
     * When it scales.
     * @default at 70 % of the CPU and 80 % of the memory that it asked for
     */
    scaling: ScalingSpec;
    /**
     * What each pod is given and may use at most.
     * @default 250m of a CPU and 256Mi given, 500m and 512Mi at most
     */
    resources: ResourceSpec;
    /**
     * Environment variables, on top of those that all services share. Nothing secret: that goes into `secrets`.
     * @default none
     */
    environment: Record<string, string>;
    /**
     * Environment variables that are taken from Kubernetes secrets, by name. A pod sees a new value when it is started anew.
     * @default none
     */
    secrets: Record<string, SecretKey>;
    /**
     * Kubernetes secrets that are mounted as files, by the directory: `{ /run/secrets/database: platform-database }`. A pod
     * sees a new value within a minute or two.
     * @default none
     */
    secretFiles: Record<string, string>;
    /**
     * How the cluster tells that a pod has started, serves and lives.
     * @default / every 10 seconds, after up to 60 seconds to start in
     */
    probes: ProbeSpec;
    /**
     * The user that the process runs as, never root. 101 is the default image's.
     * @default 101
     */
    runAsUser: number;
    /**
     * Seconds that a pod which serves a port goes on serving after it was told to end, until load balancer and Services send
     * it nothing more.
     * @default 15
     */
    drainSeconds: number;
    /**
     * Seconds from being told to end until it is killed, draining included. A worker needs as long as a message takes it.
     * @default 60
     */
    terminationGraceSeconds: number;
    /**
     * The path on the platform's host under which it is reached from the internet: `/`, `/api`. Left out for one that isn't.
     */
    ingressPath?: string;
    /**
     * What it may reach. Everything else is closed to it.
     * @default nothing
     */
    reaches: ReachSpec;
    /**
     * Whether it has a role in AWS even where it uses no queue: for rights that the program gives it.
     * @default false
     */
    identity: boolean;
}

/** Between how many pods a service scales. */
export interface ReplicaRange {
    /** The fewest, 1 or more; 0 where the depth of a queue wakes it up. */
    minimum: number;
    /** The most. */
    maximum: number;
}

/** When a service scales. */
export interface ScalingSpec {
    /** Use of the requested CPU that is aimed at, in percent. */
    cpuPercent: number;
    /** Use of the requested memory that is aimed at, in percent. */
    memoryPercent: number;
    /** Scales on the messages that wait in a queue as well, through KEDA. */
    queueDepth?: QueueDepthSpec;
}

/** Scaling on the messages that wait. */
export interface QueueDepthSpec {
    /** The queue's name, one that the service consumes. */
    queue: string;
    /**
     * Messages, waiting or being worked on, that one pod is meant to see to.
     * @default 5
     */
    messagesPerReplica: number;
}

/** What a pod is given and may use at most, as Kubernetes writes quantities: `250m` of a CPU, `256Mi` of memory. */
export interface ResourceSpec {
    cpuRequest: string;
    cpuLimit: string;
    memoryRequest: string;
    memoryLimit: string;
}

/** One key of a Kubernetes secret. */
export interface SecretKey {
    secret: string;
    key: string;
}

/** How the cluster tells that a pod has started, serves and lives. Without a port or a command, only that its process runs. */
export interface ProbeSpec {
    /** Path that answers 200 while it serves. The load balancer asks for it too. Of no use without a port. */
    path: string;
    /** A command in the container that ends with 0 while it lives, in the place of `path`. */
    command?: string[];
    /** Seconds that a pod has to start in. */
    startupSeconds: number;
    /** Seconds between two probes. */
    periodSeconds: number;
}

/** What a service may reach. Name resolution is always open. */
export interface ReachSpec {
    /** The platform's database. */
    database: boolean;
    /** The platform's cache. */
    cache: boolean;
    /** Queues that it may send to, and queues that it may take messages from, by name. */
    queues: { send: string[]; consume: string[] };
    /** Other services of the platform, by name. */
    services: string[];
    /** HTTPS to whatever is outside the VPC. */
    internet: boolean;
}
