import { cacheNodeTypes } from "@plinth/facts";
import { describe, expect, it } from "vitest";
import { cacheProblems } from "./cache/plan";
import { clusterProblems } from "./cluster/plan";
import { databaseProblems, databaseWarnings } from "./database/plan";
import { expiryWarnings, isRefused, type OfferKind, supportWarning } from "./offers";
import { cacheSpec, clusterSpec, databaseSpec } from "./testing/specs";

const texts = (problems: { text: string }[]) => problems.map(({ text }) => text);

describe("what AWS does not have in the region", () => {
    it.each([
        [
            texts(databaseProblems("d", { ...databaseSpec, instanceClass: "db.m9g.large" }, "eu-west-3")),
            'd.instanceClass: "db.m9g.large" is not an instance class that PostgreSQL has in eu-west-3, though eu-central-1, us-east-1, us-east-2 have it; give one like db.m8g.large, db.m7g.large or db.m6g.large, or allowUnlisted: true if AWS has it by now',
        ],
        [
            texts(cacheProblems("c", { ...cacheSpec, nodeType: "cache.t1.48xlarge" }, "eu-west-1")),
            'c.nodeType: "cache.t1.48xlarge" is of a generation without encryption; give one like cache.t3.micro',
        ],
        [
            texts(cacheProblems("c", { ...cacheSpec, nodeType: "cache.r6g.lrge" }, "eu-west-1")),
            'c.nodeType: "cache.r6g.lrge" is not a node type that ElastiCache has in eu-west-1; give one like cache.r6g.large, cache.r6g.xlarge or cache.r6g.8xlarge, or allowUnlisted: true if AWS has it by now',
        ],
        [
            texts(clusterProblems("k", { ...clusterSpec, instanceTypes: ["m6i.large", "m6i.tiny"] }, 3, "eu-west-1")),
            'k.instanceTypes: "m6i.tiny" is not an instance type that EC2 has in eu-west-1; give one like m6i.metal, m6i.large or m6i.xlarge, or allowUnlisted: true if AWS has it by now',
        ],
        [
            texts(databaseProblems("d", { ...databaseSpec, engineVersion: "19" }, "eu-west-1")),
            'd.engineVersion: "19" is not a major version of PostgreSQL that RDS supports; give 14, 15, 16, 17 or 18, or allowUnlisted: true if AWS has it by now',
        ],
        [
            texts(clusterProblems("k", { ...clusterSpec, version: "1.37" }, 3, "eu-west-1")),
            'k.version: "1.37" is not a version that EKS supports; give 1.34, 1.35 or 1.36, or allowUnlisted: true if AWS has it by now',
        ],
    ])("is refused: %j", (found, text) => {
        expect(found).toEqual([text]);
    });

    it.each([
        texts(databaseProblems("d", { ...databaseSpec, instanceClass: "db.r8a.large" }, "eu-west-1")),
        texts(databaseProblems("d", { ...databaseSpec, engineVersion: "13", extendedSupport: true }, "eu-west-1")),
        texts(cacheProblems("c", { ...cacheSpec, nodeType: "cache.r8g.large" }, "eu-west-1")),
        texts(cacheProblems("c", { ...cacheSpec, engine: "valkey", engineVersion: "9.0" })),
        texts(clusterProblems("k", { ...clusterSpec, instanceTypes: ["m8g.large"] }, 3, "eu-west-1")),
    ])("is not what it has had for a while", (...found) => {
        expect(found.flat()).toEqual([]);
    });

    it("is what any region has, where nothing is known of the region or none is given", () => {
        const newest = { ...databaseSpec, instanceClass: "db.m9g.large" };
        expect(databaseProblems("d", newest, "eu-isoe-west-1")).toEqual([]);
        expect(databaseProblems("d", newest)).toEqual([]);
    });

    it("is let pass where the spec says so", () => {
        const unlisted = { ...databaseSpec, allowUnlisted: true, engineVersion: "19", instanceClass: "db.m10g.large" };
        expect(databaseProblems("d", unlisted, "eu-west-1")).toEqual([]);
        expect(databaseWarnings(unlisted)).toEqual([]);
        expect(texts(databaseProblems("d", { ...unlisted, engineVersion: "9" }))).toHaveLength(1);
    });
});

describe("once the facts have expired", () => {
    const kind: OfferKind = { offer: cacheNodeTypes(), file: "caches", label: "a node type" };
    const spec = { allowUnlisted: false, region: "eu-west-1" };

    it("what they do not have is a warning and no error", () => {
        for (const [day, refused, warnings] of [
            ["2026-11-28", true, 0],
            ["2099-01-01", false, 1],
        ] as const) {
            expect(isRefused(kind, "cache.m10g.large", spec, day)).toBe(refused);
            expect(expiryWarnings(kind, ["cache.m10g.large", "cache.r6g.large"], spec, day)).toHaveLength(warnings);
        }
    });
});

describe("the end of standard support", () => {
    const support = { state: "standard", standardUntil: "2026-12-02" } as const;
    it.each([
        ["2026-10-01", undefined],
        ["2026-11-27", expect.stringMatching(/^Kubernetes 1.34 leaves standard support on 2026-12-02/)],
        ["2026-12-03", expect.stringMatching(/^Kubernetes 1.34 has left standard support on 2026-12-02/)],
    ])("on %s", (day, warning) => {
        expect(supportWarning("Kubernetes 1.34", support, day)).toEqual(warning);
    });

    it("is none where AWS names no day", () => {
        expect(supportWarning("x", { state: "standard" }, "2099-01-01")).toBeUndefined();
    });
});
