import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { LivingDatabase } from "./living-database";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const living = new LivingDatabase(checkout, { engine: "aurora-postgresql", engineVersion: '"15"' });

beforeAll(() => living.create());

describe("another major version of a cluster", () => {
    it("upgrades in place: the new groups first, the cluster before its servers, the old groups last", async () => {
        living.configure({ engineVersion: '"16"', allowMajorVersionUpgrade: true });
        const { printed, done } = await living.comesUp();
        expect(done.sort()).toEqual([
            "replace database-cluster-parameter-group",
            "replace database-parameter-group",
            "update database-cluster",
            "update database-reader-1",
            "update database-writer",
        ]);
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
    expect((await living.comesUp()).done.sort()).toEqual([
        "create database-autoscaled-readers-policy",
        "create database-autoscaled-readers-target",
        "create database-reader-2",
        "update database-cluster",
        "update database-reader-1",
        "update database-writer",
    ]);
}, 300_000);

it("becomes serverless in place", async () => {
    living.configure({ instanceClass: undefined, serverlessCapacity: "{ minimumAcu: 1, maximumAcu: 4 }" });
    expect((await living.comesUp()).done.sort()).toEqual([
        "update database-cluster",
        "update database-reader-1",
        "update database-reader-2",
        "update database-writer",
    ]);
}, 300_000);

it("gets a proxy for writer and readers once it stands and another range of capacity, pools otherwise in place, and loses the proxy again", async () => {
    living.configure({ proxy: "{}", serverlessCapacity: "{ minimumAcu: 2, maximumAcu: 16 }" });
    const { printed, done } = await living.comesUp();
    // The secrets get the proxy's host, in versions of their own. The range is the cluster's alone.
    const others = done.filter((step) => !step.startsWith("create ") && !step.endsWith("-credentials-value"));
    expect(others).toEqual(["update database-cluster"]);
    const moments = ["Proxy database-proxy", "SecretVersion database-application-credentials-value", "ProxyTarget"].map(
        (made) => printed.search(new RegExp(`${made}.* created`)),
    );
    expect(moments).not.toContain(-1);
    expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    const { database } = checkout.outputs("staging") as { database: Record<string, string> };
    expect(database.proxyEndpoint).toMatch(/^plinth-staging-database-proxy\.proxy-.*:5432$/);
    expect(database.proxyReaderEndpoint).toMatch(/^plinth-staging-database-proxy-readers\.endpoint\.proxy-.*:5432$/);

    living.configure({ proxy: "{ maxConnectionsPercent: 80, idleClientTimeoutSeconds: 600 }" });
    expect((await living.comesUp()).done.sort()).toEqual(["update database-proxy", "update database-proxy-pool"]);
    living.configure({ proxy: undefined });
    await living.comesUp();
    await living.isComplete();
    expect((await checkout.account("staging")).resources.filter(({ type }) => type.includes("proxy"))).toEqual([]);
}, 300_000);
