import { describe, expect, it } from "vitest";
import { inputsOf, rehearse } from "../testing/mocks";
import { cacheSpec, dataNetwork, platform } from "../testing/specs";
import type { CacheArgs } from "./args";
import { Cache } from "./cache";
import { DeletedCache } from "./deleted";
import { originProblems, restoredCacheProblems } from "./restore";

const args: CacheArgs = { ...cacheSpec, platform, network: dataNetwork };

describe("a restored cache", () => {
    it("is filled from its snapshot, and keeps what it was made from", async () => {
        const restored = { restoreFrom: { snapshot: "s" } };
        const { resources } = await rehearse(false, (options) => new Cache("c", { ...args, restored }, options));
        expect(inputsOf(resources, "c-replication-group").snapshotName).toBe("s");
        const group = resources.find(({ name }) => name === "c-replication-group");
        expect(group?.options.ignoreChanges).toEqual(["snapshotName"]);
    });

    it("is refused by the component too, under its name", () => {
        expect(() => new Cache("c", { ...args, restored: { restoreFrom: { snapshot: "-x" } } })).toThrow(
            'c.restored.restoreFrom.snapshot: "-x" is not the name of a snapshot',
        );
    });

    it("is not made while the cache goes into cluster mode, but may stand then", () => {
        const migrating = { ...cacheSpec, clusterModeMigration: "compatible" } as const;
        const restored = { name: "after", inService: true, original: "delete" } as const;
        expect(restoredCacheProblems("c", { ...restored, restoreFrom: { snapshot: "s" } }, migrating)).toEqual([
            {
                at: "c.restoreFrom",
                text: "c.restoreFrom: makes a new cache, which clusterModeMigration: compatible is not for; finish that first",
            },
        ]);
        expect(restoredCacheProblems("c", restored, migrating)).toEqual([]);
    });

    it.each(["final", "automatic.shop-prod-cache-2026-11-20-02-00"])("may come from %s", (snapshot) =>
        expect(originProblems("c", { restored: { restoreFrom: { snapshot } } })).toEqual([]),
    );
});

it("what is left of a deleted cache is its key, the same resource as before", async () => {
    const keysOf = async (Left: typeof Cache | typeof DeletedCache) => {
        const { resources } = await rehearse(false, (options) => new Left("cache", args, options));
        return resources.filter(({ name }) => name.startsWith("cache-encryption"));
    };
    const [before, after] = [await keysOf(Cache), await keysOf(DeletedCache)];
    const said = ({ type, name, inputs }: (typeof before)[number]) => ({ type, name, ...inputs });
    const plain = (key: (typeof before)[number]) => {
        const { policy, targetKeyId, ...rest } = said(key) as Record<string, unknown>;
        return rest;
    };
    expect(after.map(plain)).toEqual(before.map(plain));
    expect(after.map(({ type }) => type)).toContain("aws:kms/key:Key");
});
