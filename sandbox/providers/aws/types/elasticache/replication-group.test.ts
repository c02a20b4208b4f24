import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Properties, UNKNOWN } from "../../../../rpc/values";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const provider = providerInAccount();

it("refuses logs that go nowhere", () => {
    const group = { type: "aws:elasticache/replicationGroup:ReplicationGroup", name: "logged", stack: "dev" };
    const delivery = {
        logType: "slow-log",
        destination: "/nowhere",
        destinationType: "cloudwatch-logs",
        logFormat: "json",
    };
    const inputs = { replicationGroupId: "logged", description: "d", logDeliveryConfigurations: [delivery] };
    expect(() => provider.create(group, inputs, false)).toThrow(/InvalidParameterValue.*\/nowhere do not exist/);
});

it("refuses a user group of Redis without a default user, and a snapshot that there is none of", () => {
    const resource = (type: string) => ({ type: `aws:elasticache/${type}`, name: "it", stack: "dev" });
    const users = { userGroupId: "users", engine: "redis", userIds: [] };
    expect(() => provider.create(resource("userGroup:UserGroup"), users, false)).toThrow("DefaultUserRequired");
    const restored = { replicationGroupId: "restored", description: "d", snapshotName: "lost" };
    expect(() => provider.create(resource("replicationGroup:ReplicationGroup"), restored, false)).toThrow(
        /SnapshotNotFoundFault.*lost/,
    );
});

describe("a change that AWS does not make", () => {
    const group = { type: "aws:elasticache/replicationGroup:ReplicationGroup", name: "group", stack: "dev" };
    const inputs = { replicationGroupId: "group", description: "d", engine: "redis", engineVersion: "7.1" };
    let id: string;
    let outputs: Properties;
    beforeAll(() => {
        ({ id, outputs } = provider.create(group, inputs, false));
    });
    const change = (next: Properties, preview: boolean) => () =>
        provider.update(group, { id, inputs, outputs }, { ...inputs, ...next }, preview);

    it.each([true, false])("is refused with AWS's code and leaves the resource as it was, preview %s", (preview) => {
        expect(change({ numNodeGroups: 3 }, preview)).toThrow(
            /^api error InvalidParameterCombination: updating group: /,
        );
        expect(provider.read(group, id)?.inputs).toEqual(inputs);
    });

    it.each<[string, Properties, Properties]>([
        [
            "a token that is set before it was rotated in",
            { authToken: "0123456789abcdef", transitEncryptionEnabled: true },
            { authToken: "fedcba9876543210", transitEncryptionEnabled: true, authTokenUpdateStrategy: "SET" },
        ],
        [
            "users while there is a token",
            { authToken: "0123456789abcdef", transitEncryptionEnabled: true },
            { userGroupIds: ["users"], authTokenUpdateStrategy: "ROTATE" },
        ],
        ["cluster mode that is taken back", { numNodeGroups: 1 }, { clusterMode: "disabled" }],
    ])("may be %s", (_, old, next) => {
        const update = () =>
            provider.update(group, { id, inputs: { ...inputs, ...old }, outputs }, { ...inputs, ...next }, true);
        expect(update).toThrow(/^api error InvalidParameterCombination: updating group: /);
    });

    it("is not guessed at where the preview does not know the value", () => {
        expect(change({ clusterMode: UNKNOWN, numNodeGroups: 1 }, true)).not.toThrow();
    });
});
