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
        const { printed, done } = await living.comesUp();
        expect(done).toEqual([
            "replace database-parameter-group",
            "update database-primary",
            "update database-replica-1",
        ]);
        const moments = [
            /\+\+ +aws:rds:ParameterGroup database-parameter-group created replacement/,
            /~ +aws:rds:Instance database-primary updated/,
            /~ +aws:rds:Instance database-replica-1 updated/,
            /-- +aws:rds:ParameterGroup database-parameter-group deleted/,
        ].map((line) => printed.search(line));
        expect(moments).not.toContain(-1);
        expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    });
});

describe("growth", () => {
    it("updates in place, and makes what the new replica needs", async () => {
        living.configure({
            ...{ instanceClass: "db.t3.medium", storageType: "gp3", allocatedStorageGiB: 600, iops: undefined },
            ...{ multiAz: true, backupRetentionDays: 14, readReplicas: 2 },
        });
        const { done } = await living.comesUp();
        expect(done.sort()).toEqual([
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
        await living.isComplete();
        const primary = checkout
            .state("staging")
            .deployment.resources.find(({ urn }) => urn.endsWith("::database-primary"));
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

it("does not go back to an older major version", async () => {
    living.configure({ allocatedStorageGiB: 600, engineVersion: '"15"' });
    expect(await living.refused()).toMatch(/InvalidParameterCombination.*Cannot upgrade postgres from 16 to 15/);
});
