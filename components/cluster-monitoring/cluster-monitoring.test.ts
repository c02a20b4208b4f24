import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { objects, only, registered } from "../testing/application";
import { inputsOf, namesOfNodes, type Registered, settled } from "../testing/mocks";
import { makeMonitoring, type Variation } from "./testing/monitoring";

const authorities = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const mysql = { engine: "mysql", engineVersion: "8.4", port: 3306 } as const;
const postgresHost = "database-primary.example.internal";
const cacheHost = "cache-replication-group.example.internal";

const values = async (resources: Registered[], chart: string) =>
    (await settled(inputsOf(resources, `monitoring-${chart}-chart`).values as pulumi.Input<object>)) as Json;
interface Json {
    [key: string]: Json;
}

interface Container {
    args: string[];
    env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
    volumeMounts: { mountPath: string }[];
}

/** The container of an exporter, with its variables by name. */
async function exporter(name: string, variation: Variation) {
    const { resources } = await makeMonitoring(variation);
    const { spec } = await only(resources, "Deployment", name);
    const { containers } = (spec.template as { spec: { containers: Container[] } }).spec;
    const [container] = containers;
    const environment = (container?.env ?? []).map(({ name: variable, value = "", valueFrom }) => [
        variable,
        valueFrom ? `${valueFrom.secretKeyRef.name}.${valueFrom.secretKeyRef.key}` : value,
    ]);
    return {
        resources,
        environment: Object.fromEntries(environment) as Record<string, string>,
        arguments: container?.args,
        folders: container?.volumeMounts.map(({ mountPath }) => mountPath),
    };
}

describe("the exporter of a database", () => {
    it("asks the writer itself, encrypted, as a user of its own", async () => {
        const { environment, arguments: args, folders } = await exporter("postgres-exporter", {});
        expect(environment).toEqual({
            DATA_SOURCE_URI: `${postgresHost}:5432/app?sslmode=require`,
            DATA_SOURCE_USER: "postgres-exporter-credentials.username",
            DATA_SOURCE_PASS: "postgres-exporter-credentials.password",
        });
        expect(args).toEqual(["--collector.stat_statements", "--collector.stat_statements.limit=100"]);
        expect(folders).toEqual([]);
    });

    it("verifies which server it is where the authorities are given", async () => {
        const postgres = await exporter("postgres-exporter", { database: { authorities } });
        expect(postgres.environment.DATA_SOURCE_URI).toBe(
            `${postgresHost}:5432/app?sslmode=verify-full&sslrootcert=/authorities/authorities.pem`,
        );
        const files = await objects(postgres.resources, "ConfigMap");
        expect(files["postgres-exporter-authorities"]?.data).toEqual({ "authorities.pem": authorities });

        const verified = await exporter("mysqld-exporter", { database: { ...mysql, authorities } });
        expect(verified.arguments).toContain("--config.my-cnf=/client/client.cnf");
        expect(verified.arguments).not.toContain("--tls.insecure-skip-verify");
        expect((await only(verified.resources, "ConfigMap", "mysqld-exporter-client")).data).toEqual({
            "client.cnf": "[client]\nssl-ca = /authorities/authorities.pem\n",
        });
        const encrypted = await exporter("mysqld-exporter", { database: mysql });
        expect(encrypted.arguments).toEqual(
            expect.arrayContaining([`--mysqld.address=${postgresHost}:3306`, "--tls.insecure-skip-verify"]),
        );
    });

    it("does not ask Aurora for a write-ahead log, nor anyone for what is turned off", async () => {
        const aurora = await exporter("postgres-exporter", {
            spec: { statementTimes: false },
            database: { engine: "aurora-postgresql" },
        });
        expect(aurora.arguments).toEqual(expect.arrayContaining(["--no-collector.wal"]));
        expect(aurora.arguments).not.toContain("--collector.stat_statements");
    });

    it.each([
        [
            "behind a proxy too",
            { proxy: undefined },
            ["database-access-from-client-group", "database-access-from-nodes"],
        ],
    ])("is let in by the servers, %s", async (_, database, expected) => {
        const { resources } = await makeMonitoring({ database, cluster: { instanceTypes: ["t3.large"] } });
        const names = registered(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
            ({ name }) => name,
        );
        expect(names.filter((name) => name.startsWith("database-access-from-"))).toEqual(expected);
    });

    it("has a security group of its own where nodes support that", async () => {
        const { resources } = await makeMonitoring({ cluster: { instanceTypes: ["m6i.large"] } });
        const names = registered(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
            ({ name }) => name,
        );
        expect(names).toEqual(
            expect.arrayContaining(["database-access-from-postgres-exporter", "cache-access-from-redis-exporter"]),
        );
        expect(names.filter((name) => name.endsWith("-access-from-nodes"))).toEqual([]);
    });

    it("logs in as a user who is made with a secret of its own, that is not rotated", async () => {
        const { made, resources } = await makeMonitoring({ database: { rotationDays: 30 } });
        const stored = inputsOf(resources, "database-monitoring-credentials-value")
            .secretString as pulumi.Output<string>;
        expect(await pulumi.isSecret(stored)).toBe(true);
        expect(JSON.parse(await settled(stored))).toMatchObject({
            username: "monitoring",
            password: "database-monitoring-password!generated",
            host: postgresHost,
        });
        expect(made.databaseUser?.secret.nodes.secret).toBe(
            resources.find(({ name }) => name === "database-monitoring-credentials-secret")?.resource,
        );
        const rotated = registered(resources, "aws:secretsmanager/secretRotation:SecretRotation");
        expect(rotated.map(({ name }) => name)).toEqual(
            ["master", "application", "read-only"].map((user) => `database-rotation-${user}`),
        );
    });
});

describe("the exporter of a cache", () => {
    it("lists every node of cluster mode for Prometheus, whose certificate it checks", async () => {
        const { environment, resources } = await exporter("redis-exporter", {});
        expect(environment).toEqual({
            REDIS_ADDR: `rediss://${cacheHost}:6379`,
            REDIS_EXPORTER_TLS_SERVER_NAME: cacheHost,
            REDIS_EXPORTER_IS_CLUSTER: "true",
            REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: "false",
            REDIS_EXPORTER_CONFIG_COMMAND: "-",
            REDIS_PASSWORD: "redis-exporter-credentials.password",
        });
        const { scrapeConfigs } = await values(resources, "prometheus");
        expect(scrapeConfigs?.cache).toMatchObject({ metrics_path: "/scrape" });
    });

    it("asks one primary alone, and no other target that it is told of", async () => {
        const { environment, resources } = await exporter("redis-exporter", { cache: { shards: 0 } });
        expect(environment).toMatchObject({
            REDIS_EXPORTER_IS_CLUSTER: "false",
            REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: "true",
        });
        const { scrapeConfigs } = await values(resources, "prometheus");
        expect(scrapeConfigs?.cache).toEqual({ static_configs: [{ targets: ["redis-exporter:9121"] }] });
    });

    it("logs in as a user who sees no key, where the cache has users", async () => {
        const { environment, resources } = await exporter("redis-exporter", {
            cache: { authentication: "user-group" },
        });
        expect(environment.REDIS_USER).toBe("redis-exporter-credentials.username");
        const { accessString } = inputsOf(resources, "cache-auth-monitoring-user");
        expect(accessString).toMatch(/^on -@all \+/);
        expect(accessString).not.toMatch(/~|\+@|config|slowlog\|get|\+client( |$)/);
    });
});

describe("the namespace", () => {
    it("enforces Pod Security restricted, and is closed but for what each pod needs", async () => {
        const { resources } = await makeMonitoring();
        const { metadata } = await only(resources, "Namespace", "monitoring");
        expect(metadata.labels).toMatchObject({
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.35",
        });
        const policies = await objects(resources, "NetworkPolicy");
        const ports = (rules: unknown) =>
            (rules as { ports: { port: number }[] }[]).flatMap((rule) => rule.ports.map(({ port }) => port));
        const open = Object.entries(policies)
            .filter(([name]) => !["deny-all", "allow-dns"].includes(name))
            .map(([name, { spec }]) => [
                name,
                { in: ports(spec.ingress), out: ports(spec.egress).filter((port) => port !== 53) },
            ]);
        expect(policies["deny-all"]?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
        expect(Object.fromEntries(open)).toEqual({
            prometheus: { in: [9090], out: [8080, 9187, 9121, 10_250, 443] },
            grafana: { in: [], out: [9090] },
            "kube-state-metrics": { in: [8080], out: [443] },
            "postgres-exporter": { in: [9187], out: [5432] },
            "redis-exporter": { in: [9121], out: [6379] },
        });
    });

    it("lets Prometheus find nodes and read their metrics, and nothing else", async () => {
        const { resources } = await makeMonitoring();
        const role = (await only(resources, "ClusterRole", "prometheus-scraping")) as unknown as { rules: object[] };
        expect(role.rules).toEqual([
            { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
        ]);
        const { server, serviceAccounts, "kube-state-metrics": states } = await values(resources, "prometheus");
        expect(server?.useExistingClusterRoleName).toBe("prometheus-scraping");
        const binding = (await only(resources, "ClusterRoleBinding", "prometheus-scraping")) as unknown as {
            subjects: { name: string }[];
        };
        expect(binding.subjects[0]?.name).toBe(serviceAccounts?.server?.name);
        expect(states?.collectors).not.toEqual(expect.arrayContaining(["secrets"]));
        expect(states?.collectors).not.toEqual(expect.arrayContaining(["configmaps"]));
    });
});

describe("secrets", () => {
    it.each([true, false])(
        "are in no object of the cluster and in no value of a chart, preview %s",
        async (preview) => {
            const { resources } = await makeMonitoring({}, preview);
            const inCluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
            const own = inCluster.filter(({ name }) => name.startsWith("monitoring"));
            expect(own.length).toBeGreaterThan(20);
            for (const { name, inputs } of own) {
                expect(await pulumi.isSecret(pulumi.output(inputs)), name).toBe(false);
                if (!preview) expect(JSON.stringify(await settled(inputs)), name).not.toContain("!generated");
            }
        },
    );

    it("reach Grafana through External Secrets, and a changed password restarts it", async () => {
        const { resources } = await makeMonitoring();
        const { admin, podAnnotations } = await values(resources, "grafana");
        expect(admin).toEqual({ existingSecret: "grafana-admin", userKey: "username", passwordKey: "password" });
        expect(podAnnotations).toEqual({
            "plinth/configuration-version": "monitoring-grafana-credentials-value-version",
        });
        const { spec } = await only(resources, "ExternalSecret", "grafana-admin");
        expect((spec.data as { secretKey: string }[]).map(({ secretKey }) => secretKey)).toEqual([
            "username",
            "password",
        ]);
    });
});

describe("critical alerts", () => {
    it("are sent to a topic where one is given, by a role that may do that alone", async () => {
        const arn = "arn:aws:sns:eu-west-1:123456789012:alerts";
        const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";
        const { resources } = await makeMonitoring({ spec: { alertTopic: { arn, keyArn } } });
        const { alertmanager, server } = await values(resources, "prometheus");
        expect(alertmanager?.config?.route).toMatchObject({
            receiver: "none",
            routes: [{ matchers: ['severity="critical"'], receiver: "topic" }],
        });
        expect(JSON.stringify(alertmanager?.config)).toContain(`"topic_arn":"${arn}","sigv4":{"region":"eu-west-1"}`);
        expect(server?.alertmanagers).toEqual([{ static_configs: [{ targets: ["alertmanager:9093"] }] }]);
        const policy = JSON.parse(
            String(await settled(inputsOf(resources, "monitoring-prometheus-alert-policy").policy as string)),
        );
        expect(policy.Statement.map(({ Action, Resource }: Json) => [Action, Resource])).toEqual([
            [["sns:Publish"], arn],
            [["kms:GenerateDataKey", "kms:Decrypt"], keyArn],
        ]);
        const account = inputsOf(resources, "cluster-alertmanager-identity-association").serviceAccount;
        expect(account).toBe((alertmanager?.serviceAccount as Json | undefined)?.name);
    });

    it("have no Alertmanager without one", async () => {
        const { resources } = await makeMonitoring();
        const { alertmanager, server } = await values(resources, "prometheus");
        expect([alertmanager, server?.alertmanagers]).toEqual([{ enabled: false }, undefined]);
        expect(Object.keys(await objects(resources, "NetworkPolicy"))).not.toContain("alertmanager");
    });
});

it("does without a database and without a cache", async () => {
    const { made, resources } = await makeMonitoring({ database: false, cache: false });
    expect(made.databaseUser).toBeUndefined();
    expect(await objects(resources, "Deployment")).toEqual({});
    const { scrapeConfigs } = await values(resources, "prometheus");
    const jobs = Object.entries(scrapeConfigs ?? {}).filter(
        ([, job]) => (job as unknown as { enabled?: boolean }).enabled !== false,
    );
    expect(jobs.map(([name]) => name)).toEqual(["prometheus", "kube-state-metrics", "kubelet", "containers"]);
});

it("gives its raw resources", async () => {
    const { made, resources } = await makeMonitoring();
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        namespace: "monitoring-namespace",
        prometheus: "monitoring-prometheus-chart",
        grafana: "monitoring-grafana-chart",
        dashboards: "monitoring-grafana-dashboards",
        exporters: {
            database: "monitoring-database-exporter-deployment",
            cache: "monitoring-cache-exporter-deployment",
        },
        key: "monitoring-grafana-encryption-key",
        secret: "monitoring-grafana-credentials-secret",
    });
});
