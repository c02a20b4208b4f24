import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
    argumentProblems,
    byDefault,
    byEngine,
    byName,
    byTier,
    defaultsOf,
    enumOf,
    flag,
    listOf,
    matching,
    oneOf,
    resolveSettings,
    settingProblems,
    settings,
    text,
    tierNames,
    whole,
} from ".";
import { logRetentionDays } from "./common";

const schema = settings({
    engine: enumOf(["redis", "valkey"], "an engine").meta(byDefault("redis")),
    engineVersion: text("a version").meta(byEngine({ redis: "7.1", valkey: byTier("8.0", "8.0", "8.1") })),
    nodes: whole(1, 9).meta(byTier(1, 2, 3)),
    ratio: z.number().min(0).max(8).multipleOf(0.5).meta(byDefault(1)),
    days: oneOf([0, 7, 14], "a time", "0, 7 or 14").meta(byDefault(7)),
    multiAz: flag().meta(byDefault(false)),
    names: listOf(matching(/^[a-z]+$/, "a name", "api")).meta(byDefault(["api"])),
    parameters: byName(text()).meta(byDefault({})),
    token: matching(/^.{16,}$/, "a token", "0123456789abcdef")
        .meta({ allowed: "16 characters or more", secret: true })
        .optional(),
    limits: settings({ cpu: whole(1, 4).meta(byDefault(2)), memory: whole(1, 4).meta(byDefault(4)) }),
    copy: settings({
        region: matching(/-\d$/, "a region", "eu-west-1"),
        days: whole(1, 9).meta(byDefault(3)),
    }).optional(),
    clients: byName(
        settings({ id: matching(/^sg-/, "the id of a security group", "sg-1"), port: whole(1, 9).meta(byDefault(5)) }),
    ).meta(byDefault({})),
});

const resolve = (given: unknown, tier: (typeof tierNames)[number] = "dev") =>
    resolveSettings(schema, given, "plinth:cache", { tier });
const textsOf = (given: unknown) => resolve(given).problems.map((problem) => problem.text);
const all = defaultsOf(schema, { tier: "dev" });

describe("defaults", () => {
    it("stand in the place of everything that is left out", () => {
        expect(resolve({})).toEqual({ given: {}, problems: [], spec: all });
        expect(all).toEqual({
            ...{ engine: "redis", engineVersion: "7.1", nodes: 1, ratio: 1, days: 7, multiAz: false, names: ["api"] },
            ...{ parameters: {}, limits: { cpu: 2, memory: 4 }, clients: {} },
        });
    });

    it("differ by tier, and by the engine that was given", () => {
        expect(tierNames.map((tier) => resolve({}, tier).spec.nodes)).toEqual([1, 2, 3]);
        expect(tierNames.map((tier) => resolve({ engine: "valkey" }, tier).spec.engineVersion)).toEqual([
            "8.0",
            "8.0",
            "8.1",
        ]);
    });

    it("complete a group that is given in part, and each entry that is named", () => {
        const { spec } = resolve({
            limits: { cpu: 1 },
            copy: { region: "eu-west-3" },
            clients: { one: { id: "sg-1" }, two: { id: "sg-2", port: 7 } },
        });
        expect(spec).toMatchObject({
            limits: { cpu: 1, memory: 4 },
            copy: { region: "eu-west-3", days: 3 },
            clients: { one: { id: "sg-1", port: 5 }, two: { id: "sg-2", port: 7 } },
        });
    });
});

describe("a retention of logs", () => {
    const logs = settings({ retentionDays: logRetentionDays() });

    it.each([1, 30, 365, 3653])("of %i days is accepted", (retentionDays) => {
        expect(settingProblems("logs", logs, { retentionDays })).toEqual([]);
    });

    it.each([0, 2, 31, 364, 4000])("of %i days is none that CloudWatch offers", (retentionDays) => {
        expect(settingProblems("logs", logs, { retentionDays })[0]?.text).toMatch(
            new RegExp(
                `^logs.retentionDays: ${retentionDays} is not a retention that CloudWatch offers; give 1, 3, .* 3653$`,
            ),
        );
    });
});

describe("what is wrong", () => {
    it.each<[unknown, string]>([
        [{ nodes: 10 }, "plinth:cache.nodes: 10 is out of range; give 1 to 9"],
        [{ nodes: 1.5 }, "plinth:cache.nodes: 1.5 is not a whole number; give 1 to 9"],
        [{ nodes: "3" }, 'plinth:cache.nodes: "3" is not a number; give 3 without quotes'],
        [{ nodes: "many" }, 'plinth:cache.nodes: "many" is not a number; give 1 to 9'],
        [{ nodes: null }, "plinth:cache.nodes: null is not a number; give 1 to 9"],
        [{ ratio: 1.2 }, "plinth:cache.ratio: 1.2 is not a multiple of 0.5; give 0 to 8"],
        [{ ratio: 9 }, "plinth:cache.ratio: 9 is out of range; give 0 to 8"],
        [{ engine: "mongo" }, 'plinth:cache.engine: "mongo" is not an engine; give redis or valkey'],
        [{ engine: 7 }, "plinth:cache.engine: 7 is not an engine; give redis or valkey"],
        [
            { engineVersion: 7.1 },
            'plinth:cache.engineVersion: 7.1 is not text; put it in quotes, as you wrote it: "7.1" or "7.10"',
        ],
        [{ engineVersion: [] }, "plinth:cache.engineVersion: [] is not text; give a version"],
        [{ days: 8 }, "plinth:cache.days: 8 is not a time; give 0, 7 or 14"],
        [{ multiAz: "yes" }, 'plinth:cache.multiAz: "yes" is not true or false'],
        [{ names: "api" }, 'plinth:cache.names: "api" is not a list'],
        [{ names: ["api", "A"] }, 'plinth:cache.names[1]: "A" is not a name; give one like api'],
        [{ parameters: { timeout: 300 } }, 'plinth:cache.parameters.timeout: 300 is not text; put it in quotes: "300"'],
        [{ limits: 3 }, "plinth:cache.limits: 3 is not a group of settings"],
        [{ copy: {} }, "plinth:cache.copy.region: is missing; give a region, like eu-west-1"],
        [
            { clients: { app: {} } },
            "plinth:cache.clients.app.id: is missing; give the id of a security group, like sg-1",
        ],
        [{ engin: "redis" }, "plinth:cache.engin is not known; did you mean plinth:cache.engine?"],
        [{ limits: { disk: 1 } }, "plinth:cache.limits.disk is not known; the known settings are cpu, memory"],
        ["big", 'plinth:cache: "big" is not a group of settings'],
        [{ token: "short-secret" }, "plinth:cache.token: the value is not a token; give 16 characters or more"],
        [{ token: 1234567890123456 }, "plinth:cache.token: the value is not text; put it in quotes"],
    ])("%j", (given, problem) => {
        expect(textsOf(given)).toEqual([problem]);
    });

    it("is named all at once, and the rest counts", () => {
        const { spec, problems } = resolve({ nodes: 0, engine: "valkey", copy: { days: 10 }, names: ["A"] });
        expect(problems).toHaveLength(4);
        // An example stands in for the region, which has no default.
        const copy = { region: "eu-west-1", days: 3 };
        expect(spec).toEqual({ ...all, engine: "valkey", engineVersion: "8.0", copy });
    });

    it("of whatever form becomes a problem, never a crash, and leaves a complete spec", () => {
        const keys = fc.constantFrom(...Object.keys(schema.shape), "region", "cpu", "id", "other");
        const value = fc.letrec((tie) => ({
            node: fc.oneof(
                { maxDepth: 4 },
                fc.constantFrom<unknown>("redis", "x", true, 3, -1.5, null, "sg-1", "eu-west-1"),
                fc.array(tie("node"), { maxLength: 2 }),
                fc.dictionary(keys, tie("node"), { maxKeys: 3 }),
            ),
        })).node;
        fc.assert(
            fc.property(fc.dictionary(keys, value), (given) => {
                const before = structuredClone(given);
                const { spec, problems } = resolve(given);
                expect(given).toEqual(before);
                expect(schema.safeParse(spec).success).toBe(true);
                for (const { text } of problems)
                    expect(text).toMatch(/^plinth:cache[a-zA-Z.[\]0-9]*(:| is not known;) \S/);
            }),
        );
    });
});

it("judges a component's arguments by their settings alone", () => {
    const args = { ...all, nodes: 10, network: { vpcId: "vpc-1" }, token: undefined };
    expect(argumentProblems("cache", schema, args).map(({ text }) => text)).toEqual([
        "cache.nodes: 10 is out of range; give 1 to 9",
    ]);
});

it("types what its fields come to", () => {
    expectTypeOf<z.output<typeof schema>["engine"]>().toEqualTypeOf<"redis" | "valkey">();
    expectTypeOf<z.output<typeof schema>["token"]>().toEqualTypeOf<string | undefined>();
});
