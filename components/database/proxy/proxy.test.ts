import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { groupRulesOf, rightsOf } from "../../testing/access";
import { inputsOf, type Registered, rehearse, settled } from "../../testing/mocks";
import { auroraSpec, databaseProxySpec, databaseSpec, dataNetwork, platform } from "../../testing/specs";
import type { DatabaseArgs } from "../args";
import { Database } from "../database";

const proxied = { platform, network: dataNetwork, proxy: databaseProxySpec };
const instance: DatabaseArgs = { ...databaseSpec, ...proxied, readReplicas: 0 };
const aurora: DatabaseArgs = { ...auroraSpec, ...proxied };

const make = async (args: DatabaseArgs, preview = false, use: (database: Database) => void = () => undefined) => {
    const { made, resources } = await rehearse(preview, (options) => {
        const database = new Database("database", args, options);
        use(database);
        return database;
    });
    // The component has the name of the proxy in it.
    return { made, resources: resources.filter(({ type }) => type !== "plinth:database:DatabaseProxy") };
};
const backend = { name: "backend", securityGroupId: "sg-backend", role: "backend-role" };
const inputs = async (resources: Registered[], name: string) =>
    (await settled(inputsOf(resources, name) as pulumi.Input<object>)) as Record<string, unknown>;
const named = (resources: Registered[], name: string) => resources.find((resource) => resource.name === name);
const admitted = async (resources: Registered[], group: string) =>
    (await groupRulesOf(resources)).filter((rule) => rule.includes(` takes from ${group} `));

describe("a proxy", () => {
    it("asks for TLS, in the isolated subnets, behind a group of its own, and is a client of the servers", async () => {
        const { made, resources } = await make(instance);
        expect(await inputs(resources, "database-proxy")).toMatchObject({
            name: "shop-test-database-proxy",
            engineFamily: "POSTGRESQL",
            requireTls: true,
            debugLogging: false,
            vpcSubnetIds: ["subnet-1", "subnet-2", "subnet-3"],
            vpcSecurityGroupIds: [
                "database-proxy-access-security-group-id",
                "database-access-client-security-group-id",
            ],
        });
        expect(await groupRulesOf(resources)).toEqual([
            "database-access-client-security-group-id may reach database-access-security-group-id at tcp 5432",
            "database-access-security-group-id takes from database-access-client-security-group-id at tcp 5432",
            "database-proxy-access-client-security-group-id may reach database-proxy-access-security-group-id at tcp 5432",
            "database-proxy-access-security-group-id takes from database-proxy-access-client-security-group-id at tcp 5432",
        ]);
        expect(made.accessGrants).toEqual([
            { client: "proxy", access: "connect", port: 5432, through: ["securityGroup", "role"] },
        ]);
        expect(await settled(made.clientSecurityGroupId)).toBe("database-proxy-access-client-security-group-id");
    });

    it.each([true, false])(
        "logs in as each user, whose secret alone its role may read, preview %s",
        async (preview) => {
            const { resources } = await make(instance, preview);
            const auths = inputsOf(resources, "database-proxy").auths as Record<string, unknown>[];
            expect(
                auths.map(({ authScheme, iamAuth, clientPasswordAuthType }) => [
                    authScheme,
                    iamAuth,
                    clientPasswordAuthType,
                ]),
            ).toEqual(Array(3).fill(["SECRETS", "DISABLED", "POSTGRES_SCRAM_SHA_256"]));
            const grants = resources.filter(({ name }) => name.endsWith("-read-by-proxy"));
            expect([named(resources, "database-proxy")?.options.dependsOn].flat()).toEqual(
                expect.arrayContaining(grants.map(({ resource }) => resource)),
            );
            expect(grants.map(({ name }) => name)).toEqual(
                ["master", "application", "read-only"].map((user) => `database-${user}-credentials-read-by-proxy`),
            );
            for (const { inputs: version } of resources.filter(({ type }) => type.endsWith(":SecretVersion"))) {
                expect(await pulumi.isSecret(pulumi.output(version.secretString))).toBe(true);
            }
        },
    );

    it("may read these secrets and decrypt with their key, and nothing else", async () => {
        const { made, resources } = await make(instance);
        const arn = "arn:aws:test:eu-west-1:123456789012:database";
        const secrets = ["application", "master", "read-only"].map((user) => `${arn}-${user}-credentials-secret`);
        expect((await rightsOf(resources))["shop-test-database-proxy"]).toEqual(
            [
                ...Array(3).fill(`kms:Decrypt on ${await settled(made.kmsKeyId)}`),
                ...secrets.flatMap((secret) => [
                    `secretsmanager:DescribeSecret on ${secret}`,
                    `secretsmanager:GetSecretValue on ${secret}`,
                ]),
            ].sort(),
        );
        const { assumeRolePolicy } = inputsOf(resources, "database-proxy-role");
        expect(JSON.parse(String(await settled(assumeRolePolicy as string))).Statement).toEqual([
            expect.objectContaining({ Principal: { Service: "rds.amazonaws.com" }, Action: "sts:AssumeRole" }),
        ]);
    });

    it("is told of the secret that RDS keeps of the master", async () => {
        const { resources } = await make({ ...instance, masterPassword: "managed" });
        const { auths } = (await inputs(resources, "database-proxy")) as { auths: { secretArn: string }[] };
        expect(auths.map(({ secretArn }) => secretArn)).toContainEqual(expect.stringMatching(/:secret:rds!db-/));
        expect((await rightsOf(resources))["shop-test-database-proxy"]).toContainEqual(
            expect.stringMatching(/^secretsmanager:GetSecretValue on .*:secret:rds!db-/),
        );
        expect(auths).toHaveLength(3);
    });

    it("finds its log group made, encrypted and with an end", async () => {
        const { resources } = await make(instance);
        const logs = named(resources, "database-proxy-logs");
        expect(inputsOf(resources, "database-proxy-logs-log")).toMatchObject({
            name: "/aws/rds/proxy/shop-test-database-proxy",
            retentionInDays: 90,
        });
        expect(inputsOf(resources, "database-proxy-logs-log").kmsKeyId).toBeDefined();
        expect([named(resources, "database-proxy")?.options.dependsOn].flat()).toContain(logs?.resource);
    });

    it("is not replaced for a zone that is added", async () => {
        const { resources } = await make(aurora);
        for (const name of ["database-proxy", "database-proxy-readers"]) {
            expect(named(resources, name)?.options.ignoreChanges).toEqual(["vpcSubnetIds"]);
        }
    });

    it("leaves nothing behind where there is none", async () => {
        const { made, resources } = await make({ ...instance, proxy: undefined });
        expect(resources.filter(({ type, name }) => /proxy/i.test(type + name))).toEqual([]);
        expect([made.proxyEndpoint, made.proxyReaderEndpoint, made.accessGrants]).toEqual([undefined, undefined, []]);
        expect(made.server.clientSecurityGroupId).toBe(made.clientSecurityGroupId);
    });

    it("can be transformed, and no other engine's child with it", async () => {
        const { resources } = await make({ ...instance, transform: { proxy: { debugLogging: true } } });
        expect(inputsOf(resources, "database-proxy").debugLogging).toBe(true);
        const without = { ...instance, proxy: undefined, transform: { proxy: {} } };
        await expect(make(without)).rejects.toThrow("transform.proxy: postgres has no such child");
    });
});

describe("its order", () => {
    it("is the proxy, then the secrets with its host, then what it leads to", async () => {
        const { resources } = await make(aurora);
        const value = inputsOf(resources, "database-application-credentials-value").secretString;
        const { host, port, proxyHost, proxyPort } = JSON.parse(String(await settled(value as string)));
        expect([host, port]).toEqual(["database-cluster.example.internal", 5432]);
        expect([proxyHost, proxyPort]).toEqual(["database-proxy.example.internal", 5432]);
        const values = ["master", "application", "read-only"].map(
            (user) => named(resources, `database-${user}-credentials-value`)?.resource,
        );
        expect(named(resources, "database-proxy-target")?.options.dependsOn).toEqual(values);
    });

    it.each<[string, DatabaseArgs, object]>([
        ["the primary instance", instance, { dbInstanceIdentifier: "shop-test-database" }],
        ["the cluster", aurora, { dbClusterIdentifier: "shop-test-database" }],
    ])("leads to %s", async (_, args, expected) => {
        const { resources } = await make(args);
        const { dbInstanceIdentifier, dbClusterIdentifier, targetGroupName } = await inputs(
            resources,
            "database-proxy-target",
        );
        expect({ dbInstanceIdentifier, dbClusterIdentifier, targetGroupName }).toEqual({
            ...{ dbInstanceIdentifier: undefined, dbClusterIdentifier: undefined, targetGroupName: "default" },
            ...expected,
        });
    });
});

describe("clients", () => {
    const endpoints = async ({ clientEndpoints: { writer, reader } }: Database) =>
        Promise.all([writer, reader].map(async ({ host, port }) => `${await settled(host)}:${port}`));

    it.each<[string, DatabaseArgs, string[]]>([
        ["the proxy alone", instance, ["database-proxy.example.internal:5432", "database-proxy.example.internal:5432"]],
        [
            "the proxy, and the replicas past it",
            { ...instance, readReplicas: 1, port: 6000 },
            ["database-proxy.example.internal:5432", "database-replica-1.example.internal:6000"],
        ],
        [
            "the proxy for a cluster's readers as well",
            { ...aurora, port: 6000 },
            ["database-proxy.example.internal:5432", "database-proxy-readers.example.internal:5432"],
        ],
        [
            "the servers where there is no proxy",
            { ...aurora, proxy: undefined },
            ["database-cluster.example.internal:5432", "ro-database-cluster.example.internal:5432"],
        ],
    ])("are told of %s", async (_, args, expected) => {
        const { made } = await make(args);
        expect(await endpoints(made)).toEqual(expected);
        const outputs = [made.proxyEndpoint, made.proxyReaderEndpoint].map((one) => one && settled(one));
        expect(await Promise.all(outputs)).toEqual([
            expected.find((one) => one.startsWith("database-proxy.")),
            expected.find((one) => one.startsWith("database-proxy-readers.")),
        ]);
    });

    it("are let in to the proxy alone, with the application's secret", async () => {
        const { made, resources } = await make({ ...aurora, port: 6000 }, false, (one) => one.allowFrom(backend));
        expect(await admitted(resources, "sg-backend")).toEqual([
            "database-proxy-access-security-group-id takes from sg-backend at tcp 5432",
        ]);
        expect(made.accessGrants.slice(1)).toEqual([
            { client: "backend", access: "connect", port: 5432, through: ["securityGroup", "role"] },
        ]);
        expect(Object.keys(await rightsOf(resources))).toContain("backend-role");
        expect(made.accessPoints.map(({ port }) => port)).toEqual([5432]);
    });

    it("are let in to the replicas too, which no proxy leads to", async () => {
        const args = { ...instance, readReplicas: 1, port: 6000 };
        const { made, resources } = await make(args, false, (one) => one.allowFrom(backend));
        expect(await admitted(resources, "sg-backend")).toEqual([
            "database-access-security-group-id takes from sg-backend at tcp 6000",
            "database-proxy-access-security-group-id takes from sg-backend at tcp 5432",
        ]);
        expect(made.accessGrants.map(({ client, port }) => `${client} ${port}`)).toEqual([
            "proxy 6000",
            "backend 5432",
            "backend 6000",
        ]);
        expect(resources.filter(({ name }) => name.endsWith("-read-by-backend"))).toHaveLength(1);
    });

    it("that a proxy won't do for are let in to the server alone, and no group twice", async () => {
        const nodes = { name: "nodes", securityGroupId: "sg-nodes" };
        const args = { ...instance, readReplicas: 1, port: 6000 };
        const { made, resources } = await make(args, false, (one) => {
            one.server.allowFrom({ name: "jobs", securityGroupId: "sg-jobs" });
            one.server.allowFrom(nodes);
            one.allowFrom(nodes);
        });
        expect(await admitted(resources, "sg-jobs")).toEqual([
            "database-access-security-group-id takes from sg-jobs at tcp 6000",
        ]);
        expect(await admitted(resources, "sg-nodes")).toHaveLength(2);
        expect(await settled(made.server.clientSecurityGroupId)).toBe("database-access-client-security-group-id");
    });
});
