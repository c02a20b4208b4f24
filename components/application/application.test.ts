import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { everything, makeApplication, objects, only, registered, type Variation } from "../testing/application";
import { namesOfNodes, settled } from "../testing/mocks";
import { type RbacObject, readersOf } from "./secret-readers";

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
        const { made } = await makeApplication({}, true);
        expect(await settled(made.namespace)).toBe("app");
    });
});

describe("the configuration", () => {
    const configuration = async (variation?: Variation) =>
        (
            await only(
                (
                    await (variation ? makeApplication(variation) : everything())
                ).resources,
                "ConfigMap",
                "app-config",
            )
        ).data;

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
        const { resources } = await makeApplication({}, preview);
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

it("gives its raw resources", async () => {
    const { made, resources } = await everything();
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        namespace: "workloads-namespace",
        networkPolicies: { "deny-all": "workloads-deny-all", "allow-dns": "workloads-allow-dns" },
        configMap: "workloads-configuration",
        externalSecrets: {
            application: "workloads-external-secrets-application-secret",
            database: "workloads-external-secrets-database-secret",
            cache: "workloads-external-secrets-cache-secret",
        },
        secretReaderRole: "secret-reader",
        secret: "workloads-secrets-secret",
        key: "workloads-encryption-key",
        makeRoles: "workloads-database-make-roles",
        migrate: "workloads-database-migrate",
        adHocMigration: "workloads-database-ad-hoc-migration",
    });
});

describe("field F17: values that the stack's configuration keeps secret", () => {
    const secret = "https://key-of-mine@sentry.example.com/1";
    const made = () =>
        makeApplication({
            spec: {
                configuration: {},
                secretConfiguration: { LICENCE: secret },
                secretEnvironments: { backend: { SENTRY_DSN: secret }, worker: {} },
            },
        });

    it("reach services through Secrets Manager, and stand in no other resource", async () => {
        const { made: application, resources } = await made();
        const [stored] = resources.filter(({ name }) => name === "workloads-secret-values-secret-value");
        expect(await pulumi.isSecret(pulumi.output(stored?.inputs.secretString))).toBe(true);
        expect(JSON.parse(String(await settled(pulumi.output(stored?.inputs.secretString))))).toEqual({
            "app-config-secret/LICENCE": secret,
            "backend-environment/SENTRY_DSN": secret,
        });
        const others = resources.filter((one) => one !== stored);
        const texts = await Promise.all(others.map(async ({ inputs }) => JSON.stringify(await settled(inputs))));
        expect(texts.filter((text) => text.includes("key-of-mine"))).toEqual([]);
        expect(application.secretConfigurationName).toBe("app-config-secret");
        expect(application.environmentSecrets).toEqual({ backend: "backend-environment" });
    });

    it("may be read by the group of the other Secrets alone, and are the migration's too", async () => {
        const { resources } = await made();
        const [role] = await Promise.all(
            registered(resources, "kubernetes:rbac.authorization.k8s.io/v1:Role").map(({ inputs }) => settled(inputs)),
        );
        expect(JSON.stringify(role)).toContain('"app-config-secret","backend-environment"');
        expect(JSON.stringify((await only(resources, "Job", "migrate-")).spec)).toContain(
            '{"secretRef":{"name":"app-config-secret"}}',
        );
    });
});
