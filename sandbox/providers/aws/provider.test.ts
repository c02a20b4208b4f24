import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Properties, UNKNOWN } from "../../rpc/values";
import { AwsProvider } from "./provider";

// The provider exits where the engine that asked has died; here there is none.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const accounts = mkdtempSync(path.join(tmpdir(), "plinth-accounts-"));
afterAll(() => rmSync(accounts, { recursive: true, force: true }));
const provider = new AwsProvider({ accounts, passphrase: "p", run: "r" });

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

    it("is not guessed at where the preview does not know the value", () => {
        expect(change({ clusterMode: UNKNOWN, numNodeGroups: 1 }, true)).not.toThrow();
    });
});
