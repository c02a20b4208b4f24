import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { check } from "../../check";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const provider = providerInAccount();

const INSTANCE = "aws:rds/instance:Instance";
const resource = (name: string, type = INSTANCE) => ({ type, name, stack: "dev" });
const base = { instanceClass: "db.t3.micro", skipFinalSnapshot: true };
const living = { ...base, engine: "postgres", engineVersion: "16", allocatedStorage: 50, storageEncrypted: true };
let keyId: string;
let keyArn: string;

const restore = (inputs: Properties) =>
    provider.create(resource("restored"), { ...base, identifier: "restored", ...inputs }, false);
const toPoint = (block: Properties) => ({ restoreToPointInTime: { useLatestRestorableTime: true, ...block } });

beforeAll(() => {
    const key = provider.create(resource("key", "aws:kms/key:Key"), {}, false);
    [keyId, keyArn] = [key.id, String(key.outputs.arn)];
    const of = { ...living, kmsKeyId: keyArn, dbName: "app" };
    provider.create(resource("one"), { ...of, identifier: "one", backupRetentionPeriod: 7 }, false);
    provider.create(resource("bare"), { ...of, identifier: "bare", backupRetentionPeriod: 0 }, false);
    const gone = { ...of, identifier: "gone", skipFinalSnapshot: false, finalSnapshotIdentifier: "gone-final" };
    const { id, outputs } = provider.create(resource("gone"), gone, false);
    provider.delete(resource("gone"), { id, inputs: gone, outputs });
});

describe("what RDS refuses of a restore", () => {
    it.each<[string, Properties, RegExp]>([
        ["a snapshot that is not there", { snapshotIdentifier: "lost" }, /DBSnapshotNotFound.*lost/],
        ["a source that is not there", toPoint({ sourceDbInstanceIdentifier: "lost" }), /DBInstanceNotFound.*lost/],
        ["a source without backups", toPoint({ sourceDbInstanceIdentifier: "bare" }), /PointInTimeRestoreNotEnabled/],
        [
            "a moment before the backups",
            { restoreToPointInTime: { sourceDbInstanceIdentifier: "one", restoreTime: "2020-01-01T00:00:00Z" } },
            /InvalidParameterValue.*earlier than its backup retention/,
        ],
        [
            "less storage than the snapshot has",
            { snapshotIdentifier: "gone-final", allocatedStorage: 20 },
            /InvalidParameterCombination.*Requested storage size \(20\)/,
        ],
    ])("%s", (_, inputs, message) => {
        expect(() => restore(inputs)).toThrow(message);
    });

    it.each<[string, Properties, string]>([
        ["a moment to come", { restoreTime: "2999-01-01T00:00:00Z" }, "InvalidParameterValue"],
        ["two moments", { restoreTime: "2020-01-01T00:00:00Z", useLatestRestorableTime: true }, "not both"],
        ["no moment", {}, "not both"],
    ])("%s, at preview", (_, block, message) => {
        const inputs = { ...base, restoreToPointInTime: { sourceDbInstanceIdentifier: "one", ...block } };
        const { failures } = check(resource("restored"), {}, inputs);
        expect(failures.map(({ property, reason }) => `${property} ${reason}`)).toEqual([
            expect.stringContaining(message),
        ]);
    });

    it("a snapshot that is taken of nothing", () => {
        const inputs = { dbInstanceIdentifier: "lost", dbSnapshotIdentifier: "s" };
        const snapshot = resource("s", "aws:rds/snapshot:Snapshot");
        expect(() => provider.create(snapshot, inputs, false)).toThrow(/DBInstanceNotFound/);
    });
});

it("gives a restored instance what its origin was, its key among that", () => {
    const { outputs } = restore({ snapshotIdentifier: "gone-final" });
    expect(outputs).toMatchObject({ engine: "postgres", allocatedStorage: 50, storageEncrypted: true });
    expect([outputs.kmsKeyId, outputs.dbName]).toEqual([keyArn, "app"]);
});

it("finds snapshots, final ones and taken ones, and says where there is none", () => {
    const taken = { dbInstanceIdentifier: "one", dbSnapshotIdentifier: "taken" };
    provider.create(resource("taken", "aws:rds/snapshot:Snapshot"), taken, false);
    const lookUp = (dbSnapshotIdentifier: string) =>
        provider.invoke("aws:rds/getSnapshot:getSnapshot", { dbSnapshotIdentifier });
    for (const name of ["gone-final", "taken"]) {
        expect(lookUp(name)).toMatchObject({ id: name, encrypted: true, kmsKeyId: keyArn });
    }
    expect(() => lookUp("lost")).toThrow(/DBSnapshotNotFound/);
});

it("can't read what was written with a key that is pending deletion", () => {
    provider.delete(resource("key", "aws:kms/key:Key"), { id: keyId, inputs: {}, outputs: {} });
    expect(() => restore({ identifier: "too-late", snapshotIdentifier: "gone-final" })).toThrow(
        /KMSKeyNotAccessibleFault/,
    );
});
