import { describe, expect, it } from "vitest";
import { facts, fileNames } from "./data";
import {
    cacheNodeTypes,
    cacheVersions,
    databaseClasses,
    databaseMajors,
    databaseSupport,
    endpointServiceName,
    endpointServiceNames,
    expired,
    findDatabaseVersion,
    hardwareOf,
    instanceTypes,
    isValid,
    isZoneOf,
    kubernetesSupport,
    kubernetesVersions,
    zoneIdOf,
    zonesOf,
} from "./index";

describe("the facts", () => {
    it("are valid: otherwise pin newer sources in tools/facts/sources.ts, and run `npm run facts`", () => {
        expect(expired()).toEqual([]);
    });

    it("say where they come from, under which licence, of which day, and for how long they are good", () => {
        for (const { sources, takenOn, validUntil } of fileNames.map((name) => facts(name).origin)) {
            expect(sources).not.toEqual([]);
            for (const { name, version, licence, date } of sources) {
                expect([name, version, licence]).not.toContain("");
                expect(date <= takenOn).toBe(true);
            }
            const days = (Date.parse(validUntil) - Date.parse(takenOn)) / 86_400_000;
            expect(days).toBeGreaterThanOrEqual(180);
        }
    });

    it("expire on their day, and not before", () => {
        const { validUntil } = facts("databases").origin;
        expect(isValid("databases", "2026-11-28")).toBe(true);
        expect(isValid("databases", validUntil)).toBe(false);
        expect(expired(validUntil).map(({ name }) => name)).toEqual(fileNames);
    });
});

describe("what AWS offers", () => {
    const eu = "eu-west-3";
    it.each([
        ["RDS has m8a and r8a", databaseClasses("postgres"), "db.r8a.large", "eu-west-1", "offered"],
        ["RDS has m9g in other regions", databaseClasses("postgres"), "db.m9g.large", eu, "elsewhere"],
        ["nobody has m10g", databaseClasses("mysql"), "db.m10g.large", eu, "unlisted"],
        ["Aurora has no micro", databaseClasses("aurora-mysql"), "db.t3.micro", eu, "unlisted"],
        ["Aurora has serverless", databaseClasses("aurora-postgresql"), "db.serverless", eu, "offered"],
        ["ElastiCache has m8g and r8g", cacheNodeTypes(), "cache.r8g.large", "us-east-1", "offered"],
        ["ElastiCache has no such t1", cacheNodeTypes(), "cache.t1.48xlarge", "us-east-1", "unlisted"],
        ["EC2 has m6i", instanceTypes(), "m6i.large", eu, "offered"],
        [
            "a region without data has what any has",
            databaseClasses("postgres"),
            "db.m9g.large",
            "eu-isoe-west-1",
            "offered",
        ],
        ["no region has what any has", databaseClasses("postgres"), "db.m9g.large", undefined, "offered"],
    ] as const)("%s", (_, offer, name, region, found) => {
        expect(offer.find(name, region)).toBe(found);
    });

    it("is known in every region that has prices, and in many more", () => {
        for (const region of ["us-east-1", "eu-west-1", eu])
            for (const offer of [databaseClasses("postgres"), cacheNodeTypes(), instanceTypes()])
                expect([region, offer.covers(region)]).toEqual([region, true]);
    });

    it("is told by names that are alike, of the region", () => {
        expect(databaseClasses("postgres").like("db.m9g.large", eu)).toEqual([
            "db.m8g.large",
            "db.m7g.large",
            "db.m6g.large",
        ]);
        expect(cacheNodeTypes().like("cache.r6.large", eu)[0]).toBe("cache.r6g.large");
    });

    it("has hardware, also that of RDS's classes", () => {
        expect(hardwareOf("m7g.large")).toEqual({
            ...{ cpus: 2, memoryMiB: 8192, architecture: "arm64" },
            ...{ interfaces: 3, addresses: 10 },
        });
        expect(hardwareOf("m99.large")).toBeUndefined();
        // A type that the region's list has and the hardware does not would be refused by neither.
        for (const type of instanceTypes().names()) expect(hardwareOf(type), type).toBeDefined();
    });

    it("is in zones", () => {
        expect(zonesOf("us-east-1")).toHaveLength(6);
        expect(zonesOf("eu-west-1")).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
        expect(zonesOf("xx-nowhere-1")).toBeUndefined();
        expect([isZoneOf("eu-west-1c", "eu-west-1"), isZoneOf("eu-west-1d", "eu-west-1")]).toEqual([true, false]);
        expect(isZoneOf("eu-west-1a", eu)).toBe(false);
        // Accounts name them differently: one has a and b, another a and c.
        expect(isZoneOf("us-west-1c", "us-west-1")).toBe(true);
        expect([isZoneOf("mx-central-1c", "mx-central-1"), isZoneOf("mx-central-1x", "mx-central-1")]).toEqual([
            true,
            false,
        ]);
    });
});

describe("versions", () => {
    it.each([
        ["postgres", "16", "available"],
        ["postgres", "16.15", "available"],
        ["postgres", "16.99", "unlisted"],
        ["postgres", "15.4", "deprecated"],
        ["postgres", "1", "unlisted"],
        ["mysql", "8.0", "available"],
        ["mysql", "5.7.44-rds.20260902", "available"],
        ["aurora-mysql", "8.0.mysql_aurora.3.10.2", "available"],
        ["aurora-postgresql", "16.1", "deprecated"],
    ] as const)("of %s: %s is %s", (engine, version, found) => {
        expect(findDatabaseVersion(engine, version)).toBe(found);
    });

    it("of databases are in standard or extended support", () => {
        expect(databaseMajors("mysql", "standard")).toEqual(["8.4"]);
        expect(databaseMajors("mysql", "extended")).toContain("8.0");
        expect(databaseSupport("postgres", "14").state).toBe("standard");
        expect(databaseSupport("postgres", "14", "2027-03-01").state).toBe("extended");
        expect(databaseSupport("postgres", "9.6").state).toBe("ended");
    });

    it("of caches are those that ElastiCache has", () => {
        expect(cacheVersions("valkey")).toContain("9.0");
        expect(cacheVersions("valkey")).not.toContain("7.9");
    });

    it("of Kubernetes leave standard support on their day", () => {
        expect(kubernetesVersions("standard", "2026-12-02")).toContain("1.34");
        expect(kubernetesVersions("standard", "2026-12-03")).not.toContain("1.34");
        expect(kubernetesSupport("1.34", "2026-12-03").state).toBe("extended");
        expect(kubernetesSupport("1.31", "2026-11-27").state).toBe("ended");
        expect(kubernetesSupport("1.99").state).toBe("ended");
    });
});

it.each([
    ["us-east-1e", "use1-az3"],
    ["eu-west-1a", "euw1-az3"],
    ["ap-southeast-3b", "apse3-az2"],
    ["us-gov-west-1c", "usgw1-az3"],
    ["ca-west-1a", "caw1-az1"],
])("the zone %s has the id %s, where no account says otherwise", (zone, id) => {
    expect(zoneIdOf(zone)).toBe(id);
});

it.each([
    ["ecr.api", "eu-west-1", "com.amazonaws.eu-west-1.ecr.api"],
    ["ecr.api", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api"],
    ["secretsmanager", "cn-north-1", "com.amazonaws.cn-north-1.secretsmanager"],
    ["ecr.api", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.api"],
    ["notebook", "eu-west-1", "aws.sagemaker.eu-west-1.notebook"],
    ["iam", "eu-west-1", "com.amazonaws.iam"],
])("the endpoint service of %s in %s is %s", (service, region, name) => {
    expect(endpointServiceName(service, region)).toBe(name);
    expect(endpointServiceNames(region)).toContain(name);
});
