import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, namesOfNodes, rehearse, settled } from "../testing/mocks";
import { databaseSpec, dataNetwork, platform } from "../testing/specs";
import type { DatabaseArgs } from "./args";
import { Database } from "./database";

const args: DatabaseArgs = { ...databaseSpec, platform, network: dataNetwork };
const make = (change: Partial<DatabaseArgs> = {}, preview = false) =>
    rehearse(preview, (options) => new Database("database", { ...args, ...change }, options));

describe("secrets", () => {
    it.each([true, false])("stay secret in every input and output that holds one, preview %s", async (preview) => {
        const { made, resources } = await make({}, preview);
        expect(await pulumi.isSecret(made.connectionUrl)).toBe(true);
        const versions = resources.filter(({ type }) => type.endsWith(":SecretVersion"));
        expect(versions).toHaveLength(3);
        for (const { inputs } of versions) expect(await isSecret(inputs.secretString)).toBe(true);
        expect(await isSecret(inputsOf(resources, "database-primary").password)).toBe(true);
    });

    it("hold all that a client needs to connect, each for its own user", async () => {
        const { resources } = await make();
        const read = async (user: string) =>
            JSON.parse(String(await settled(inputsOf(resources, `database-${user}-credentials-value`).secretString)));
        const place = {
            engine: "postgres",
            host: "database-primary.example.internal",
            port: 5432,
            dbname: "app",
            replicaHosts: ["database-replica-1.example.internal", "database-replica-2.example.internal"],
        };
        expect(await read("master")).toEqual({
            ...place,
            username: "platform_admin",
            password: "database-master-password!generated",
        });
        expect(await read("application")).toEqual({
            ...place,
            username: "application",
            password: "database-application-password!generated",
        });
        expect(await read("read-only")).toEqual({
            ...place,
            username: "read_only",
            password: "database-read-only-password!generated",
        });
    });

    it("have names that Secrets Manager does not mistake for ones with its own ending", async () => {
        const { resources } = await make();
        for (const { inputs } of resources.filter(({ type }) => type.endsWith(":Secret"))) {
            expect(inputs.name).not.toMatch(/-.{6}$/);
        }
    });

    it("escape in the connection URL", async () => {
        const { made } = await make({ masterUsername: "owner" });
        expect(await settled(made.connectionUrl)).toBe(
            "postgresql://owner:database-master-password!generated@database-primary.example.internal:5432/app?sslmode=require",
        );
    });
});

it("reaches MySQL by MySQL's own URL, and insists on TLS", async () => {
    const { made } = await make({ engine: "mysql", engineVersion: "8.4", port: 3306 });
    expect(await settled(made.connectionUrl)).toMatch(/^mysql:\/\/platform_admin:.*@.*:3306\/app\?ssl-mode=REQUIRED$/);
});

describe("endpoints", () => {
    it("read from the first replica", async () => {
        const { made } = await make();
        expect(await settled(made.readerEndpoint)).toBe("database-replica-1.example.internal:5432");
        expect(await settled(made.replicaEndpoints)).toHaveLength(2);
    });

    it("read from the writer where there is no replica", async () => {
        const { made } = await make({ readReplicas: 0 });
        expect(await settled(made.readerEndpoint)).toBe(await settled(made.primaryEndpoint));
    });
});

describe("replicas", () => {
    it("give RDS none of what it takes from their source, and refuses", async () => {
        const { resources } = await make();
        const { kmsKeyId, dbSubnetGroupName, engine, username, password, allocatedStorage, dbName } = inputsOf(
            resources,
            "database-replica-1",
        );
        expect([kmsKeyId, dbSubnetGroupName, engine, username, password, allocatedStorage, dbName]).toEqual(
            Array(7).fill(undefined),
        );
    });
});

describe("monitoring", () => {
    it("has its role and log groups before any instance, and encrypts what it keeps", async () => {
        const { made, resources } = await make();
        const names = ["database-primary", "database-replica-1", "database-replica-2"];
        const monitoring = resources.find(({ name }) => name === "database-monitoring")?.resource;
        for (const name of names) {
            const { inputs, options } = resources.find((resource) => resource.name === name) ?? {};
            expect([options?.dependsOn].flat()).toContain(monitoring);
            expect(inputs).toMatchObject({
                monitoringInterval: 60,
                databaseInsightsMode: "advanced",
                performanceInsightsRetentionPeriod: 465,
                enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
            });
            expect(await settled(inputs?.performanceInsightsKmsKeyId as string)).toBe(await settled(made.kmsKeyId));
        }
        const groups = resources.filter(({ type }) => type.endsWith(":LogGroup"));
        expect(groups.map(({ inputs }) => inputs.name)).toEqual(
            ["", "-replica-1", "-replica-2"].flatMap((part) =>
                ["postgresql", "upgrade"].map((log) => `/aws/rds/instance/shop-test-database${part}/${log}`),
            ),
        );
    });

    it("leaves nothing behind where it is off", async () => {
        const { resources } = await make({ monitoringIntervalSeconds: 0, insights: "off", exportLogs: false });
        expect(resources.filter(({ type }) => /:(LogGroup|Role)$/.test(type))).toEqual([]);
        expect(inputsOf(resources, "database-primary")).toMatchObject({
            monitoringInterval: 0,
            databaseInsightsMode: "standard",
            performanceInsightsEnabled: false,
        });
        expect(inputsOf(resources, "database-primary").performanceInsightsKmsKeyId).toBeUndefined();
    });
});

describe("the network side", () => {
    it("lets nothing out of the database, and clients only to its port", async () => {
        const { made, resources } = await make({ port: 6000 });
        const egress = resources.filter(({ type }) => type.endsWith(":SecurityGroupEgressRule"));
        expect(
            await settled(
                egress.map(({ inputs }) => [
                    inputs.securityGroupId,
                    inputs.referencedSecurityGroupId,
                    inputs.fromPort,
                    inputs.toPort,
                    inputs.ipProtocol,
                ]) as pulumi.Input<unknown>,
            ),
        ).toEqual([
            [await settled(made.clientSecurityGroupId), await settled(made.securityGroupId), 6000, 6000, "tcp"],
        ]);
        for (const { inputs } of resources.filter(({ type }) => type.endsWith(":SecurityGroup"))) {
            expect([inputs.ingress, inputs.egress]).toEqual([undefined, undefined]);
        }
    });

    it("admits a group, and gives a role the application's secret and nothing else", async () => {
        const { made, resources } = await rehearse(false, (options) => {
            const database = new Database("database", args, options);
            database.allowFrom({ name: "backend", securityGroupId: "sg-backend", role: "backend-role" });
            return database;
        });
        expect(
            await settled(inputsOf(resources, "database-access-from-backend") as pulumi.Input<unknown>),
        ).toMatchObject({
            securityGroupId: await settled(made.securityGroupId),
            referencedSecurityGroupId: "sg-backend",
            fromPort: 5432,
            toPort: 5432,
        });
        expect(made.accessGrants).toEqual([
            { client: "backend", access: "connect", port: 5432, through: ["securityGroup", "role"] },
        ]);
        const grant = inputsOf(resources, "database-application-credentials-read-by-backend");
        expect(grant.role).toBe("backend-role");
        expect(JSON.parse(String(await settled(grant.policy))).Statement).toEqual([
            {
                Sid: "ReadSecret",
                Effect: "Allow",
                Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                Resource: await settled(made.applicationSecretArn),
            },
            {
                Sid: "DecryptSecret",
                Effect: "Allow",
                Action: "kms:Decrypt",
                Resource: await settled(made.kmsKeyId),
                Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
            },
        ]);
    });
});

describe("transform", () => {
    it("has the last word on each child", async () => {
        const { resources } = await make({
            transform: {
                primary: { storageEncrypted: false },
                replica: (replica) => ({ ...replica, instanceClass: "db.r6g.xlarge" }),
                parameterGroup: { family: "postgres15" },
                subnetGroup: { description: "Mine" },
            },
        });
        expect(inputsOf(resources, "database-primary").storageEncrypted).toBe(false);
        expect(inputsOf(resources, "database-replica-2").instanceClass).toBe("db.r6g.xlarge");
        expect(inputsOf(resources, "database-parameter-group").family).toBe("postgres15");
        expect(inputsOf(resources, "database-subnet-group").description).toBe("Mine");
    });
});

function isSecret(input: unknown): Promise<boolean> {
    return pulumi.isSecret(pulumi.output(input));
}

it("gives its raw resources", async () => {
    const { made, resources } = await make();
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        subnetGroup: "database-subnet-group",
        parameterGroup: "database-parameter-group",
        primary: "database-primary",
        replicas: ["database-replica-1", "database-replica-2"],
        clusterInstances: [],
        securityGroup: "database-access-security-group",
        clientSecurityGroup: "database-access-client-security-group",
        key: "database-encryption-key",
        secrets: {
            master: "database-master-credentials-secret",
            application: "database-application-credentials-secret",
            readOnly: "database-read-only-credentials-secret",
        },
    });
});
