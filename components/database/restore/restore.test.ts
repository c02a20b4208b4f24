import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, rehearse, settled } from "../../testing/mocks";
import { auroraSpec, databaseSpec, dataNetwork, platform } from "../../testing/specs";
import type { DatabaseArgs } from "../args";
import { Database } from "../database";
import type { DatabaseEngine } from "../spec";
import { keptOfRestored, originProblems, restoredClusterArgs, restoredInstanceArgs } from "./restore";

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
        expect(originProblems("d", {}, "postgres").map(({ text }) => text)).toEqual([
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
    ])("may come from %s", (snapshot) => expect(originProblems("d", { snapshot }, "postgres")).toEqual([]));

    it.each<[DatabaseEngine, string, string]>([
        ["mysql", "cluster-snapshot", "is of a cluster, and MySQL is restored from that of an instance"],
        ["aurora-mysql", "snapshot", "is of an instance, and Aurora MySQL is restored from that of a cluster"],
    ])("comes from its own kind: %s not from a %s", (engine, kind, message) => {
        const snapshot = `arn:aws:rds:eu-west-1:123456789012:${kind}:rds:s`;
        expect(originProblems("d", { snapshot }, engine)).toEqual([
            { at: "d.snapshot", text: `d.snapshot: "${snapshot}" ${message}; give one of those` },
        ]);
        const other = kind === "snapshot" ? "cluster-snapshot" : "snapshot";
        expect(originProblems("d", { snapshot: snapshot.replace(kind, other) }, engine)).toEqual([]);
    });
});

describe("a restored cluster", () => {
    it.each([true, false])("has the names of its origin, and a key of its own, preview %s", async (preview) => {
        const restored = { restoreFrom: { pointInTime: "2026-11-20T03:12:00Z", source: pulumi.output("shop") } };
        const { resources } = await rehearse(
            preview,
            (options) => new Database("database", { ...auroraSpec, platform, network: dataNetwork, restored }, options),
        );
        const { masterUsername, databaseName, kmsKeyId, restoreToPointInTime } = inputsOf(
            resources,
            "database-cluster",
        );
        expect([masterUsername, databaseName]).toEqual([undefined, undefined]);
        const key = resources.find(({ name }) => name === "database-encryption-key")?.resource as aws.kms.Key;
        if (!preview) expect(await settled(kmsKeyId as string)).toBe(await settled(key.arn));
        expect(await settled(restoreToPointInTime)).toEqual({
            restoreToTime: "2026-11-20T03:12:00Z",
            restoreType: "full-copy",
            sourceClusterIdentifier: "shop",
        });
        const cluster = resources.find(({ name }) => name === "database-cluster");
        expect(cluster?.options.ignoreChanges).toEqual(["snapshotIdentifier", "restoreToPointInTime"]);
    });

    it("is told the same, but for its origin, when that is forgotten", () => {
        const { snapshotIdentifier, restoreToPointInTime, ...rest } = restoredClusterArgs({
            restoreFrom: { snapshot: "s" },
        });
        expect([snapshotIdentifier, restoreToPointInTime]).toEqual(["s", undefined]);
        const later = { snapshotIdentifier: undefined, restoreToPointInTime: undefined };
        expect(restoredClusterArgs({})).toEqual({ ...rest, ...later });
    });
});

it("a new database is made from nothing and keeps nothing", () => {
    expect([restoredInstanceArgs(undefined, undefined), keptOfRestored(undefined)]).toEqual([{}, []]);
    expect(restoredClusterArgs(undefined)).toEqual({});
});
