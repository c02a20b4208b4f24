import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, namesOfNodes, rehearse, settled } from "../testing/mocks";
import { cacheSpec, dataNetwork, platform } from "../testing/specs";
import type { CacheArgs } from "./args";
import { Cache } from "./cache";

const args: CacheArgs = { ...cacheSpec, platform, network: dataNetwork };
const make = (change: Partial<CacheArgs> = {}, preview = false) =>
    rehearse(preview, (options) => new Cache("cache", { ...args, ...change }, options));
const host = "cache-replication-group.example.internal";

describe("the token", () => {
    it.each([true, false])("stays secret wherever it goes, preview %s", async (preview) => {
        const { made, resources } = await make({}, preview);
        expect(await pulumi.isSecret(made.url)).toBe(true);
        for (const input of [
            inputsOf(resources, "cache-replication-group").authToken,
            inputsOf(resources, "cache-credentials-value").secretString,
        ]) {
            expect(await pulumi.isSecret(pulumi.output(input))).toBe(true);
        }
    });

    it("is in the URL and in the secret, with where to show it", async () => {
        const { made, resources } = await make();
        const url = `rediss://:cache-auth-token!generated@${host}:6379`;
        expect(await settled(made.url)).toBe(url);
        expect(JSON.parse(String(await settled(inputsOf(resources, "cache-credentials-value").secretString)))).toEqual({
            engine: "redis",
            host,
            readerHost: host,
            port: 6379,
            authToken: "cache-auth-token!generated",
            url,
        });
    });
});

describe("who may use it", () => {
    it("takes a token that is given, and makes none", async () => {
        const { made, resources } = await make({ authToken: "given-by-the-stack" });
        expect(resources.filter(({ type }) => type === "random:index/randomPassword:RandomPassword")).toEqual([]);
        const { authToken } = inputsOf(resources, "cache-replication-group");
        expect(await settled(authToken)).toBe("given-by-the-stack");
        expect(await pulumi.isSecret(pulumi.output(authToken))).toBe(true);
        expect(await pulumi.isSecret(made.url)).toBe(true);
    });

    it("is a user of a group, who can't bring the cache down, beside a default user who can do nothing", async () => {
        const { made, resources } = await make({ authentication: "user-group" });
        expect(made.authTokenEnabled).toBe(false);
        const group = inputsOf(resources, "cache-replication-group");
        expect([group.authToken, group.authTokenUpdateStrategy]).toEqual([undefined, "DELETE"]);
        expect(await settled(group.userGroupIds)).toEqual(["shop-test-cache"]);
        expect(await settled(inputsOf(resources, "cache-auth-user-group").userIds)).toEqual([
            "shop-test-cache-default",
            "shop-test-cache-application",
            "shop-test-cache-monitoring",
        ]);
        expect(inputsOf(resources, "cache-auth-default-user").accessString).toBe("off ~* -@all");
        expect(inputsOf(resources, "cache-auth-application-user")).toMatchObject({
            userName: "application",
            accessString: expect.stringMatching(/^on .* -@admin -@dangerous/),
        });
        expect(await settled(made.url)).toBe(`rediss://application:cache-auth-token!generated@${host}:6379`);
        const stored = JSON.parse(String(await settled(inputsOf(resources, "cache-credentials-value").secretString)));
        expect(stored).toMatchObject({ username: "application", password: "cache-auth-token!generated" });
    });

    it("is another token for another version, beside the old one until that is set aside", async () => {
        const { resources } = await make({ authTokenVersion: 2, authTokenUpdateStrategy: "SET" });
        expect(inputsOf(resources, "cache-auth-token").keepers).toEqual({ version: "2" });
        expect(inputsOf(resources, "cache-replication-group").authTokenUpdateStrategy).toBe("SET");
    });
});

describe("endpoints", () => {
    it("are the configuration endpoint in cluster mode", async () => {
        const { made } = await make();
        expect(made.configurationEndpoint).toBeDefined();
        expect(made.primaryEndpoint).toBe(made.configurationEndpoint);
        expect(made.readerEndpoint).toBe(made.configurationEndpoint);
    });

    it("are the primary's and the reader's without", async () => {
        const { made } = await make({ shards: 0 });
        expect(made.configurationEndpoint).toBeUndefined();
        expect(made.primaryEndpoint).not.toBe(made.readerEndpoint);
    });
});

describe("what clients are configured with", () => {
    it("is a cluster's node for Spring in cluster mode, else host and port, and holds no password", async () => {
        const redis = async (change: Partial<CacheArgs>) => {
            const { made } = await make(change);
            expect(await pulumi.isSecret(made.springConfiguration)).toBe(false);
            return (await settled(made.springConfiguration)).spring.data.redis;
        };
        const password = `\${REDIS_PASSWORD}`;
        expect(await redis({})).toMatchObject({
            cluster: { nodes: [`${host}:6379`] },
            password,
            ssl: { enabled: true },
        });
        const alone = await redis({ shards: 0, authentication: "user-group" });
        expect(alone).toMatchObject({ host, port: 6379, username: "application", password });
        expect(alone.cluster ?? alone.lettuce.cluster).toBeUndefined();
    });

    it("keeps password and URL secret in a container's environment", async () => {
        const { made } = await make();
        const secrets = await Promise.all(
            Object.entries(made.containerEnvironment).map(async ([name, value]) =>
                (await pulumi.isSecret(value)) ? [name] : [],
            ),
        );
        expect(secrets.flat()).toEqual(["REDIS_PASSWORD", "REDIS_URL"]);
        expect(await settled(made.containerEnvironment)).toMatchObject({
            REDIS_HOST: host,
            REDIS_PORT: "6379",
            REDIS_TLS: "true",
            REDIS_CLUSTER_MODE: "true",
        });
    });

    it("is commands without secrets, that take the password from the environment", async () => {
        const { made } = await make({ shards: 0, authentication: "user-group", logs: ["slow-log"] });
        expect(await settled(made.healthCheckCommand)).toBe(
            `REDISCLI_AUTH="\${REDIS_PASSWORD}" redis-cli --tls --user application -h ${host} -p 6379 ping`,
        );
        const commands = await settled(made.debuggingCommands);
        expect(Object.keys(commands)).toEqual(["password", "statistics", "memory", "biggestKeys", "slowLog"]);
        expect(commands.password).toContain(await settled(made.secretArn));
        expect(JSON.stringify(commands)).not.toContain("generated");
    });
});

describe("access", () => {
    it("is granted to group and role together", async () => {
        const { made, resources } = await rehearse(false, (options) => {
            const cache = new Cache("cache", args, options);
            cache.allowFrom({ name: "backend", securityGroupId: "sg-backend", role: "backend-role" });
            return cache;
        });
        expect(inputsOf(resources, "cache-access-from-backend")).toMatchObject({
            referencedSecurityGroupId: "sg-backend",
            fromPort: 6379,
            toPort: 6379,
        });
        expect(made.accessGrants).toEqual([
            { client: "backend", access: "connect", port: 6379, through: ["securityGroup", "role"] },
        ]);
        const policy = JSON.parse(
            String(await settled(inputsOf(resources, "cache-credentials-read-by-backend").policy)),
        );
        expect(policy.Statement[0].Resource).toBe(await settled(made.secretArn));
    });
});

describe("the logs", () => {
    it("go to log groups of the cache's own, in one order", async () => {
        const { resources } = await make({ logs: ["slow-log", "engine-log"] });
        const delivery = await settled(inputsOf(resources, "cache-replication-group").logDeliveryConfigurations);
        expect(delivery).toEqual(
            ["engine-log", "slow-log"].map((log) => ({
                logType: log,
                destination: inputsOf(resources, `cache-logs-${log}`).name,
                destinationType: "cloudwatch-logs",
                logFormat: "json",
            })),
        );
        expect(inputsOf(resources, "cache-logs-slow-log")).toMatchObject({
            name: "/aws/vendedlogs/elasticache/shop-test-cache/slow-log",
            retentionInDays: 30,
        });
    });

    it("may be none", async () => {
        const { made, resources } = await make({ logs: [] });
        expect(resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")).toEqual([]);
        expect(made.logGroupNames).toEqual({});
    });
});

it("lets a transform have the last word on each child", async () => {
    const { resources } = await make({
        transform: {
            replicationGroup: { atRestEncryptionEnabled: false },
            parameterGroup: { family: "redis6.x" },
            subnetGroup: (group) => ({ ...group, description: "Mine" }),
        },
    });
    expect(inputsOf(resources, "cache-replication-group").atRestEncryptionEnabled).toBe(false);
    expect(inputsOf(resources, "cache-parameter-group").family).toBe("redis6.x");
    expect(inputsOf(resources, "cache-subnet-group").description).toBe("Mine");
});

it("gives its raw resources", async () => {
    const { made, resources } = await make();
    expect(namesOfNodes(resources, made.nodes)).toMatchObject({
        replicationGroup: "cache-replication-group",
        subnetGroup: "cache-subnet-group",
        parameterGroup: "cache-parameter-group",
        securityGroup: "cache-access-security-group",
        clientSecurityGroup: "cache-access-client-security-group",
        key: "cache-encryption-key",
        secret: "cache-credentials-secret",
        logGroups: { "slow-log": "cache-logs-slow-log" },
    });
});
