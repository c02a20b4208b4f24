import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** What the stack's configuration says, over the tier's defaults. */
const database: Record<string, unknown> = { engine: "aurora-postgresql", engineVersion: '"15"' };

/** Writes the configuration of a stack that has a cluster and little else. */
function configure(change: Record<string, unknown>): void {
    Object.assign(database, change);
    const settings = Object.entries(database).filter(([, value]) => value !== undefined);
    checkout.write(
        "Pulumi.staging.yaml",
        [
            "config:",
            "  aws:region: eu-west-1",
            "  plinth:tier: staging",
            "  plinth:cache: false",
            "  plinth:cluster: false",
            "  plinth:database:",
            ...settings.map(([name, value]) => `    ${name}: ${value}`),
        ].join("\n"),
    );
}

/** What Pulumi plans for the resources of AWS's that change, in its order: `update database-cluster`. */
async function planned(): Promise<string[]> {
    const output = await checkout.succeed("pulumi", "preview", "--stack", "staging", "--json");
    const { steps } = JSON.parse(output) as { steps: { op: string; urn: string }[] };
    return steps
        .filter(({ op, urn }) => op !== "same" && urn.includes("aws:"))
        .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
}

/** Updates the stack, after which there is nothing left to change; what the update printed. */
async function comesUp(): Promise<string> {
    const printed = await checkout.succeed("up", "staging", "--skip-preview");
    await checkout.succeed("preview", "staging", "--expect-no-changes");
    return printed;
}

beforeAll(async () => {
    configure({});
    await checkout.succeed("up", "staging", "--skip-preview");
});

describe("another major version of a cluster", () => {
    it("is refused, as AWS does, where the configuration does not allow it", async () => {
        configure({ engineVersion: '"16"' });
        const { code, output } = await checkout.run(["preview", "staging"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/InvalidParameterCombination.*AllowMajorVersionUpgrade flag must be present/);
    });

    it("upgrades in place: the new groups first, the cluster before its servers, the old groups last", async () => {
        configure({ allowMajorVersionUpgrade: true });
        expect((await planned()).sort()).toEqual([
            "replace database-cluster-parameter-group",
            "replace database-parameter-group",
            "update database-cluster",
            "update database-reader-1",
            "update database-writer",
        ]);
        const printed = await comesUp();
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
    configure({
        ...{ instanceClass: "db.r6g.large", readReplicas: 2, storageType: "aurora-iopt1" },
        readerAutoscaling: "{ maximumReaders: 4 }",
    });
    expect((await planned()).sort()).toEqual([
        "create database-autoscaled-readers-policy",
        "create database-autoscaled-readers-target",
        "create database-reader-2",
        "update database-cluster",
        "update database-reader-1",
        "update database-writer",
    ]);
    await comesUp();
}, 300_000);

it("becomes serverless in place, and changes its range with the cluster alone", async () => {
    configure({ instanceClass: undefined, serverlessCapacity: "{ minimumAcu: 1, maximumAcu: 4 }" });
    expect((await planned()).sort()).toEqual([
        "update database-cluster",
        "update database-reader-1",
        "update database-reader-2",
        "update database-writer",
    ]);
    await checkout.succeed("up", "staging", "--skip-preview");
    configure({ serverlessCapacity: "{ minimumAcu: 2, maximumAcu: 16 }" });
    expect(await planned()).toEqual(["update database-cluster"]);
}, 300_000);

it("refuses, before anything is registered, what only an instance has", async () => {
    configure({ multiAz: true, backupRetentionDays: 0 });
    const { code, output } = await checkout.run(["preview", "staging"]);
    expect(code).not.toBe(0);
    expect(output).toMatch(/plinth:database\.multiAz: is not for Aurora PostgreSQL: a reader takes over/);
    expect(output).toMatch(/plinth:database\.backupRetentionDays: 0 turns backups off/);
    expect(output).not.toContain("database-cluster");
});
