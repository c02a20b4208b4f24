import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Properties, revealDeep } from "../../../../rpc/values";
import { check } from "../../check";
import { difference } from "../../difference";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const provider = providerInAccount();

const types = {
    cluster: "aws:rds/cluster:Cluster",
    snapshot: "aws:rds/clusterSnapshot:ClusterSnapshot",
    group: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    key: "aws:kms/key:Key",
};
const resource = (name: string, type = types.cluster) => ({ type, name, stack: "dev" });
const base = { engine: "aurora-postgresql", engineVersion: "16", skipFinalSnapshot: true };
const named = { masterUsername: "owner", databaseName: "shop" };
const lasting = { ...named, backupRetentionPeriod: 7 };
const arns: Record<string, string> = {};
let oldKey: string;

const create = (type: string, name: string, inputs: Properties) => provider.create(resource(name, type), inputs, false);
const restore = (inputs: Properties) =>
    create(types.cluster, "restored", { ...base, clusterIdentifier: "restored", ...inputs });
const toPoint = (block: Properties, inputs: Properties = {}) => ({
    ...inputs,
    restoreToPointInTime: { useLatestRestorableTime: true, restoreType: "full-copy", ...block },
});

beforeAll(() => {
    for (const name of ["old", "new"]) {
        const key = create(types.key, name, {});
        arns[name] = String(key.outputs.arn);
        if (name === "old") oldKey = key.id;
    }
    const sealed = { ...base, ...lasting, storageEncrypted: true, kmsKeyId: arns.old ?? "" };
    create(types.cluster, "sealed", { ...sealed, clusterIdentifier: "sealed" });
    create(types.cluster, "open", { ...base, ...lasting, clusterIdentifier: "open" });
    create(types.snapshot, "taken", { dbClusterIdentifier: "open", dbClusterSnapshotIdentifier: "taken" });
    create(types.group, "older", { name: "older", family: "aurora-postgresql15" });
    const final = { skipFinalSnapshot: false, finalSnapshotIdentifier: "gone-final" };
    const gone = { ...sealed, clusterIdentifier: "gone", ...final };
    provider.delete(resource("gone"), { inputs: gone, ...create(types.cluster, "gone", gone) });
});

describe("what RDS refuses of a cluster's restore", () => {
    const sealed = { sourceClusterIdentifier: "sealed" };
    it.each<[string, Properties, RegExp]>([
        ["a snapshot that is not there", { snapshotIdentifier: "lost" }, /DBClusterSnapshotNotFoundFault.*lost/],
        ["a source that is not there", toPoint({ sourceClusterIdentifier: "lost" }), /DBClusterNotFoundFault.*lost/],
        [
            "a moment before the backups",
            { restoreToPointInTime: { ...sealed, restoreToTime: "2020-01-01T00:00:00Z" } },
            /InvalidParameterValue.*earlier than its backup retention/,
        ],
        [
            "another engine",
            { snapshotIdentifier: "gone-final", engine: "aurora-mysql", engineVersion: "8.0" },
            /The engine aurora-mysql isn't compatible with that of the origin, aurora-postgresql/,
        ],
        [
            "an older version than the snapshot's",
            { snapshotIdentifier: "gone-final", engineVersion: "15" },
            /InvalidParameterCombination.*\(15\) is earlier than .* DB cluster snapshot \(16\)/,
        ],
        [
            "parameters of another version than the source's",
            toPoint(sealed, { engineVersion: "15", dbClusterParameterGroupName: "older" }),
            /parameter group older can't be used for this cluster: its version is the source's, 16/,
        ],
    ])("%s", (_, inputs, message) => {
        expect(() => restore(inputs)).toThrow(message);
    });

    it("a key for a source that isn't encrypted", () => {
        const inputs = toPoint({ sourceClusterIdentifier: "open" }, { kmsKeyId: arns.new ?? "" });
        expect(() => restore(inputs)).toThrow(/InvalidParameterCombination.*isn't encrypted can't be restored/);
    });

    it.each<[string, Properties, string]>([
        ["a moment to come", { restoreToTime: "2999-01-01T00:00:00Z" }, "InvalidParameterValue"],
        ["two moments", { restoreToTime: "2020-01-01T00:00:00Z", useLatestRestorableTime: true }, "not both"],
        ["no moment", {}, "not both"],
    ])("%s, at preview", (_, block, message) => {
        const { failures } = check(
            resource("restored"),
            {},
            { ...base, restoreToPointInTime: { ...sealed, ...block } },
        );
        expect(failures.map(({ property, reason }) => `${property} ${reason}`)).toEqual([
            expect.stringMatching(new RegExp(`^restoreToPointInTime .*${message}`)),
        ]);
    });

    it("a snapshot that is taken of nothing", () => {
        const inputs = { dbClusterIdentifier: "lost", dbClusterSnapshotIdentifier: "s" };
        expect(() => create(types.snapshot, "s", inputs)).toThrow(/DBClusterNotFoundFault/);
    });
});

describe("a restored cluster", () => {
    it("is what its origin was, under the key that it is given", () => {
        const { outputs } = restore({
            clusterIdentifier: "again",
            snapshotIdentifier: "gone-final",
            kmsKeyId: arns.new,
        });
        expect(outputs).toMatchObject({ ...named, port: 5432, storageEncrypted: true, kmsKeyId: arns.new });
    });

    it("has its origin's key where it is given none", () => {
        const { outputs } = restore({ ...toPoint({ sourceClusterIdentifier: "sealed" }), clusterIdentifier: "same" });
        expect(outputs).toMatchObject({ ...named, storageEncrypted: true, kmsKeyId: arns.old });
    });

    it("is encrypted by its key, though its snapshot isn't, and not encrypted without", () => {
        const from = { snapshotIdentifier: "taken" };
        const sealed = restore({ ...from, clusterIdentifier: "now-sealed", kmsKeyId: arns.new }).outputs;
        expect([sealed.storageEncrypted, sealed.kmsKeyId]).toEqual([true, arns.new]);
        expect(restore({ ...from, clusterIdentifier: "still-open" }).outputs.storageEncrypted).toBe(false);
    });

    it("whose password RDS keeps has a secret with its origin's user", () => {
        const { outputs } = restore({
            ...toPoint({ sourceClusterIdentifier: "sealed" }),
            ...{ clusterIdentifier: "kept", manageMasterUserPassword: true },
        });
        const [secret] = outputs.masterUserSecrets as { secretArn: string }[];
        const held = provider.invoke("aws:secretsmanager/getSecretVersion:getSecretVersion", {
            secretId: secret?.secretArn,
        });
        expect(JSON.parse(String(revealDeep(held.secretString))).username).toBe("owner");
    });

    it("would be replaced by another origin, and by none", () => {
        const origin = { restoreToPointInTime: { sourceClusterIdentifier: "one", useLatestRestorableTime: true } };
        const other = { restoreToPointInTime: { sourceClusterIdentifier: "two", useLatestRestorableTime: true } };
        for (const [old, next] of [
            [origin, other],
            [origin, {}],
            [{}, origin],
        ] as const)
            expect(difference(types.cluster, { ...base, ...old }, { ...base, ...next }).replaces).toEqual([
                "restoreToPointInTime",
            ]);
    });
});

it("can't read what was written with a key that is pending deletion", () => {
    provider.delete(resource("old", types.key), { id: oldKey, inputs: {}, outputs: {} });
    const inputs = { clusterIdentifier: "too-late", snapshotIdentifier: "gone-final", kmsKeyId: arns.new ?? "" };
    expect(() => restore(inputs)).toThrow(/KMSKeyNotAccessibleFault/);
});
