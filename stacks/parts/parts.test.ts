import { defaultsOf, tierNames } from "@plinth/components";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Part } from "../part";
import { stackSettings } from "../stack-settings";
import { parts } from ".";

const all: readonly Part[] = parts;

describe("the list of parts", () => {
    it("has each part after those that it needs or belongs to", () => {
        for (const [index, part] of all.entries()) {
            const before = all.slice(0, index);
            for (const needed of [...Object.values(part.needs), ...(part.within ? [part.within] : [])]) {
                expect(before, `${part.key} needs ${needed.key}`).toContain(needed);
            }
        }
    });

    it("has every key once, apart from those of the stack itself", () => {
        const keys = [...Object.keys(stackSettings.shape), ...all.map(({ key }) => key)];
        expect(new Set(keys).size).toBe(keys.length);
    });

    it("names no component twice", () => {
        const names = all.flatMap(({ componentNames }) => componentNames);
        expect(new Set(names).size).toBe(names.length);
    });

    it("shows sizes in the README that are settings", () => {
        for (const { key, settings, sizing } of all) {
            const known = settings instanceof z.ZodObject ? Object.keys(settings.shape) : [];
            expect(known, key).toEqual(expect.arrayContaining([...sizing]));
        }
    });
});

describe.each(all.map((part) => [part.key, part] as const))("%s", (_, { settings }) => {
    it.each(tierNames)("has defaults in %s that its own schema accepts", (tier) => {
        expect(() => defaultsOf(settings, { tier, engine: "postgres" })).not.toThrow();
    });
});
