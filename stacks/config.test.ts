import { databaseProxySettings, defaultsOf, type TierName, tierNames } from "@plinth/components";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { loadPlatformSpec, parseConfig } from "./config";
import type { PlatformSpec } from "./resolve";

const databaseProxy = defaultsOf(databaseProxySettings, { tier: "prod" });

/** A configuration as Pulumi returns it: under `plinth:`, whatever isn't a text is JSON. */
type Settings = Record<string, unknown>;

it("never repeats a secret, whatever is wrong with it", () => {
    expect(problemsOf({ tier: "dev", cache: { authToken: 1234567890123456 } })).toEqual([
        "plinth:cache.authToken: the value is not text; put it in quotes",
    ]);
    expect(problemsOf({ tier: "dev", cache: { authToken: "hunter two" } }).join()).not.toContain("hunter");
});

describe("field F17: a value that was given with --secret", () => {
    const parsed = (settings: Settings, ...secret: string[]) =>
        parseConfig(
            rawOf(settings),
            "live",
            "shop",
            secret.map((key) => `plinth:${key}`),
        );

    it("may be a variable of a service or an entry of the configuration, whatever it is called", () => {
        const workloads = {
            configuration: { API_TOKEN: "t" },
            services: { backend: { environment: { SENTRY_DSN: "https://key:pass@sentry.example.com/1" } } },
        };
        expect(parsed({ tier: "dev", workloads }, "workloads")).toHaveProperty("spec");
        expect(problemsOf({ tier: "dev", workloads })).toHaveLength(2);
    });

    it("is refused where nothing would keep it secret", () => {
        const read = parsed({ tier: "dev", tags: { owner: "me" } }, "tags");
        expect("problems" in read && read.problems.map(({ text }) => text)).toEqual([
            "plinth:tags: holds a value given with --secret, which nothing here keeps secret; give it without",
        ]);
    });

    it("is not repeated by a message about HTTPS addresses", () => {
        const address = "https://events.example.com/key-of-mine";
        const twice = problemsOf({ tier: "dev", notifications: { httpsEndpoints: [address, address] } });
        const wrong = problemsOf({ tier: "dev", notifications: { httpsEndpoints: ["http://key-of-mine"] } });
        expect([twice.length, wrong.length]).toEqual([1, 1]);
        expect([...twice, ...wrong].join()).not.toContain("key-of-mine");
    });
});

describe("the tiers", () => {
    it.each<[TierName, object]>([
        [
            "dev",
            {
                platform: { namePrefix: "shop-live", protect: false },
                network: {
                    cidr: "10.0.0.0/16",
                    availabilityZones: 2,
                    natGateways: "single",
                    interfaceEndpoints: [],
                    flowLogTraffic: "all",
                    flowLogRetentionDays: 30,
                },
                database: {
                    engineVersion: "16",
                    instanceClass: "db.t3.micro",
                    allocatedStorageGiB: 20,
                    maxAllocatedStorageGiB: 100,
                    storageType: "gp3",
                    multiAz: false,
                    readReplicas: 0,
                    backupRetentionDays: 1,
                    backupWindow: "03:00-04:00",
                    maintenanceWindow: "sun:04:00-sun:05:00",
                    finalSnapshot: false,
                    secretRecoveryWindowDays: 0,
                },
                cache: {
                    engine: "redis",
                    engineVersion: "7.1",
                    nodeType: "cache.t3.micro",
                    shards: 0,
                    replicasPerShard: 0,
                    snapshotRetentionDays: 1,
                },
                cluster: { version: "1.35", instanceTypes: ["t3.medium"], minNodes: 1, maxNodes: 4, zones: 2 },
                registry: { names: ["backend", "frontend"], keptImages: 10 },
            },
        ],
        [
            "staging",
            {
                platform: { protect: false },
                network: {
                    availabilityZones: 2,
                    natGateways: "single",
                    interfaceEndpoints: ["secretsmanager", "sts", "ecr.api", "ecr.dkr", "logs"],
                    flowLogRetentionDays: 90,
                },
                database: {
                    instanceClass: "db.t3.small",
                    allocatedStorageGiB: 100,
                    maxAllocatedStorageGiB: 500,
                    storageType: "gp3",
                    multiAz: true,
                    readReplicas: 1,
                    backupRetentionDays: 7,
                    secretRecoveryWindowDays: 7,
                },
                cache: { nodeType: "cache.t3.small", shards: 0, replicasPerShard: 1, snapshotRetentionDays: 5 },
                cluster: { version: "1.35", instanceTypes: ["t3.large"], minNodes: 2, maxNodes: 4, zones: 2 },
            },
        ],
        [
            "prod",
            {
                platform: { protect: true },
                network: { availabilityZones: 3, natGateways: "per-zone", flowLogRetentionDays: 365 },
                database: {
                    instanceClass: "db.r6g.large",
                    allocatedStorageGiB: 500,
                    maxAllocatedStorageGiB: 2000,
                    storageType: "io1",
                    iops: 3000,
                    multiAz: true,
                    readReplicas: 2,
                    backupRetentionDays: 30,
                    autoMinorVersionUpgrade: false,
                    applyImmediately: false,
                    finalSnapshot: true,
                    secretRecoveryWindowDays: 30,
                },
                cache: {
                    nodeType: "cache.r6g.large",
                    shards: 3,
                    replicasPerShard: 2,
                    snapshotRetentionDays: 7,
                    maintenanceWindow: "sun:05:00-sun:06:00",
                },
                cluster: { version: "1.35", instanceTypes: ["m6i.large"], minNodes: 3, maxNodes: 10, zones: 3 },
            },
        ],
    ])("%s is what its table says", (tier, expected) => {
        expect(specOf({ tier })).toMatchObject({ tier, region: "eu-west-1", queues: {}, ...expected });
    });

    it.each(tierNames)("%s breaks no rule of its own, with every kind of queue", (tier) => {
        expect(problemsOf({ tier, queues: { a: {}, b: { fifo: true }, c: { encryption: "sqs" } } })).toEqual([]);
    });
});

describe("what is set", () => {
    it("goes over the tier, field by field", () => {
        const spec = specOf({
            tier: "prod",
            protect: false,
            account: { id: "012345678901" },
            network: { cidr: "10.9.0.0/16" },
            database: { readReplicas: 0 },
            cache: { engine: "valkey" },
            queues: { orders: { visibilityTimeoutSeconds: 30 } },
        });
        expect(spec).toMatchObject({
            accountId: "012345678901",
            platform: { protect: false },
            network: { cidr: "10.9.0.0/16", availabilityZones: 3 },
            database: { readReplicas: 0, instanceClass: "db.r6g.large" },
            cache: { engine: "valkey", engineVersion: "8.0", shards: 3 },
            queues: { orders: { visibilityTimeoutSeconds: 30, maxReceiveCount: 3 } },
        });
    });

    it("restores beside the living database, at a moment that Pulumi has put into its own words", () => {
        const restored = { name: "after", restoreFrom: { pointInTime: "2026-11-20 03:12:00 +0000 UTC" } };
        expect(specOf({ tier: "dev", database: { restored } }).database?.restored).toEqual({
            ...{ name: "after", inService: false, original: "keep" },
            restoreFrom: { pointInTime: "2026-11-20T03:12:00Z" },
        });
        expect(specOf({ tier: "dev" }).database?.restored).toBeUndefined();
    });

    it("keeps the names of a proxy for the database's own", () => {
        const problemsWith = (name: string) =>
            problemsOf({ tier: "dev", database: { restored: { name, restoreFrom: { pointInTime: "latest" } } } });
        for (const name of ["proxy", "proxy-client"])
            expect(problemsWith(name)).toEqual([expect.stringContaining("is a part of the original's own names")]);
        expect(problemsWith("proxyless")).toEqual([]);
    });

    it("restores a cache beside the living one", () => {
        const restored = { name: "after", restoreFrom: { snapshot: "automatic.shop-dev-cache-2026-11-20-02-00" } };
        const spec = specOf({ tier: "dev", cache: { restored } });
        expect(spec.cache?.restored).toEqual({ ...restored, inService: false, original: "keep" });
        expect({ ...spec.cache, restored: undefined }).toEqual(specOf({ tier: "dev" }).cache);
        expect(specOf({ tier: "dev" }).cache?.restored).toBeUndefined();
    });

    it("can leave database, cache and cluster out", () => {
        const spec = specOf({ tier: "dev", database: false, cache: false, cluster: false });
        expect([spec.database, spec.cache, spec.cluster, spec.registry]).toEqual(Array(4).fill(undefined));
    });

    it("monitors from inside the cluster in staging and prod, in dev where it is asked to, and nowhere without a cluster", () => {
        const days = (settings: Settings) => specOf(settings).monitoring?.retentionDays;
        expect([days({ tier: "dev" }), days({ tier: "dev", monitoring: {} })]).toEqual([undefined, 3]);
        expect([days({ tier: "staging" }), days({ tier: "prod" })]).toEqual([15, 30]);
        expect(days({ tier: "prod", monitoring: false })).toBeUndefined();
        expect(days({ tier: "prod", cluster: false })).toBeUndefined();
        expect(problemsOf({ tier: "dev", cluster: false, monitoring: {} })).toEqual([
            "plinth:monitoring: needs the cluster; leave it out, or do not set plinth:cluster to false",
        ]);
    });

    it("shares the fewest nodes over no more zones than there are", () => {
        expect(specOf({ tier: "prod", network: { availabilityZones: 2 } }).cluster?.zones).toBe(2);
        expect(specOf({ tier: "dev", network: { availabilityZones: 3 } }).cluster?.zones).toBe(2);
    });

    it("sets the cluster and the repositories of its images", () => {
        const engineers = { principalArn: "arn:aws:iam::123456789012:role/engineers", groups: ["readers"] };
        const spec = specOf({
            tier: "dev",
            cluster: { capacityType: "spot", access: { engineers } },
            registry: { names: ["api"], keptImages: 3 },
        });
        expect(spec.cluster).toMatchObject({
            capacityType: "spot",
            access: { engineers: { ...engineers, policy: "view" } },
        });
        expect(spec.registry).toEqual({ names: ["api"], keptImages: 3, keyDeletionWindowDays: 7 });
    });

    it("says of a migration what is to be run, and of the rest what is usual", () => {
        const migration = { image: "registry.example.com/backend:1.4.2", command: ["alembic", "upgrade", "head"] };
        const spec = specOf({ tier: "prod", workloads: { namespace: "shop", migration } });
        expect(spec.workloads).toMatchObject({
            namespace: "shop",
            migration: { ...migration, timeoutSeconds: 600, retries: 2, run: 1 },
            secretRecoveryWindowDays: 30,
        });
    });

    it.each([
        ["postgres", /^public\.ecr\.aws\/docker\/library\/postgres:\d+\.\d+-alpine/],
        ["mysql", /^public\.ecr\.aws\/docker\/library\/mysql:8\.4\.\d+$/],
    ])("gives the users of %s the client that can make them", (engine, image) => {
        expect(specOf({ tier: "dev", database: { engine } }).workloads?.databaseClientImage).toMatch(image);
    });

    it("takes as many zones as are named", () => {
        const zones = ["eu-west-1a", "eu-west-1b"];
        expect(specOf({ tier: "prod", network: { zones } }).network).toMatchObject({ zones, availabilityZones: 2 });
    });

    it.each<[TierName, object]>([
        ["dev", { instanceClass: "db.t4g.medium", readReplicas: 0, readerAutoscaling: undefined }],
        ["staging", { instanceClass: "db.t4g.large", readReplicas: 1, readerAutoscaling: undefined }],
        [
            "prod",
            {
                ...{ instanceClass: "db.r6g.large", readReplicas: 2, insights: "advanced" },
                readerAutoscaling: { maximumReaders: 5, targetCpuPercent: 70 },
            },
        ],
    ])("make a sound cluster in %s of nothing but an engine of Aurora's", (tier, expected) => {
        const postgres = specOf({ tier, database: { engine: "aurora-postgresql" } }).database;
        expect(postgres).toMatchObject({ ...expected, engineVersion: "16", port: 5432, storageType: "aurora" });
        expect(Object.keys(postgres ?? {})).not.toContain("allocatedStorageGiB");
        const mysql = specOf({ tier, database: { engine: "aurora-mysql" } }).database;
        expect(mysql).toMatchObject({ ...expected, engineVersion: "8.0", port: 3306 });
    });

    it("make it serverless where its capacity is given, with the connections that this carries", () => {
        const serverlessCapacity = { minimumAcu: 0.5, maximumAcu: 1 };
        const of = (engine: string) => specOf({ tier: "prod", database: { engine, serverlessCapacity } }).database;
        expect(of("aurora-postgresql")).toMatchObject({ instanceClass: "db.serverless", maxConnections: 200 });
        expect(of("aurora-mysql")).toMatchObject({ instanceClass: "db.serverless", maxConnections: 90 });
        const least = { engine: "aurora-mysql", serverlessCapacity: { minimumAcu: 1 } };
        expect(specOf({ tier: "prod", database: least }).database?.serverlessCapacity).toEqual({
            minimumAcu: 1,
            maximumAcu: 8,
        });
    });

    it("let readers come and go as far as their number leaves room for it", () => {
        const of = (tier: TierName, database: object) =>
            specOf({ tier, database: { engine: "aurora-postgresql", ...database } }).database?.readerAutoscaling;
        expect(of("prod", { readReplicas: 0 })).toBeUndefined();
        expect(of("prod", { readReplicas: 5 })).toBeUndefined();
        expect(of("prod", { readerAutoscaling: { maximumReaders: 3 } })).toEqual({
            maximumReaders: 3,
            targetCpuPercent: 70,
        });
        expect(of("staging", { readerAutoscaling: { targetCpuPercent: 60 } })).toEqual({
            maximumReaders: 5,
            targetCpuPercent: 60,
        });
    });

    it("put a proxy before a database only where one is asked for, with defaults for what is not said of it", () => {
        const of = (proxy?: object) => specOf({ tier: "prod", database: { proxy } }).database?.proxy;
        expect(of()).toBeUndefined();
        expect(of({})).toEqual(databaseProxy);
        expect(of({ maxConnectionsPercent: 80 })).toEqual({ ...databaseProxy, maxConnectionsPercent: 80 });
        expect(
            problemsOf({ tier: "dev", database: { proxy: { maxConnectionPercent: 80, idleClientTimeoutSeconds: 0 } } }),
        ).toEqual([
            "plinth:database.proxy.idleClientTimeoutSeconds: 0 is out of range; give 1 to 28800",
            "plinth:database.proxy.maxConnectionPercent is not known; did you mean plinth:database.proxy.maxConnectionsPercent?",
        ]);
        expect(problemsOf({ tier: "dev", database: { proxy: { sessionPinningFilters: ["ALL"] } } })).toEqual([
            'plinth:database.proxy.sessionPinningFilters[0]: "ALL" is not a filter of RDS Proxy; give EXCLUDE_VARIABLE_SETS',
        ]);
    });

    it("refuse, for a cluster, what an instance has, and the other way round", () => {
        const cluster = { engine: "aurora-postgresql", multiAz: true, iops: 3000, storageType: "io1" };
        expect(problemsOf({ tier: "dev", database: cluster }).map((text) => text.split(":")[1])).toEqual([
            "database.iops",
            "database.multiAz",
            "database.storageType",
        ]);
        const instance = { readerAutoscaling: {}, clusterParameters: { a: "1" } };
        expect(problemsOf({ tier: "dev", database: instance }).map((text) => text.split(":")[1])).toEqual([
            "database.readerAutoscaling",
            "database.clusterParameters",
        ]);
    });

    it("brings a database engine's own version and port, and leaves out the insights that it has not on a small class", () => {
        expect(specOf({ tier: "staging", database: { engine: "mysql" } }).database).toMatchObject({
            ...{ engine: "mysql", engineVersion: "8.4", port: 3306, insights: "off" },
        });
        expect(specOf({ tier: "prod", database: { engine: "mysql", port: 3307 } }).database).toMatchObject({
            ...{ engineVersion: "8.4", port: 3307, insights: "advanced" },
        });
        expect(specOf({ tier: "staging" }).database).toMatchObject({
            ...{ engineVersion: "16", port: 5432, insights: "standard" },
        });
    });

    it("lets in no more connections than the class carries, unless it says otherwise and is told that it can't", () => {
        const mysql = { engine: "mysql", instanceClass: "db.t4g.micro" };
        expect(specOf({ tier: "prod", database: mysql }).database?.maxConnections).toBe(85);
        expect(problemsOf({ tier: "prod", database: { ...mysql, maxConnections: 86 } })).toEqual([
            "plinth:database.maxConnections: 86 is more than the 85 that db.t4g.micro carries; give 85 or less, or a larger instanceClass",
        ]);
    });

    it("leaves the tier's IOPS behind with the tier's storage", () => {
        expect(specOf({ tier: "prod", database: { storageType: "gp3" } }).database?.iops).toBeUndefined();
        expect(specOf({ tier: "prod", database: { storageType: "io1" } }).database?.iops).toBe(3000);
        expect(specOf({ tier: "prod", database: { storageType: "io2", iops: 5000 } }).database?.iops).toBe(5000);
    });
});

describe("mistakes", () => {
    it("are all named in one go", () => {
        expect(problemsOf({ tier: "prd", databse: {}, database: { backupRetentionDays: 99 } })).toEqual([
            'plinth:tier: "prd" is not a tier; give dev, staging or prod',
            "plinth:database.backupRetentionDays: 99 is out of range; give 0 to 35",
            "plinth:databse is not known; did you mean plinth:database?",
        ]);
    });

    it.each<[string, Settings, string[]]>([
        ["no tier", {}, ["plinth:tier: is missing; give dev, staging or prod"]],
        [
            "a topic in another region, where alarms do not notify",
            { tier: "dev", notifications: { topicArn: "arn:aws:sns:eu-west-3:123456789012:alerts" } },
            [
                'plinth:notifications.topicArn: "arn:aws:sns:eu-west-3:123456789012:alerts" is in eu-west-3, and the stack is in eu-west-1; give one there',
            ],
        ],
        [
            "an alarm on a queue that the stack does not have",
            { tier: "dev", queues: { orders: {} }, observability: { queues: { alwaysInUse: ["order"] } } },
            ['plinth:observability.queues.alwaysInUse: "order" is no queue of the stack; give orders'],
        ],
        [
            "a key that is near to none",
            { tier: "dev", kubernetes: {} },
            [
                "plinth:kubernetes is not known; the known settings are tier, protect, account, tags, notifications, network, clients, database, backup, cache, queues, cluster, registry, monitoring, workloads, observability, cost",
            ],
        ],
        [
            "misspelt settings at every depth",
            {
                tier: "dev",
                database: { backupRetention: 3 },
                network: { subnets: { privat: [] } },
                queues: { orders: { maxReceives: 3 } },
                account: { ids: "1" },
            },
            [
                "plinth:account.ids is not known; did you mean plinth:account.id?",
                "plinth:network.subnets.privat is not known; did you mean plinth:network.subnets.private?",
                "plinth:database.backupRetention is not known; did you mean plinth:database.backupRetentionDays?",
                "plinth:queues.orders.maxReceives is not known; did you mean plinth:queues.orders.maxReceiveCount?",
            ],
        ],
        [
            "values of another type",
            {
                tier: "dev",
                protect: "yes",
                tags: { costCentre: 4711 },
                network: { natGateways: "one", zones: "eu-west-1a", subnets: { public: [1] } },
                database: { engineVersion: 16, multiAz: "true", allocatedStorageGiB: "20" },
                cache: "big",
                queues: { orders: [] },
            },
            [
                'plinth:protect: "yes" is not true or false',
                'plinth:tags.costCentre: 4711 is not text; put it in quotes: "4711"',
                'plinth:network.zones: "eu-west-1a" is not a list',
                'plinth:network.natGateways: "one" is not a way to place NAT gateways; give none, single or per-zone',
                'plinth:network.subnets.public[0]: 1 is not text; put it in quotes: "1"',
                'plinth:database.engineVersion: 16 is not text; put it in quotes: "16"',
                'plinth:database.allocatedStorageGiB: "20" is not a number; give 20 without quotes',
                'plinth:database.multiAz: "true" is not true or false',
                'plinth:cache: "big" is not a group of settings',
                "plinth:queues.orders: [] is not a group of settings",
            ],
        ],
        [
            "a wrong type beside a wrong value",
            { tier: "dev", database: { multiAz: 1, backupRetentionDays: 36 } },
            [
                "plinth:database.multiAz: 1 is not true or false",
                "plinth:database.backupRetentionDays: 36 is out of range; give 0 to 35",
            ],
        ],
        [
            "a cluster that is open to the world, without a way to its images, and repositories that can't be",
            {
                tier: "dev",
                network: { natGateways: "none" },
                cluster: { publicAccessCidrs: ["0.0.0.0/0"], capacityType: "cheap" },
                registry: { names: ["A"] },
            },
            [
                'plinth:cluster.capacityType: "cheap" is not a kind of capacity; give on-demand or spot',
                "plinth:cluster.publicAccessCidrs: 0.0.0.0/0 is the whole internet; give the blocks of those who may call, like 203.0.113.0/24",
                "plinth:network.natGateways: none leaves the cluster's nodes no route to their images; give single or per-zone, or set plinth:cluster to false",
                'plinth:registry.names[0]: "A" is not the name of a repository (up to 50 lower-case letters, digits and single hyphens, a letter first); give one like backend',
            ],
        ],
        [
            "a migration of nothing by nothing, and a secret among what is none",
            {
                tier: "dev",
                database: false,
                workloads: { configuration: { API_TOKEN: "hunter2" }, migration: { retries: 1 } },
            },
            [
                "plinth:workloads.migration.image: is missing; give an image, like registry.example.com/backend:1.4.2",
                "plinth:workloads.migration.command: is missing; give a list of: the program or one of its arguments",
                "plinth:workloads.configuration.API_TOKEN: looks like a secret, which has no place here; give it with --secret, or keep it in Secrets Manager",
                "plinth:workloads.migration: has no database to migrate; leave it out, or have a database",
            ],
        ],
        [
            "no backups in prod",
            { tier: "prod", database: { backupRetentionDays: 0, readReplicas: 0 } },
            ["plinth:database.backupRetentionDays: 0 is not allowed in prod; give 1 to 35"],
        ],
        [
            "an account's number without quotes",
            { tier: "dev", account: { id: 12345678901 } },
            ['plinth:account.id: 12345678901 is not text; put it in quotes: "12345678901"'],
        ],
        [
            "an account's number that is too short",
            { tier: "dev", account: { id: "1234" } },
            ['plinth:account.id: "1234" is not the number of an account; give its twelve digits in quotes'],
        ],
        [
            "a zone elsewhere",
            { tier: "dev", network: { zones: ["eu-west-1a", "us-east-1b"] } },
            ['plinth:network.zones: "us-east-1b" is not a zone of eu-west-1; give one like eu-west-1a'],
        ],
        [
            "an existing VPC beside settings of a new one, and clients that can't be",
            {
                tier: "dev",
                network: {
                    cidr: "10.9.0.0/16",
                    natGateways: "single",
                    existing: { vpcId: "vpc-1", cidr: "10.8.0.0/16", zones: ["eu-west-1a", "us-east-1b"] },
                },
                clients: { "client-group": {}, app: { securityGroupId: "sg-0123456789abcdef0" } },
            },
            [
                "plinth:network.cidr: is for a new VPC; leave it out beside plinth:network.existing",
                "plinth:network.natGateways: is for a new VPC; leave it out beside plinth:network.existing",
                'plinth:network.existing.vpcId: "vpc-1" is not the id of a VPC; give one like vpc-0123456789abcdef0',
                "plinth:network.existing.isolatedSubnetIds: is missing; give a list of: the id of a subnet, like subnet-0123456789abcdef0",
                'plinth:network.existing.zones: "us-east-1b" is not a zone of eu-west-1; give one like eu-west-1a',
                'plinth:clients.client-group: "client-group" is not a client\'s name; give up to 50 lower-case letters, digits and single hyphens, a letter first, and not client-group',
                "plinth:clients.client-group.securityGroupId: is missing; give the id of a security group, like sg-0123456789abcdef0",
                "plinth:cluster: a cluster needs private subnets; give plinth:network.existing.privateSubnetIds, or false",
            ],
        ],
        [
            "an existing VPC without subnets for what rotates passwords",
            {
                tier: "dev",
                network: {
                    existing: {
                        vpcId: "vpc-0123456789abcdef0",
                        cidr: "10.8.0.0/16",
                        zones: ["eu-west-1a", "eu-west-1b"],
                        isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    },
                },
                cluster: false,
                workloads: false,
                database: { rotationDays: 30 },
            },
            [
                "plinth:database.rotationDays: 30 needs private subnets; give plinth:network.existing.privateSubnetIds, or 0",
            ],
        ],
        [
            "passwords that can't be rotated or managed",
            {
                tier: "staging",
                network: { natGateways: "none", interfaceEndpoints: ["sts"] },
                cluster: false,
                database: { rotationDays: 30, masterPassword: "managed" },
            },
            [
                "plinth:database.masterPassword: managed is not for a database with 1 read replicas; give generated, or readReplicas: 0",
                "plinth:database.rotationDays: 30 needs a route to Secrets Manager from private subnets; give plinth:network.natGateways other than none, secretsmanager among plinth:network.interfaceEndpoints, or 0",
            ],
        ],
        [
            "a managed password where the users are made in the cluster",
            { tier: "dev", database: { masterPassword: "managed" } },
            [
                "plinth:database.masterPassword: managed keeps the password from the Job that makes the users; give generated, or leave the cluster out",
            ],
        ],
        [
            "a restore that can't be",
            {
                tier: "dev",
                database: {
                    restored: {
                        ...{ name: "replica-1", original: "delete" },
                        restoreFrom: { snapshot: "s", pointInTime: "yesterday", source: "-x" },
                    },
                },
            },
            [
                'plinth:database.restored.restoreFrom.pointInTime: "yesterday" is not a moment in UTC, or latest; give one like 2026-11-20T03:12:00Z',
                'plinth:database.restored.restoreFrom.source: "-x" is not the identifier of a database; give one like shop-prod-database',
                'plinth:database.restored.name: "replica-1" is a part of the original\'s own names; give another, such as after-incident',
                "plinth:database.restored.original: delete would leave nothing in service; set inService to true, or keep the original",
                "plinth:database.restored.restoreFrom.snapshot: is not for a restore to a point in time; leave one of the two out",
            ],
        ],
        [
            "a cluster's restore from the snapshot of an instance",
            {
                tier: "dev",
                database: {
                    engine: "aurora-mysql",
                    restored: {
                        name: "reader-1",
                        restoreFrom: { snapshot: "arn:aws:rds:eu-west-1:123456789012:snapshot:s" },
                    },
                },
            },
            [
                'plinth:database.restored.name: "reader-1" is a part of the original\'s own names; give another, such as after-incident',
                'plinth:database.restored.restoreFrom.snapshot: "arn:aws:rds:eu-west-1:123456789012:snapshot:s" is of an instance, and Aurora MySQL is restored from that of a cluster; give one of those',
            ],
        ],
        [
            "a restore of a cache that can't be",
            {
                tier: "dev",
                cache: {
                    shards: 2,
                    clusterModeMigration: "enabled",
                    restored: { name: "After", restoreFrom: {}, original: "delete" },
                },
            },
            [
                'plinth:cache.restored.name: "After" is not a part of a name (up to 50 lower-case letters, digits and single hyphens, a letter first); give one like after-incident',
                "plinth:cache.restored.original: delete would leave nothing in service; set inService to true, or keep the original",
                "plinth:cache.restored.restoreFrom: makes a new cache, which clusterModeMigration: enabled is not for; finish that first",
                "plinth:cache.restored.restoreFrom.snapshot: is missing; give the name of a snapshot, like shop-prod-cache-final",
            ],
        ],
        [
            "a restore without a name, from what is named in no way",
            { tier: "dev", database: { restored: { restoreFrom: { source: "other" } } } },
            [
                "plinth:database.restored.name: is missing; give a part of a name (up to 50 lower-case letters, digits and single hyphens, a letter first), like after-incident",
                "plinth:database.restored.restoreFrom.snapshot: is missing; give a snapshot, or a pointInTime such as latest",
                "plinth:database.restored.restoreFrom.source: is for a restore to a point in time; leave it out beside a snapshot",
            ],
        ],
        [
            "a restore from an original that is to go",
            {
                tier: "dev",
                database: {
                    restored: {
                        ...{ name: "after", inService: true, original: "delete" },
                        restoreFrom: { pointInTime: "latest" },
                    },
                },
            },
            [
                "plinth:database.restored.restoreFrom.pointInTime: restores from the original, which goes; take restoreFrom away once the restored one stands",
            ],
        ],
        [
            "queues and services with names that can't be",
            {
                tier: "dev",
                queues: { Orders: {}, cache: {}, workloads: {}, "orders-dead-letter": {}, "database-after": {} },
                database: { restored: { name: "after", restoreFrom: { pointInTime: "latest" } } },
                workloads: { services: { ingress: {} } },
            },
            [
                'plinth:queues.Orders: "Orders" is not a queue\'s name; give up to 50 lower-case letters, digits and single hyphens, a letter first',
                ...["queues.cache", "queues.workloads", "queues.database-after", "workloads.services.ingress"].map(
                    (setting) => {
                        const name = setting.split(".").at(-1);
                        return `plinth:${setting}: "${name}" is the name of another component of the platform; give another, such as ${name}-1`;
                    },
                ),
                'plinth:queues.orders-dead-letter: "orders-dead-letter" ends as dead-letter queues do; give another name',
            ],
        ],
        [
            "of every component at once",
            {
                tier: "dev",
                network: { cidr: "x" },
                database: { port: 1 },
                cache: { port: 1 },
                queues: { orders: { maxReceiveCount: 0 } },
                tags: { Name: "x" },
            },
            [
                "plinth:tags.Name: is a tag that Plinth sets; give another key",
                'plinth:network.cidr: "x" is not a block of IPv4 addresses; give one like 10.0.0.0/16',
                "plinth:database.port: 1 is out of range; give 1150 to 65535",
                "plinth:cache.port: 1 is out of range; give 1024 to 65535",
                "plinth:queues.orders.maxReceiveCount: 0 is out of range; give 1 to 1000",
            ],
        ],
    ])("%s", (_, settings, problems) => {
        expect(problemsOf(settings).sort()).toEqual(problems.sort());
    });

    it.each<[string, Record<string, string>, string[]]>([
        ["no region", { "aws:region": undefined as never }, ["aws:region: is missing; give one like eu-west-1"]],
        [
            "a zone for a region",
            { "aws:region": "eu-west-1a" },
            ['aws:region: "eu-west-1a" is not a region; give one like eu-west-1'],
        ],
        [
            "settings of a provider that isn't used",
            { "aws:profile": "me" },
            ["aws:profile: is not read; give credentials and the like by environment variables"],
        ],
        [
            "settings under the project's name",
            { "shop:database": "{}" },
            ["shop:database is not known; did you mean plinth:database?"],
        ],
    ])("%s", (_, change, problems) => {
        expect(textsOf({ ...rawOf({ tier: "dev" }), ...change })).toEqual(problems);
    });

    it("complain of nothing that depends on a tier that isn't known", () => {
        // Right in prod, where storage is io1, and wrong in dev.
        expect(problemsOf({ tier: "production", database: { iops: 3000 } })).toHaveLength(1);
        // Right in dev, and wrong in prod.
        expect(problemsOf({ tier: "production", database: { backupRetentionDays: 0 } })).toHaveLength(1);
    });

    it("of whatever kind become problems, never a crash", () => {
        const keys = ["tier", "protect", "account", "tags", "network", "database", "cache", "queues", "other"];
        const names = fc.constantFrom(
            "id",
            "subnets",
            "public",
            "zones",
            "iops",
            "parameters",
            "orders",
            "fifo",
            "owner",
            "port",
        );
        const value = fc.letrec((tie) => ({
            node: fc.oneof(
                { maxDepth: 4 },
                fc.constantFrom<unknown>("dev", "x", true, false, 3, -1.5, null, ""),
                fc.array(tie("node"), { maxLength: 2 }),
                fc.dictionary(names, tie("node"), { maxKeys: 3 }),
            ),
        })).node;
        fc.assert(
            fc.property(fc.dictionary(fc.constantFrom(...keys), value), (settings) => {
                for (const text of problemsOf(settings))
                    expect(text).toMatch(/^plinth:[a-zA-Z.[\]0-9]*(:| is not known;) \S/);
            }),
            { numRuns: 200 },
        );
    });

    it("leave regions of other partitions alone", () => {
        for (const region of ["us-gov-west-1", "cn-north-1", "ap-southeast-4", "mx-central-1"]) {
            expect(textsOf({ ...rawOf({ tier: "dev" }), "aws:region": region })).toEqual([]);
        }
    });
});

describe("loadPlatformSpec", () => {
    afterEach(() => pulumi.runtime.setAllConfig({}));

    it("throws one error that is headed by the file to mend and prints no stack", async () => {
        await pulumi.runtime.setMocks(noResources, "plinth", "dev");
        pulumi.runtime.setAllConfig({ "aws:region": "eu-west-1", "plinth:tier": "prd" });
        expect(loadPlatformSpec).toThrow(/^Pulumi\.dev\.yaml has 1 problem:\n {2}- plinth:tier: "prd" is not a tier/);
        expect(pulumi.RunError.isInstance(thrownBy(loadPlatformSpec))).toBe(true);
    });

    it("names everything after project and stack", async () => {
        await pulumi.runtime.setMocks(noResources, "plinth", "dev");
        pulumi.runtime.setAllConfig(rawOf({ tier: "dev", tags: { owner: "me", BusinessUnit: "retail" } }));
        expect(loadPlatformSpec().platform).toEqual({
            namePrefix: "plinth-dev",
            protect: false,
            tags: {
                Project: "plinth",
                Stack: "dev",
                Tier: "dev",
                Owner: "me",
                CostCentre: "plinth",
                BusinessUnit: "retail",
            },
        });
    });
});

const noResources: pulumi.runtime.Mocks = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };

function rawOf(settings: Settings): Record<string, string> {
    const entries = Object.entries(settings).map(([key, value]) => [
        `plinth:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { "aws:region": "eu-west-1", "random:seed": "not ours", ...Object.fromEntries(entries) };
}

function textsOf(raw: Record<string, string | undefined>): string[] {
    const known = Object.entries(raw).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const parsed = parseConfig(Object.fromEntries(known), "live", "shop");
    return "problems" in parsed ? parsed.problems.map((problem) => problem.text) : [];
}

function problemsOf(settings: Settings): string[] {
    return textsOf(rawOf(settings));
}

function specOf(settings: Settings): PlatformSpec {
    const parsed = parseConfig(rawOf(settings), "live", "shop");
    if ("problems" in parsed) throw new Error(parsed.problems.map((problem) => problem.text).join("\n"));
    return parsed.spec;
}

function thrownBy(act: () => unknown): unknown {
    try {
        return act();
    } catch (error) {
        return error;
    }
}
