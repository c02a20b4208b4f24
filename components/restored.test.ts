import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDataStores, type RestoredSpec } from "./restored";

const spec: RestoredSpec<string> = { name: "after", restoreFrom: "s", inService: false, original: "keep" };

describe("planDataStores", () => {
    it("is the one that lives where nothing was restored", () => {
        expect(planDataStores("cache")).toEqual([{ name: "cache", role: "serving" }]);
    });

    it("has exactly one in service, whatever is asked for, and the original first", () => {
        const settings = fc.record({
            inService: fc.boolean(),
            original: fc.constantFrom<"keep" | "delete">("keep", "delete"),
            restoreFrom: fc.option(fc.constant("s"), { nil: undefined }),
        });
        fc.assert(
            fc.property(settings, (change) => {
                const stores = planDataStores("database", { ...spec, ...change });
                expect(stores.filter(({ role }) => role === "serving")).toHaveLength(1);
                expect(stores.map(({ name }) => name)).toEqual(["database", "database-after"]);
                // The original goes only where the other one serves.
                expect(stores[0]?.role === "deleted").toBe(change.inService && change.original === "delete");
            }),
        );
    });

    it("still knows of the restored one that it was, when what it was made from is forgotten", () => {
        const [, restored] = planDataStores("database", { ...spec, restoreFrom: undefined });
        expect(restored?.restored).toEqual({ restoreFrom: undefined });
    });
});
