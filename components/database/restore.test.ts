import { describe, expect, it } from "vitest";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { databaseSpec, dataNetwork, platform } from "../testing/specs";
import type { DatabaseArgs } from "./args";
import { Database } from "./database";
import { keptOfRestored, originProblems, restoredInstanceArgs } from "./restore";

const args: DatabaseArgs = { ...databaseSpec, platform, network: dataNetwork };
const make = (restored: DatabaseArgs["restored"]) =>
    rehearse(false, (options) => new Database("database", { ...args, restored }, options));

describe("a restored instance", () => {
    it("is told nothing that its origin decides, and keeps what it was made from", async () => {
        const { resources } = await make({ restoreFrom: { snapshot: "s" } });
        const { username, dbName, kmsKeyId, snapshotIdentifier } = inputsOf(resources, "database-primary");
        expect([username, dbName, kmsKeyId]).toEqual([undefined, undefined, undefined]);
        expect(await settled(snapshotIdentifier as string)).toBe("s");
        const primary = resources.find(({ name }) => name === "database-primary");
        expect(primary?.options.ignoreChanges).toEqual(["snapshotIdentifier", "restoreToPointInTime"]);
    });

    it("is told the same, but for its origin, when that is forgotten", () => {
        const { snapshotIdentifier, restoreToPointInTime, ...rest } = restoredInstanceArgs(
            { restoreFrom: { pointInTime: "latest", source: "db" } },
            undefined,
        );
        const { snapshotIdentifier: _, restoreToPointInTime: __, ...later } = restoredInstanceArgs({}, undefined);
        expect(later).toEqual(rest);
        expect([snapshotIdentifier, restoreToPointInTime]).toEqual([
            undefined,
            { useLatestRestorableTime: true, sourceDbInstanceIdentifier: "db" },
        ]);
    });

    it("is refused by the component too, under its name", () => {
        expect(originProblems("d", {}).map(({ text }) => text)).toEqual([
            "d.snapshot: is missing; give a snapshot, or a pointInTime such as latest",
        ]);
        expect(() => new Database("d", { ...args, restored: { restoreFrom: { pointInTime: "2026-02-30" } } })).toThrow(
            'd.restored.restoreFrom.pointInTime: "2026-02-30" is not a moment in UTC',
        );
    });

    it.each([
        "final",
        "rds:shop-prod-2026-11-20-03-12",
        "awsbackup:job-0a",
        "arn:aws:rds:eu-west-1:123456789012:snapshot:s",
    ])("may come from %s", (snapshot) => expect(originProblems("d", { snapshot })).toEqual([]));
});

it("a new database is made from nothing and keeps nothing", () => {
    expect([restoredInstanceArgs(undefined, undefined), keptOfRestored(undefined)]).toEqual([{}, []]);
});
