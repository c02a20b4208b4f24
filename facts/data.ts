/** What the files in `data/` hold. `npm run facts` writes them; each is read when it is first needed, and by nobody else. */

/** Where a file's facts come from, and until when they can be relied on. */
export interface Origin {
    sources: { name: string; version: string; licence: string; date: string }[];
    /** The day on which the sources were last brought up to date. */
    takenOn: string;
    /** The day from which somebody has to look again. */
    validUntil: string;
}

/** Names by family: for each the sizes, and the regions that have these, as `["large xlarge", "eu-west-1 us-east-1"]`. */
export type Families = Record<string, [sizes: string, regions: string][]>;

/** Virtual CPUs, memory in MiB, processor, network interfaces, IPv4 addresses of one interface. */
export type InstanceTypeFacts = [
    cpus: number,
    memoryMiB: number,
    architecture: "arm64" | "x86_64",
    interfaces: number,
    addresses: number,
];

export type DatabaseEngine = "postgres" | "mysql" | "aurora-postgresql" | "aurora-mysql";
export type CacheEngine = "redis" | "valkey";

/** The days until which AWS supports a major version: without extra charge, and for one. Absent where AWS names none. */
export interface Support {
    standardUntil?: string;
    extendedUntil?: string;
}

/** The actions of a service in IAM. */
export interface ServicePermissions {
    /** The ARN of each type of resource, with a variable in braces where it differs: `arn:${Partition}:sqs:…`. */
    resources: Record<string, string>;
    /** Actions, with blanks between, by the types that they take, with commas between: those under the empty name take no resource. */
    actions: Record<string, string>;
    /** The condition keys that each type of resource gives to a request, with commas between; `*` stands for what differs. */
    resourceKeys: Record<string, string>;
    /** Actions, with blanks between, by the condition keys that a request for them has besides, with commas between. */
    keys: Record<string, string>;
}

interface Files {
    databases: {
        origin: Origin;
        classes: Record<DatabaseEngine, Families>;
        versions: Record<DatabaseEngine, { available: string[]; deprecated: string[] }>;
    };
    caches: { origin: Origin; nodeTypes: Families; versions: Record<CacheEngine, string[]> };
    instances: { origin: Origin; types: Families };
    hardware: { origin: Origin; types: Record<string, InstanceTypeFacts> };
    support: { origin: Origin; versions: Record<DatabaseEngine | "kubernetes", Record<string, Support>> };
    /** Keys that a request of any service may have, and services by their prefix. */
    permissions: { origin: Origin; globalKeys: string[]; services: Record<string, ServicePermissions> };
    /** Documents of AWS's managed policies, by their ARN's end, such as `service-role/AmazonEBSCSIDriverPolicy`. */
    managedPolicies: { origin: Origin; policies: Record<string, unknown> };
    /** The services that have VPC endpoints: see `tools/facts/endpoints.ts`. */
    endpoints: {
        origin: Origin;
        /** By the first letter, with blanks between. */
        services: Record<string, string>;
        /** The names of those that are formed otherwise, with `*` for the region. */
        otherwise: Record<string, string>;
        /** By region, those whose names begin with the partition's own prefix, with blanks between. */
        ownPrefix: Record<string, string>;
    };
    /** Letters of zones, and pairs of a letter and the id that a zone has in an account, as `a:use1-az6`. */
    zones: { origin: Origin; letters: Record<string, string>; ids: Record<string, string> };
}

export type FileName = keyof Files;

/** By `require` within functions, which bundlers leave to the first call too. */
const readers: { [Name in FileName]: () => unknown } = {
    databases: () => require("./data/databases.json"),
    caches: () => require("./data/caches.json"),
    instances: () => require("./data/instances.json"),
    hardware: () => require("./data/hardware.json"),
    support: () => require("./data/support.json"),
    permissions: () => require("./data/permissions.json"),
    endpoints: () => require("./data/endpoints.json"),
    managedPolicies: () => require("./data/managed-policies.json"),
    zones: () => require("./data/zones.json"),
};

export const fileNames = Object.keys(readers) as FileName[];

/** A file of facts. */
export function facts<Name extends FileName>(name: Name): Files[Name] {
    return readers[name]() as Files[Name];
}
