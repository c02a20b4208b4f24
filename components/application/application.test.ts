import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import { Database, type DatabaseSpec } from "../database";
import { Queue } from "../queue";
import { type Registered, type Rehearsal, rehearse, settled } from "../testing/mocks";
import { cacheSpec, databaseSpec, dataNetwork, platform, queueSpec } from "../testing/specs";
import { Application, type ApplicationArgs } from "./application";
import { migrationName } from "./migration";
import { type RbacObject, readersOf } from "./secret-readers";

const migration = {
    ...{ image: "registry.example.com/backend:1.4.2", command: ["alembic", "upgrade", "head"] },
    ...{ timeoutSeconds: 600, retries: 2, run: 1 },
};

/** What is varied from the platform with everything in it. */
interface Variation {
    spec?: Partial<ApplicationArgs>;
    database?: Partial<DatabaseSpec> | false;
    cache?: Partial<typeof cacheSpec> | false;
    queues?: string[];
    podSecurityGroups?: boolean;
}

const network = {
    vpcId: "vpc-1",
    cidrs: {
        vpc: "10.0.0.0/16",
        subnets: { public: ["10.0.0.0/24"], private: ["10.0.1.0/24"], isolated: ["10.0.2.0/24", "10.0.3.0/24"] },
        interfaceEndpoints: [],
    },
};

function make(variation: Variation = {}, preview = false): Promise<Rehearsal<Application>> {
    const { spec, database = {}, cache = {}, queues = ["orders"], podSecurityGroups = false } = variation;
    return rehearse(preview, (options) => {
        const data = { platform, network: dataNetwork };
        return new Application(
            "workloads",
            {
                platform,
                network,
                cluster: cluster(podSecurityGroups, options),
                kubernetesVersion: "1.35",
                region: "eu-west-1",
                namespace: "app",
                configuration: { LOG_LEVEL: "info" },
                migration,
                databaseClientImage: "registry.example.com/postgres:17.6",
                secretRefreshSeconds: 300,
                jwtSecretVersion: 1,
                keyDeletionWindowDays: 30,
                secretRecoveryWindowDays: 30,
                ...(database && {
                    database: new Database("database", { ...databaseSpec, ...data, ...database }, options),
                }),
                ...(cache && { cache: new Cache("cache", { ...cacheSpec, ...data, ...cache }, options) }),
                queues: Object.fromEntries(
                    queues.map((name) => [name, new Queue(name, { ...queueSpec, platform }, options)]),
                ),
                ...spec,
            },
            options,
        );
    });
}

function cluster(podSecurityGroups: boolean, options: pulumi.ComponentResourceOptions): SecretsCluster {
    return {
        clusterName: pulumi.output("shop-test"),
        kubernetes: new k8s.Provider("kubernetes", { kubeconfig: "{}" }),
        nodeSecurityGroupId: pulumi.output("sg-nodes"),
        podSecurityGroups,
        ready: [],
        secretReader: () => new aws.iam.Role("secret-reader", { assumeRolePolicy: "{}" }, options),
        identity: () => {
            throw new Error("nothing here has a role in AWS of its own");
        },
    };
}

let whole: Promise<Rehearsal<Application>> | undefined;
/** The platform with everything in it, made once. */
function everything(): Promise<Rehearsal<Application>> {
    whole ??= make();
    return whole;
}

/** An object of Kubernetes', as far as the tests look into it. */
interface KubernetesObject {
    kind: string;
    metadata: { name: string; labels?: object; annotations?: Record<string, string> };
    spec: Record<string, unknown>;
    data: Record<string, string>;
}

/** The objects of a kind that were registered, by their names in the cluster. */
async function objects(resources: Registered[], kind: string): Promise<Record<string, KubernetesObject>> {
    const found = resources.filter(({ inputs }) => inputs.kind === kind);
    const values = (await Promise.all(found.map(({ inputs }) => settled(inputs)))) as unknown as KubernetesObject[];
    return Object.fromEntries(values.map((value) => [value.metadata.name, value]));
}

/** The one object of a kind whose name begins so. */
async function only(resources: Registered[], kind: string, begins: string): Promise<KubernetesObject> {
    const found = Object.values(await objects(resources, kind)).filter(({ metadata }) =>
        metadata.name.startsWith(begins),
    );
    const [object, ...others] = found;
    if (!object || others.length > 0) throw new Error(`${found.length} of kind ${kind} begin with ${begins}`);
    return object;
}

const registered = (resources: Registered[], type: string) => resources.filter((resource) => resource.type === type);

/** The variables of a Job's container that come from Secrets, as `secret.key`, and the others as they are. */
async function environment(resources: Registered[], job: string): Promise<Record<string, string>> {
    const { spec } = await only(resources, "Job", job);
    const [container] = (spec.template as { spec: { containers: { env: Variable[] }[] } }).spec.containers;
    const entries = (container?.env ?? []).map(({ name, value = "", valueFrom }): [string, string] => [
        name,
        valueFrom ? `${valueFrom.secretKeyRef.name}.${valueFrom.secretKeyRef.key}` : value,
    ]);
    return Object.fromEntries(entries);
}

interface Variable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
}

describe("the namespace", () => {
    it("has Pod Security restricted, in the version of the cluster, and is closed but for names", async () => {
        const { resources } = await everything();
        const { metadata } = await only(resources, "Namespace", "app");
        expect(metadata.labels).toEqual({
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.35",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/audit-version": "v1.35",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": "v1.35",
        });
        const policies = await objects(resources, "NetworkPolicy");
        expect(Object.keys(policies).sort()).toEqual(["allow-dns", "database-jobs", "deny-all"]);
        expect(policies["deny-all"]?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });

    it("is known at preview", async () => {
        const { made } = await make({}, true);
        expect(await settled(made.namespace)).toBe("app");
    });
});

describe("the configuration", () => {
    const configuration = async (variation?: Variation) =>
        (await only((await (variation ? make(variation) : everything())).resources, "ConfigMap", "app-config")).data;

    it("says where everything is, and what the stack adds", async () => {
        expect(await configuration()).toEqual({
            AWS_REGION: "eu-west-1",
            SQS_QUEUE_URL: "https://sqs.example.internal/orders-queue",
            SQS_QUEUE_URL_ORDERS: "https://sqs.example.internal/orders-queue",
            DATABASE_HOST: "database-primary.example.internal",
            DATABASE_READER_HOST: "database-replica-1.example.internal",
            DATABASE_PORT: "5432",
            DATABASE_NAME: "app",
            REDIS_HOST: "cache-replication-group.example.internal",
            REDIS_READER_HOST: "cache-replication-group.example.internal",
            REDIS_PORT: "6379",
            REDIS_TLS: "true",
            REDIS_CLUSTER_MODE: "true",
            LOG_LEVEL: "info",
        });
    });

    it("names each of several queues, and none of them simply the queue", async () => {
        const names = Object.keys(await configuration({ queues: ["orders", "late-orders"] }));
        expect(names.filter((name) => name.startsWith("SQS"))).toEqual([
            "SQS_QUEUE_URL_ORDERS",
            "SQS_QUEUE_URL_LATE_ORDERS",
        ]);
    });

    it("says nothing of what the platform has not", async () => {
        const spec = { migration: undefined };
        expect(await configuration({ spec, database: false, cache: false, queues: [] })).toEqual({
            AWS_REGION: "eu-west-1",
            LOG_LEVEL: "info",
        });
    });
});

describe("the secrets", () => {
    it("are made in the cluster, under names that charts of others can be told", async () => {
        const { made, resources } = await everything();
        expect(made.secretNames).toEqual({
            database: "platform-database",
            cache: "platform-redis",
            application: "app-secrets",
        });
        const secrets = await objects(resources, "ExternalSecret");
        const keys = Object.entries(secrets).map(([name, { spec }]) => {
            const { target, data } = spec as unknown as {
                target: { name: string; template?: { data: object } };
                data: { secretKey: string }[];
            };
            expect(target.name).toBe(name);
            return [
                name.replace(/-[0-9a-f]{8}$/, ""),
                Object.keys(
                    target.template?.data ?? Object.fromEntries(data.map(({ secretKey }) => [secretKey, ""])),
                ).sort(),
            ];
        });
        expect(Object.fromEntries(keys)).toEqual({
            "platform-database": [
                ...["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PASSWORD", "DATABASE_PORT", "DATABASE_READER_URL"],
                ...["DATABASE_URL", "DATABASE_USER"],
            ],
            "platform-redis": ["REDIS_HOST", "REDIS_PASSWORD", "REDIS_PORT", "REDIS_READER_HOST", "REDIS_URL"],
            "app-secrets": ["JWT_SECRET"],
            "make-roles": [
                ...["applicationPassword", "applicationUser", "masterPassword", "masterUser"],
                ...["readOnlyPassword", "readOnlyUser"],
            ],
        });
        expect(await objects(resources, "Secret")).toEqual({});
    });

    it.each([true, false])("are in no object of the cluster, preview %s", async (preview) => {
        const { resources } = await make({}, preview);
        const inCluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
        expect(inCluster.length).toBeGreaterThan(15);
        for (const { name, inputs } of inCluster) {
            expect(await pulumi.isSecret(pulumi.output(inputs)), name).toBe(false);
            if (!preview) expect(JSON.stringify(await settled(inputs)), name).not.toContain("!generated");
        }
    });

    it("are read by a role that can read nothing else", async () => {
        const { resources } = await everything();
        const role = registered(resources, "aws:iam/role:Role").find(({ name }) => name === "secret-reader");
        const policies = registered(resources, "aws:iam/rolePolicy:RolePolicy").filter(
            ({ inputs }) => inputs.role === role?.resource,
        );
        const statements = await Promise.all(
            policies.map(async ({ inputs }) => JSON.parse(String(await settled(inputs.policy as string))).Statement[0]),
        );
        expect(statements.map(({ Action, Resource }) => [Resource.split(":").at(-1), Action]).sort()).toEqual(
            [
                ...["cache-credentials-secret", "database-application-credentials-secret"],
                ...["database-master-credentials-secret", "database-read-only-credentials-secret"],
                "workloads-secrets-secret",
            ].map((secret) => [secret, ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]]),
        );
    });

    it("can be looked into by one group of people, by name, and by nobody else", async () => {
        const { made, resources } = await everything();
        const kinds = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
        const rbac = await Promise.all(kinds.map(async (kind) => Object.values(await objects(resources, kind))));
        for (const name of Object.values(made.secretNames)) {
            expect(readersOf(rbac.flat() as unknown as RbacObject[], { namespace: "app", name })).toEqual([
                {
                    subject: "Group platform-secret-readers",
                    through: "RoleBinding app/secret-readers",
                    how: "reads it",
                },
            ]);
        }
        const master = (await only(resources, "ExternalSecret", "make-roles")).metadata;
        expect(readersOf(rbac.flat() as unknown as RbacObject[], { namespace: "app", ...master })).toEqual([]);
    });
});

describe("the database", () => {
    it("is prepared in order: its users, then the migration, then whatever waits for all of it", async () => {
        const { made, resources } = await everything();
        const [roles, migrate] = registered(resources, "kubernetes:batch/v1:Job");
        expect([roles?.name, migrate?.name]).toEqual(["workloads-database-make-roles", "workloads-database-migrate"]);
        expect(roles?.options.dependsOn).toEqual(
            expect.arrayContaining(made.ready.filter((one) => one !== roles?.resource && one !== migrate?.resource)),
        );
        expect(migrate?.options.dependsOn).toContain(roles?.resource);
        expect(made.ready).toEqual(expect.arrayContaining([roles?.resource, migrate?.resource]));
    });

    it("has its users made from the credentials of now, and not before services can have them", async () => {
        const { resources } = await everything();
        const secret = (await only(resources, "ExternalSecret", "make-roles")).metadata.name;
        expect(secret).toMatch(/^make-roles-[0-9a-f]{8}$/);
        expect(await environment(resources, "make-roles")).toEqual({
            HOME: "/tmp",
            PGHOST: "database-primary.example.internal",
            PGPORT: "5432",
            PGDATABASE: "app",
            PGCONNECT_TIMEOUT: "10",
            PGSSLMODE: "require",
            PGUSER: `${secret}.masterUser`,
            PGPASSWORD: `${secret}.masterPassword`,
            APPLICATION_USER: `${secret}.applicationUser`,
            APPLICATION_PASSWORD: `${secret}.applicationPassword`,
            READ_ONLY_USER: `${secret}.readOnlyUser`,
            READ_ONLY_PASSWORD: `${secret}.readOnlyPassword`,
            PUBLISHED_PASSWORD: "platform-database.DATABASE_PASSWORD",
        });
    });

    it("is known by its certificate where its authorities are given", async () => {
        const databaseAuthorities = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        const { resources } = await make({ spec: { databaseAuthorities } });
        expect(await environment(resources, "make-roles")).toMatchObject({
            PGSSLMODE: "verify-full",
            PGSSLROOTCERT: "/authorities/authorities.pem",
        });
        const mysql = await make({
            spec: { databaseAuthorities },
            database: { engine: "mysql", engineVersion: "8.4", port: 3306 },
        });
        expect(await environment(mysql.resources, "make-roles")).toMatchObject({
            SSL_MODE: "VERIFY_IDENTITY",
            CA_FILE: "/authorities/authorities.pem",
            MASTER_USER: expect.stringMatching(/^make-roles-[0-9a-f]{8}.masterUser$/),
        });
        expect((await only(mysql.resources, "ConfigMap", "database-authorities")).data).toEqual({
            "authorities.pem": databaseAuthorities,
        });
    });

    it("is migrated once for each change of what is to be run", () => {
        const changes = [{}, { image: "registry.example.com/backend:1.4.3" }, { run: 2 }, { command: ["true"] }];
        const names = changes.map((change) => migrationName({ ...migration, ...change }));
        expect(new Set(names).size).toBe(changes.length);
        expect(names[0]).toBe(migrationName({ ...migration }));
        for (const name of names) expect(name).toMatch(/^migrate-[0-9a-f]{8}$/);
    });

    it("is migrated with the variables that services have, and can be by hand", async () => {
        const { resources } = await everything();
        const { spec } = await only(resources, "Job", "migrate");
        expect(spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 600 });
        expect(spec).toMatchObject({
            template: {
                spec: {
                    containers: [
                        {
                            ...{ image: migration.image, command: migration.command },
                            envFrom: [
                                { configMapRef: { name: "app-config" } },
                                { secretRef: { name: "platform-database" } },
                            ],
                        },
                    ],
                },
            },
        });
        const byHand = await only(resources, "CronJob", "ad-hoc-migration");
        expect(byHand.spec).toMatchObject({ suspend: true, jobTemplate: { spec } });
    });

    it("has its users made without a migration too; without a database there is no Job at all", async () => {
        const none = { migration: undefined };
        const jobs = async (variation: Variation) =>
            Object.keys(await objects((await make(variation)).resources, "Job"));
        expect(await jobs({ spec: none })).toEqual([expect.stringMatching(/^make-roles-/)]);
        expect(await jobs({ spec: none, database: false })).toEqual([]);
    });

    it("is reached by the Jobs through their nodes' group, or a group of their own, and by nothing else of theirs", async () => {
        const sources = async (podSecurityGroups: boolean) => {
            const { resources } = await make({ podSecurityGroups });
            const names = registered(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
                ({ name }) => name,
            );
            const { spec } = await only(resources, "NetworkPolicy", "database-jobs");
            expect(spec).toMatchObject({
                podSelector: { matchLabels: { "app.kubernetes.io/name": "database-jobs" } },
                ingress: [],
                egress: [
                    { ports: [{ port: 53 }, { port: 53 }] },
                    {
                        to: [{ ipBlock: { cidr: "10.0.2.0/24" } }, { ipBlock: { cidr: "10.0.3.0/24" } }],
                        ports: [{ port: 5432 }],
                    },
                ],
            });
            return names.filter((name) => name.startsWith("database-access-from-"));
        };
        expect(await sources(false)).toEqual(["database-access-from-client-group", "database-access-from-nodes"]);
        expect(await sources(true)).toEqual([
            "database-access-from-client-group",
            "database-access-from-database-jobs",
        ]);
    });
});

describe("the pods of the Jobs", () => {
    it.each(["make-roles", "migrate"])("may do no more than Pod Security restricted lets them: %s", async (job) => {
        const { spec } = await only((await everything()).resources, "Job", job);
        expect(spec).toMatchObject({
            template: {
                spec: {
                    ...{
                        automountServiceAccountToken: false,
                        serviceAccountName: "database-jobs",
                        restartPolicy: "Never",
                    },
                    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
                    containers: [
                        {
                            securityContext: {
                                allowPrivilegeEscalation: false,
                                capabilities: { drop: ["ALL"] },
                                readOnlyRootFilesystem: true,
                            },
                        },
                    ],
                },
            },
        });
    });
});
