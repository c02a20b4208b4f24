import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const provider = providerInAccount();

const types = {
    group: "aws:elasticache/replicationGroup:ReplicationGroup",
    snapshot: "aws:elasticache/snapshot:Snapshot",
    key: "aws:kms/key:Key",
};
const resource = (name: string, type = types.group) => ({ type, name, stack: "dev" });
const create = (type: string, name: string, inputs: Properties) => provider.create(resource(name, type), inputs, false);
const base = { description: "it", engine: "redis", nodeType: "cache.t3.small", atRestEncryptionEnabled: true };
const restore = (replicationGroupId: string, inputs: Properties) =>
    create(types.group, replicationGroupId, { ...base, replicationGroupId, ...inputs });

/** Makes a group and deletes it, so that its final snapshot is left. */
function leave(name: string, inputs: Properties): void {
    const all = { ...base, ...inputs, replicationGroupId: name, finalSnapshotIdentifier: `${name}-final` };
    provider.delete(resource(name), { inputs: all, ...create(types.group, name, all) });
}

let keyId: string;
let keyArn: string;

beforeAll(() => {
    const key = create(types.key, "key", {});
    [keyId, keyArn] = [key.id, String(key.outputs.arn)];
    leave("single", { kmsKeyId: keyArn, numCacheClusters: 1 });
    leave("sharded", { kmsKeyId: keyArn, numNodeGroups: 1, replicasPerNodeGroup: 0, automaticFailoverEnabled: true });
    create(types.snapshot, "tiered", { snapshotName: "tiered", nodeType: "cache.r6gd.xlarge", numNodeGroups: 2 });
});

const shards = { numNodeGroups: 4, replicasPerNodeGroup: 0, automaticFailoverEnabled: true };

describe("what ElastiCache refuses of a restore", () => {
    it.each<[string, Properties, RegExp]>([
        ["a snapshot that is not there", { snapshotName: "lost" }, /SnapshotNotFoundFault.*lost does not exist/],
        [
            "one of cluster mode, without",
            { snapshotName: "sharded-final", numCacheClusters: 1 },
            /InvalidParameterCombination.*sharded-final is of a cache in cluster mode/,
        ],
        [
            "one with data tiering, without",
            { snapshotName: "tiered", ...shards },
            /A snapshot of cache\.r6gd\.xlarge can't fill cache\.t3\.small/,
        ],
        [
            "one without data tiering, with",
            { snapshotName: "single-final", nodeType: "cache.r6gd.xlarge" },
            /A snapshot of cache\.t3\.small can't fill cache\.r6gd\.xlarge/,
        ],
    ])("%s", (_, inputs, message) => {
        expect(() => restore("refused", inputs)).toThrow(message);
    });
});

it.each<[string, Properties]>([
    ["more shards", { snapshotName: "sharded-final", ...shards }],
    ["cluster mode from none", { snapshotName: "single-final", ...shards }],
    [
        "another node type and a replica",
        { snapshotName: "single-final", nodeType: "cache.m6g.large", numCacheClusters: 2 },
    ],
])("fills a group of %s", (what, inputs) => {
    expect(restore(what.replaceAll(" ", "-"), inputs).outputs.snapshotName).toBe(inputs.snapshotName);
});

it("can't read what was written with a key that is pending deletion", () => {
    provider.delete(resource("key", types.key), { id: keyId, inputs: {}, outputs: {} });
    expect(() => restore("too-late", { snapshotName: "single-final" })).toThrow(/InvalidKMSKeyFault.*single-final/);
});
