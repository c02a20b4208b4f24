import { describe, expect, it } from "vitest";
import { advise } from "./advice";
import { compare } from "./compare";
import type { PlannedResource } from "./plan/resource";
import { planned, priced } from "./testing/plan";
import { comparisonText, estimateText, money } from "./text";
import type { Usage } from "./usage";

const instance = (instanceClass: string, change: Record<string, unknown> = {}, name = "database") =>
    planned(
        "aws:rds/instance:Instance",
        { engine: "postgres", instanceClass, storageType: "gp3", allocatedStorage: 100, ...change },
        {},
        name,
    );
const cache = (engine: string) =>
    planned(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        { engine, nodeType: "cache.r6g.large", numCacheClusters: 2 },
        {},
        "cache",
    );
const compared = (now: PlannedResource[], before: PlannedResource[]) => compare(priced(now), priced(before));

describe("a comparison", () => {
    it("takes another class for a change of one line, and another storage for none", () => {
        const { lines, monthlyUsd } = compared([instance("db.r6g.xlarge")], [instance("db.r6g.large")]);
        expect(lines.map(({ before, now }) => [before?.price, now?.price])).toEqual([
            ["rds/postgres/db.r6g.large", "rds/postgres/db.r6g.xlarge"],
        ]);
        expect(monthlyUsd.total).toBeCloseTo(730 * (0.504 - 0.252));
    });

    it("has what is new above zero and what is gone below it", () => {
        const { components } = compared([instance("db.r6g.large")], [cache("redis")]);
        expect(components.map(({ component, total }) => [component, Math.sign(total)])).toEqual([
            ["cache", -1],
            ["database", 1],
        ]);
    });

    it("is the opposite the other way round, and nothing against itself", () => {
        const [one, other] = [[instance("db.t4g.small")], [cache("valkey")]];
        expect(compared(one, other).monthlyUsd.total).toBeCloseTo(-compared(other, one).monthlyUsd.total);
        expect(compared(one, one)).toMatchObject({ lines: [], components: [] });
        expect(comparisonText("dev", "main", compared(one, one))).toBe("dev costs as much as main.\n");
    });

    it("is printed with signs", () => {
        const text = comparisonText("prod", "main", compared([instance("db.r6g.xlarge")], [instance("db.r6g.large")]));
        expect(text).toMatch(/^prod costs \+\$183\.96 a month against main\./);
        expect(text).toMatch(/db\.r6g\.large, PostgreSQL → db\.r6g\.xlarge, PostgreSQL +\+\$183\.96/);
    });
});

describe("advice", () => {
    const savings = (...plan: PlannedResource[]) =>
        Object.fromEntries(advise(priced(plan)).map(({ title, savesUsd }) => [title.split(" ")[0], savesUsd]));

    it("saves what the cheaper price is less", () => {
        expect(savings(cache("redis")).Valkey).toBeCloseTo(2 * 730 * (0.229 - 0.1832));
        expect(savings(cache("valkey")).Valkey).toBeUndefined();
        expect(savings(instance("db.t3.micro"))["AWS's"]).toBeGreaterThan(0);
        expect(savings(instance("db.t4g.micro"))["AWS's"]).toBeUndefined();
    });

    it("is for gp3 only where it includes as many IOPS", () => {
        const io1 = (allocatedStorage: number, iops: number) =>
            savings(instance("db.r6g.large", { storageType: "io1", allocatedStorage, iops })).gp3;
        expect(io1(500, 3000)).toBeCloseTo(500 * 0.138 + 3000 * 0.1104 - 500 * 0.127);
        expect(io1(500, 12_001)).toBeUndefined();
        expect(io1(100, 3001)).toBeUndefined();
    });

    it("counts all of a replica that nothing reads", () => {
        const replica = instance("db.r6g.large", { replicateSourceDb: "database" }, "replica");
        expect(savings(replica).read).toBeCloseTo(730 * 0.252 + 100 * 0.127);
    });
});

describe("advice on what is paid for anyway", () => {
    const savings = (plan: PlannedResource[], usage: Partial<Usage> = {}) =>
        Object.fromEntries(
            advise(priced(plan, { usage })).map(({ title, savesUsd }) => [title.split(" ")[0], savesUsd]),
        );
    const nat = planned("aws:ec2/natGateway:NatGateway", {}, {}, "nat");
    const endpoint = planned("aws:ec2/vpcEndpoint:VpcEndpoint", endpointIn(2), {}, "sqs");

    it("takes classes for reserved at thirty per cent less, and storage at nothing less", () => {
        expect(savings([instance("db.r6g.large")]).reserved).toBeCloseTo(0.3 * 730 * 0.252);
    });

    it("counts old snapshots where some are charged", () => {
        expect(savings([instance("db.r6g.large")]).old).toBeUndefined();
        expect(
            savings([instance("db.r6g.large", { backupRetentionPeriod: 7 })], { databaseBackupGb: 100 }).old,
        ).toBeGreaterThan(0);
    });

    it("is against endpoints for little traffic, for none where there is no gateway, and never for much", () => {
        expect(savings([nat, endpoint], { interfaceEndpointGb: 10 }).NAT).toBeCloseTo(
            2 * 730 * 0.011 + 10 * 0.01 - 10 * 0.048,
        );
        expect(savings([endpoint], { interfaceEndpointGb: 10 }).NAT).toBeUndefined();
        expect(savings([nat, endpoint], { interfaceEndpointGb: 1000 }).NAT).toBeUndefined();
    });
});

/** The inputs of an interface endpoint in so many zones. */
function endpointIn(zones: number): Record<string, unknown> {
    return {
        vpcEndpointType: "Interface",
        subnetIds: Array.from({ length: zones }, (_, index) => `subnet-${index}`),
    };
}

it("an estimate for people has every component with its lines, and marks what is assumed", () => {
    const estimate = priced([
        planned("aws:ec2/natGateway:NatGateway", {}, {}, "nat"),
        planned("aws:redshift/cluster:Cluster"),
    ]);
    const text = estimateText("dev", estimate, [], "2027-12-01");
    expect(text).toMatch(
        /^dev costs about \$39\.84 a month in eu-west-1: \$35\.04 for what is planned, \$4\.80 for assumed use/,
    );
    expect(text).toMatch(/100 × \$0\.048 per GB +~ natGatewayGb +\$4\.80/);
    expect(text).toContain("Not counted: 1 × aws:redshift/cluster:Cluster");
    expect(text).toContain("npm run prices -- eu-west-1");
    expect(money(1234567.891)).toBe("$1,234,567.89");
});
