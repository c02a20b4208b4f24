import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { objects, only, registered } from "../../testing/application";
import { inputsOf, settled } from "../../testing/mocks";
import { databaseProxySpec } from "../../testing/specs";
import { chartValues, everything, makeMonitoring, type Variation } from "../testing/monitoring";

const authorities = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const mysql = { engine: "mysql", engineVersion: "8.4", port: 3306 } as const;
const postgresHost = "database-primary.example.internal";
const cacheHost = "cache-replication-group.example.internal";

interface Container {
    args: string[];
    env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
    volumeMounts: { mountPath: string }[];
}

/** The container of an exporter, with its variables by name. */
async function exporter(name: string, variation?: Variation) {
    const { resources } = await (variation ? makeMonitoring(variation) : everything());
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
        const { environment, arguments: args, folders } = await exporter("postgres-exporter");
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
        ["without a proxy", undefined],
        ["past a proxy", databaseProxySpec],
    ])("is let in by the servers themselves, %s", async (_, proxy) => {
        const { resources } = await makeMonitoring({ database: { proxy }, cluster: { instanceTypes: ["t3.large"] } });
        const names = registered(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
            ({ name }) => name,
        );
        expect(names.filter((name) => /^database.*-from-nodes$/.test(name))).toEqual(["database-access-from-nodes"]);
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
        const { environment, resources } = await exporter("redis-exporter");
        expect(environment).toEqual({
            REDIS_ADDR: `rediss://${cacheHost}:6379`,
            REDIS_EXPORTER_TLS_SERVER_NAME: cacheHost,
            REDIS_EXPORTER_IS_CLUSTER: "true",
            REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: "false",
            REDIS_EXPORTER_CONFIG_COMMAND: "-",
            REDIS_PASSWORD: "redis-exporter-credentials.password",
        });
        const { scrapeConfigs } = await chartValues(resources, "prometheus");
        expect(scrapeConfigs?.cache).toMatchObject({ metrics_path: "/scrape" });
    });

    it("asks one primary alone, and no other target that it is told of", async () => {
        const { environment, resources } = await exporter("redis-exporter", { cache: { shards: 0 } });
        expect(environment).toMatchObject({
            REDIS_EXPORTER_IS_CLUSTER: "false",
            REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: "true",
        });
        const { scrapeConfigs } = await chartValues(resources, "prometheus");
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
