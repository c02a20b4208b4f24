import { shortHash } from "../naming";

/** The ConfigMap of what is no secret. */
export const configMapName = "app-config";

/** The Kubernetes Secrets that services and Helm charts of others read. */
export const secretNames = {
    /** URL and parts of the database, for the application's user. */
    database: "platform-database",
    /** URL and parts of the cache. */
    cache: "platform-redis",
    /** What the application itself needs to keep secret. */
    application: "app-secrets",
} as const;

/** The Kubernetes Secret of the entries that services have besides those of the ConfigMap, where some are secret. */
export const secretConfigurationName = "app-config-secret";

/** The Kubernetes Secret of a service's own variables, where they are secret. */
export function environmentSecretName(service: string): string {
    return `${service}-environment`;
}

/** Who may look into the Secrets: the one role, and the group of people that an access entry puts into it. */
export const secretReaders = { role: "secret-readers", group: "platform-secret-readers" } as const;

/** What the Jobs that prepare the database are to the network and to Kubernetes: a service like any other. */
export const databaseJobs = "database-jobs";

/** Eight hexadecimal digits that stand for a value: names carry them so that another value has another name. */
export function fingerprint(value: unknown): string {
    return shortHash(JSON.stringify(value));
}

/** The names of the variables that hold queues' URLs, by queue: the only queue's is also plain `SQS_QUEUE_URL`. */
export function queueVariables(queues: readonly string[]): [variable: string, queue: string][] {
    const named = queues.map((queue): [string, string] => [
        `SQS_QUEUE_URL_${queue.toUpperCase().replaceAll("-", "_")}`,
        queue,
    ]);
    const [only, ...others] = queues;
    return only !== undefined && others.length === 0 ? [["SQS_QUEUE_URL", only], ...named] : named;
}
