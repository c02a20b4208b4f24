import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { LivingDatabase } from "./living-database";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const living = new LivingDatabase(checkout, {
    engineVersion: '"15"',
    storageType: "io1",
    allocatedStorageGiB: 500,
    maxAllocatedStorageGiB: 1000,
    iops: 3000,
    multiAz: false,
});

beforeAll(() => living.create());

describe("another major version", () => {
    it("is refused, as AWS does, where the configuration does not allow it", async () => {
        living.configure({ engineVersion: '"16"' });
        expect(await living.refused()).toMatch(
            /InvalidParameterCombination.*AllowMajorVersionUpgrade flag must be present/,
        );
    });

    it("upgrades in place: the new parameter group first, the primary before its replica, the old group last", async () => {
        living.configure({ allowMajorVersionUpgrade: true });
        expect(await living.planned()).toEqual([
            "replace database-parameter-group",
            "update database-primary",
            "update database-replica-1",
        ]);
        const printed = await living.comesUp();
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
        living.configure({ engineVersion: '"15"' });
        expect(await living.refused()).toMatch(/InvalidParameterCombination.*Cannot upgrade postgres from 16 to 15/);
        living.configure({ engineVersion: '"16"' });
    });
});

it("refuses, before anything is registered, what the configuration may not say", async () => {
    living.configure({ backupRetentionDays: 0, storageEncrypted: false, blueGreenUpdates: true });
    const output = await living.refused();
    expect(output).toMatch(/plinth:database\.storageEncrypted is not known/);
    expect(output).toMatch(/plinth:database\.backupRetentionDays: 0 turns backups off, which 1 read replicas need/);
    expect(output).toMatch(/plinth:database\.blueGreenUpdates: true is not for a database with 1 read replicas/);
    expect(output).not.toContain("database-primary");
    living.configure({ backupRetentionDays: undefined, storageEncrypted: undefined, blueGreenUpdates: undefined });
});

describe("growth", () => {
    it("updates in place, and makes what the new replica needs", async () => {
        living.configure({
            ...{ instanceClass: "db.t3.medium", storageType: "gp3", allocatedStorageGiB: 600, iops: undefined },
            ...{ multiAz: true, backupRetentionDays: 14, readReplicas: 2 },
        });
        expect((await living.planned()).sort()).toEqual([
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
        await living.comesUp();
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
        living.configure({ allocatedStorageGiB: 500 });
        expect(await living.refused()).toMatch(
            /InvalidParameterCombination.*Requested storage size \(500\) cannot be less than the current storage size \(600\)/,
        );
    });
});
