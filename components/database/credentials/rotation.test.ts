import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, type Registered, rehearse, settled } from "../../testing/mocks";
import { databaseSpec, dataNetwork, platform } from "../../testing/specs";
import type { DatabaseArgs } from "../args";
import { Database } from "../database";
import { excludedCharacters } from "./credentials";
import { rotationApplication } from "./rotation-application";

const network = { ...dataNetwork, privateSubnetIds: ["subnet-7", "subnet-8", "subnet-9"] };
const args: DatabaseArgs = { ...databaseSpec, platform, network, rotationDays: 30 };
const make = (change: Partial<DatabaseArgs> = {}, preview = false) =>
    rehearse(preview, (options) => new Database("database", { ...args, ...change }, options));
const rotations = (resources: Registered[]) => resources.filter(({ type }) => type.endsWith(":SecretRotation"));
const optionsOf = (resources: Registered[], wanted: string) => resources.find(({ name }) => name === wanted)?.options;

describe("rotation", () => {
    it("is of every user's secret, once it holds a value, and never at once", async () => {
        const { made, resources } = await make();
        const values = await settled(
            rotations(resources).map(({ inputs }) => inputs) as pulumi.Input<Record<string, unknown>[]>,
        );
        expect(values.map(({ secretId }) => secretId)).toEqual(
            await Promise.all(
                ["application", "read-only", "master"].map((user) =>
                    settled(inputsOf(resources, `database-${user}-credentials-value`).secretId as string),
                ),
            ).then(([application, readOnly, master]) => [master, application, readOnly]),
        );
        for (const value of values) {
            expect(value).toMatchObject({
                rotateImmediately: false,
                rotationRules: { automaticallyAfterDays: 30 },
                rotationLambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:shop-test-database-rotation",
            });
        }
        expect(await settled(made.secretArn)).toBe(values[0]?.secretId);
    });

    it.each([true, false])("owns the secrets from then on, preview %s", async (preview) => {
        const { resources } = await make({}, preview);
        for (const user of ["master", "application", "read-only"]) {
            expect(optionsOf(resources, `database-${user}-credentials-value`)?.ignoreChanges).toEqual([
                "secretString",
                "versionStages",
            ]);
        }
        expect(rotations(resources)).toHaveLength(3);
    });

    it("leaves nothing behind where it is off, and the secrets to the program", async () => {
        const { resources } = await make({ rotationDays: 0 });
        expect(resources.filter(({ name }) => name.includes("rotation"))).toEqual([]);
        expect(optionsOf(resources, "database-master-credentials-value")?.ignoreChanges).toEqual([]);
    });

    it("tells the master's URL the password that the secret holds now, as a secret", async () => {
        const { made } = await make();
        expect(await settled(made.connectionUrl)).toMatch(/^postgresql:\/\/platform_admin:rotated%20since@/);
        expect(await pulumi.isSecret(made.connectionUrl)).toBe(true);
    });
});

describe("the function", () => {
    const application = async (change: Partial<DatabaseArgs>) => {
        const { resources } = await make(change);
        const inputs = inputsOf(resources, "database-rotation-function");
        return { resources, inputs: (await settled(inputs as pulumi.Input<object>)) as Record<string, unknown> };
    };

    it("runs in the private subnets, as a client of the database, and may use its key", async () => {
        const { inputs, resources } = await application({});
        const ids = ["database-access-client-security-group", "database-rotation-security-group"];
        expect(inputs.parameters).toEqual({
            endpoint: "https://secretsmanager.eu-west-1.amazonaws.com",
            functionName: "shop-test-database-rotation",
            vpcSubnetIds: "subnet-7,subnet-8,subnet-9",
            vpcSecurityGroupIds: ids.map((id) => `${id}-id`).join(),
            kmsKeyArn: await settled(inputsOf(resources, "database-primary").kmsKeyId as string),
            excludeCharacters: excludedCharacters,
        });
    });

    it("finds its log group made, encrypted and with an end", async () => {
        const { resources } = await application({});
        const group = resources.find(({ name }) => name === "database-rotation-logs-rotation");
        expect(group?.inputs).toMatchObject({
            name: "/aws/lambda/shop-test-database-rotation",
            retentionInDays: 90,
        });
        const logs = resources.find(({ name }) => name === "database-rotation-logs")?.resource;
        expect([optionsOf(resources, "database-rotation-function")?.dependsOn].flat()).toContain(logs);
    });

    it.each<[string, Partial<typeof network> & Pick<DatabaseArgs["network"], "interfaceEndpoints">, object]>([
        ["NAT", {}, { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }],
        [
            "the interface endpoint where there is one",
            { interfaceEndpoints: { services: ["sts", "secretsmanager"], securityGroupId: "sg-endpoints" } },
            { referencedSecurityGroupId: "sg-endpoints", cidrIpv4: undefined, fromPort: 443, toPort: 443 },
        ],
        [
            "NAT past other endpoints",
            { interfaceEndpoints: { services: ["sts"], securityGroupId: "sg-endpoints" } },
            { cidrIpv4: "0.0.0.0/0", referencedSecurityGroupId: undefined },
        ],
    ])("reaches Secrets Manager over %s", async (_, change, expected) => {
        const { resources } = await application({ network: { ...network, ...change } });
        const egress = inputsOf(resources, "database-rotation-egress");
        for (const [name, value] of Object.entries(expected)) expect([name, egress[name]]).toEqual([name, value]);
    });

    it.each(["aws", "aws-cn", "aws-us-gov"])("is AWS's, at a version that is pinned, in %s", (partition) => {
        for (const [engine, name] of [
            ["postgres", "SecretsManagerRDSPostgreSQLRotationSingleUser"],
            ["mysql", "SecretsManagerRDSMySQLRotationSingleUser"],
        ] as const) {
            const { applicationId, semanticVersion } = rotationApplication(engine, partition);
            expect(applicationId).toMatch(
                new RegExp(`^arn:${partition}:serverlessrepo:[a-z0-9-]+:\\d{12}:applications/${name}$`),
            );
            expect(semanticVersion).toMatch(/^\d+\.\d+\.\d+$/);
        }
    });

    it("is not to be had where AWS publishes none", () => {
        expect(() => rotationApplication("postgres", "aws-iso")).toThrow("publishes no rotation function in aws-iso");
    });

    it("makes passwords of the characters that Plinth's have", async () => {
        const { resources } = await make();
        const special = String(inputsOf(resources, "database-master-password").overrideSpecial);
        const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
        const left = printable.filter((one) => !excludedCharacters.includes(one) && !/[A-Za-z0-9]/.test(one));
        expect(left.join("")).toBe([...special].sort().join(""));
        expect(excludedCharacters).not.toMatch(/[A-Za-z0-9]/);
    });
});

describe("a master password that RDS manages", () => {
    const managed = { masterPassword: "managed", readReplicas: 0 } as const;

    it("is neither made nor kept by Plinth, and encrypted with the database's key", async () => {
        const { made, resources } = await make(managed);
        expect(resources.filter(({ name }) => /master-(password|credentials)/.test(name))).toEqual([]);
        const { password, manageMasterUserPassword, masterUserSecretKmsKeyId } = inputsOf(
            resources,
            "database-primary",
        );
        expect([password, manageMasterUserPassword]).toEqual([undefined, true]);
        expect(await settled(masterUserSecretKmsKeyId as string)).toBe(await settled(made.kmsKeyId));
        expect(await settled(made.secretArn)).toMatch(/:secret:rds!db-/);
        expect(await pulumi.isSecret(made.connectionUrl)).toBe(true);
        expect(await settled(made.connectionUrl)).toMatch(/^postgresql:\/\/platform_admin:rotated%20since@/);
    });

    it("is rotated by RDS, as often as the others by the function", async () => {
        const { resources } = await make(managed);
        const functions = await settled(
            rotations(resources).map(({ inputs }) => [inputs.secretId, inputs.rotationLambdaArn]) as pulumi.Input<
                unknown[][]
            >,
        );
        expect(functions.map(([, lambda]) => lambda !== undefined)).toEqual([true, true, false]);
        expect(functions[2]?.[0]).toMatch(/:secret:rds!db-/);
    });

    it("is left to RDS's seven days where nothing else is rotated", async () => {
        expect(rotations((await make({ ...managed, rotationDays: 0 })).resources)).toEqual([]);
    });
});
