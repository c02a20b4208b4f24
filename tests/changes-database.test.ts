import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** What the stack's configuration says, over the tier's defaults. */
const database: Record<string, unknown> = {
    engineVersion: '"15"',
    storageType: "io1",
    allocatedStorageGiB: 500,
    maxAllocatedStorageGiB: 1000,
    iops: 3000,
    multiAz: false,
};

/** Writes the configuration of a stack that has a database and little else. */
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

interface Step {
    op: string;
    urn: string;
}

/** What Pulumi plans for the resources of AWS's that change, in its order: `update database-primary`. */
async function planned(): Promise<string[]> {
    const output = await checkout.succeed("pulumi", "preview", "--stack", "staging", "--json");
    const { steps } = JSON.parse(output) as { steps: Step[] };
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

/** A preview that must fail, and what it printed. */
async function refused(): Promise<string> {
    const { code, output } = await checkout.run(["preview", "staging"]);
    expect(code).not.toBe(0);
    return output;
}

beforeAll(async () => {
    configure({});
    await checkout.succeed("up", "staging", "--skip-preview");
});

describe("another major version", () => {
    it("is refused, as AWS does, where the configuration does not allow it", async () => {
        configure({ engineVersion: '"16"' });
        expect(await refused()).toMatch(/InvalidParameterCombination.*AllowMajorVersionUpgrade flag must be present/);
    });

    it("upgrades in place: the new parameter group first, the primary before its replica, the old group last", async () => {
        configure({ allowMajorVersionUpgrade: true });
        expect(await planned()).toEqual([
            "replace database-parameter-group",
            "update database-primary",
            "update database-replica-1",
        ]);
        const printed = await comesUp();
        const moments = [
            /\+\+ +aws:rds:ParameterGroup database-parameter-group created replacement/,
            /~ +aws:rds:Instance database-primary updated/,
            /~ +aws:rds:Instance database-replica-1 updated/,
            /-- +aws:rds:ParameterGroup database-parameter-group deleted/,
        ].map((line) => printed.search(line));
        expect(moments).not.toContain(-1);
        expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    });

    it("does not go back", async () => {
        configure({ engineVersion: '"15"' });
        expect(await refused()).toMatch(/InvalidParameterCombination.*Cannot upgrade postgres from 16 to 15/);
        configure({ engineVersion: '"16"' });
    });
});

it("refuses, before anything is registered, what the configuration may not say", async () => {
    configure({ backupRetentionDays: 0, storageEncrypted: false, blueGreenUpdates: true });
    const output = await refused();
    expect(output).toMatch(/plinth:database\.storageEncrypted is not known/);
    expect(output).toMatch(/plinth:database\.backupRetentionDays: 0 turns backups off, which 1 read replicas need/);
    expect(output).toMatch(/plinth:database\.blueGreenUpdates: true is not for a database with 1 read replicas/);
    expect(output).not.toContain("database-primary");
    configure({ backupRetentionDays: undefined, storageEncrypted: undefined, blueGreenUpdates: undefined });
});

describe("growth", () => {
    it("updates in place, and makes what the new replica needs", async () => {
        configure({
            ...{ instanceClass: "db.t3.medium", storageType: "gp3", allocatedStorageGiB: 600, iops: undefined },
            ...{ multiAz: true, backupRetentionDays: 14, readReplicas: 2 },
        });
        expect((await planned()).sort()).toEqual([
            "create database-monitoring-logs-replica-2-postgresql",
            "create database-monitoring-logs-replica-2-upgrade",
            "create database-replica-2",
            // The credentials name the new replica's host. Secrets Manager never changes a version: the new one takes its place.
            "replace database-application-credentials-value",
            "replace database-master-credentials-value",
            "replace database-read-only-credentials-value",
            "update database-monitoring-logs-encryption-key",
            "update database-primary",
            "update database-replica-1",
        ]);
        await comesUp();
        const primary = (await checkout.state("staging")).deployment.resources.find(({ urn }) =>
            urn.endsWith("::database-primary"),
        );
        expect(primary?.inputs).toMatchObject({
            storageType: "gp3",
            allocatedStorage: 600,
            iops: 12_000,
            multiAz: true,
        });
    });

    it("has no way back for storage", async () => {
        configure({ allocatedStorageGiB: 500 });
        expect(await refused()).toMatch(
            /InvalidParameterCombination.*Requested storage size \(500\) cannot be less than the current storage size \(600\)/,
        );
    });
});
