import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { LivingDatabase } from "./living-database";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const living = new LivingDatabase(checkout, { engine: "aurora-postgresql", engineVersion: '"15"' });

beforeAll(() => living.create());

describe("another major version of a cluster", () => {
    it("is refused, as AWS does, where the configuration does not allow it", async () => {
        living.configure({ engineVersion: '"16"' });
        expect(await living.refused()).toMatch(
            /InvalidParameterCombination.*AllowMajorVersionUpgrade flag must be present/,
        );
    });

    it("upgrades in place: the new groups first, the cluster before its servers, the old groups last", async () => {
        living.configure({ allowMajorVersionUpgrade: true });
        expect((await living.planned()).sort()).toEqual([
            "replace database-cluster-parameter-group",
            "replace database-parameter-group",
            "update database-cluster",
            "update database-reader-1",
            "update database-writer",
        ]);
        const printed = await living.comesUp();
        const moment = (line: RegExp): number => printed.search(line);
        for (const [group, type] of [
            ["database-cluster-parameter-group", "ClusterParameterGroup"],
            ["database-parameter-group", "ParameterGroup"],
        ]) {
            const moments = [
                new RegExp(`\\+\\+ +aws:rds:${type} ${group} created replacement`),
                /~ +aws:rds:Cluster database-cluster updated/,
                /~ +aws:rds:ClusterInstance database-writer updated/,
                /~ +aws:rds:ClusterInstance database-reader-1 updated/,
                new RegExp(`-- +aws:rds:${type} ${group} deleted`),
            ].map(moment);
            expect(moments).not.toContain(-1);
            expect([...moments].sort((a, b) => a - b)).toEqual(moments);
        }
    }, 300_000);
});

it("grows by a reader and by autoscaling, with a larger class and another storage, and replaces none of it", async () => {
    living.configure({
        ...{ instanceClass: "db.r6g.large", readReplicas: 2, storageType: "aurora-iopt1" },
        readerAutoscaling: "{ maximumReaders: 4 }",
    });
    expect((await living.planned()).sort()).toEqual([
        "create database-autoscaled-readers-policy",
        "create database-autoscaled-readers-target",
        "create database-reader-2",
        "update database-cluster",
        "update database-reader-1",
        "update database-writer",
    ]);
    await living.comesUp();
}, 300_000);

it("becomes serverless in place, and changes its range with the cluster alone", async () => {
    living.configure({ instanceClass: undefined, serverlessCapacity: "{ minimumAcu: 1, maximumAcu: 4 }" });
    expect((await living.planned()).sort()).toEqual([
        "update database-cluster",
        "update database-reader-1",
        "update database-reader-2",
        "update database-writer",
    ]);
    await checkout.update("staging");
    living.configure({ serverlessCapacity: "{ minimumAcu: 2, maximumAcu: 16 }" });
    expect(await living.planned()).toEqual(["update database-cluster"]);
}, 300_000);

it("gets a proxy for writer and readers once it stands, pools otherwise in place, and loses the proxy again", async () => {
    living.configure({ proxy: "{}" });
    const steps = await living.planned();
    // The secrets get the proxy's host, in versions of their own.
    const others = steps.filter((step) => !step.startsWith("create ") && !step.endsWith("-credentials-value"));
    expect(others).toEqual(["update database-cluster"]);
    const printed = await living.comesUp();
    const moments = ["Proxy database-proxy", "SecretVersion database-application-credentials-value", "ProxyTarget"].map(
        (made) => printed.search(new RegExp(`${made}.* created`)),
    );
    expect(moments).not.toContain(-1);
    expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    const { database } = JSON.parse(
        await checkout.succeed("pulumi", "stack", "output", "--stack", "staging", "--json"),
    ) as { database: Record<string, string> };
    expect(database.proxyEndpoint).toMatch(/^plinth-staging-database-proxy\.proxy-.*:5432$/);
    expect(database.proxyReaderEndpoint).toMatch(/^plinth-staging-database-proxy-readers\.endpoint\.proxy-.*:5432$/);

    living.configure({ proxy: "{ maxConnectionsPercent: 80, idleClientTimeoutSeconds: 600 }" });
    expect((await living.planned()).sort()).toEqual(["update database-proxy", "update database-proxy-pool"]);
    await checkout.update("staging");
    living.configure({ proxy: undefined });
    await checkout.update("staging");
    expect((await checkout.account("staging")).resources.filter(({ type }) => type.includes("proxy"))).toEqual([]);
}, 300_000);

it("refuses, before anything is registered, what only an instance has", async () => {
    living.configure({ multiAz: true, backupRetentionDays: 0 });
    const output = await living.refused();
    expect(output).toMatch(/plinth:database\.multiAz: is not for Aurora PostgreSQL: a reader takes over/);
    expect(output).toMatch(/plinth:database\.backupRetentionDays: 0 turns backups off/);
    expect(output).not.toContain("database-cluster");
});
