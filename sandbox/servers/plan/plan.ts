import type { Account, Entity } from "../../account/account";
import type { Cipher } from "../../account/cipher";
import { plannedCaches } from "./cache";
import { plannedDatabases } from "./database";
import { plannedQueues } from "./queue";
import { plannedSecrets } from "./secret";

/** Host and port, as clients are told them. */
export interface Endpoint {
    host: string;
    port: number;
}

export interface Login {
    user: string;
    password: string;
}

export interface Parameter {
    name: string;
    value: string;
}

/** A database server: an instance or an Aurora cluster. */
export interface DatabasePlan {
    /** Its identifier in RDS. */
    name: string;
    engine: "postgres" | "mysql";
    /** The version that RDS has. */
    version: string;
    /** Where RDS has it; its replicas, readers and proxies follow. */
    endpoints: Endpoint[];
    database: string;
    master: Login;
    /** Who else logs in, by the secrets that name the server. */
    users: Login[];
    parameters: Parameter[];
}

/** A user of a cache. */
export interface CacheUser {
    name: string;
    /** What it may do, as `ACL SETUSER` takes it. */
    rules: string;
    passwords: string[];
}

/** A cache: a replication group. */
export interface CachePlan {
    /** Its identifier in ElastiCache. */
    name: string;
    engine: "redis" | "valkey";
    version: string;
    endpoints: Endpoint[];
    /** Undefined without cluster mode. */
    shards?: number;
    tls: boolean;
    /** Without any, whoever comes may do all. */
    users: CacheUser[];
    /** Whom a client logs in as; the user is missing where a token is shared. */
    login?: { user?: string; password: string };
    parameters: Parameter[];
}

export interface QueuePlan {
    name: string;
    url: string;
    /** As SQS's API has them. */
    attributes: Record<string, string>;
    /** Those that name other queues, which have to be there first. */
    lateAttributes: Record<string, string>;
    tags: Record<string, string>;
}

export interface SecretPlan {
    name: string;
    arn: string;
    description: string;
    /** The text of its current version. */
    text: string;
    tags: Record<string, string>;
}

/** What a stack has that can be served on one machine. */
export interface ServedPlan {
    region: string;
    accountId: string;
    databases: DatabasePlan[];
    caches: CachePlan[];
    queues: QueuePlan[];
    secrets: SecretPlan[];
}

/** Reads from a stack's emulated account what is to be served. It holds secrets. */
export function servedPlan(account: Account, cipher: Cipher): ServedPlan {
    const entities = account
        .records()
        .filter(({ retained }) => !retained)
        .map((entity) => ({ ...entity, inputs: cipher.open(entity.inputs), outputs: cipher.open(entity.outputs) }));
    const secrets = plannedSecrets(entities);
    return {
        ...ownerOf(entities),
        secrets,
        databases: plannedDatabases(entities, secrets),
        caches: plannedCaches(entities, secrets),
        queues: plannedQueues(entities),
    };
}

/** The region and the number of the account, as the ARNs have them. */
function ownerOf(entities: Entity[]): { region: string; accountId: string } {
    const arns = entities.map(({ outputs }) => String(outputs.arn ?? "").split(":"));
    const [, , , region = "us-east-1", accountId = "123456789012"] = arns.find((parts) => parts[3] && parts[4]) ?? [];
    return { region, accountId };
}
