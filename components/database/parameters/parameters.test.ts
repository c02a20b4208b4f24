import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryOf } from "../../instance-classes";
import { databaseSpec } from "../../testing/specs";
import { evaluate } from "./formula";
import { connectionsCarried, parametersOf } from "./parameters";

const GiB = 1024 ** 3;

describe("instance classes", () => {
    // https://aws.amazon.com/rds/instance-types/
    it.each([
        ["db.t3.micro", 1],
        ["db.t3.small", 2],
        ["db.t4g.2xlarge", 32],
        ["db.m6g.large", 8],
        ["db.m7i.16xlarge", 256],
        ["db.r6g.large", 16],
        ["db.r6g.xlarge", 32],
        ["db.r5.24xlarge", 768],
    ])("%s has %i GiB", (instanceClass, gibibytes) => {
        expect(memoryOf(instanceClass)).toBe(gibibytes * GiB);
    });

    it.each(["db.x2g.large", "db.r6g.tiny", "db.t3.8xlarge", "nonsense"])("%s is not known", (instanceClass) => {
        expect(memoryOf(instanceClass)).toBeUndefined();
    });
});

describe("formulas", () => {
    // Values of RDS's own documentation: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
    it.each([
        ["200", 200],
        ["{DBInstanceClassMemory/32768}", 32_768],
        ["LEAST({DBInstanceClassMemory/9531392},5000)", 112],
        ["GREATEST({DBInstanceClassMemory*1024/63963136},65536)", 65_536],
        ["{DBInstanceClassMemory*3/4}", 805_306_368],
        ["SUM({DBInstanceClassMemory/1073741824},2,3)", 6],
        ["7/2*2", 6],
        ["(1+2)*3-4", 5],
    ])("%s comes to %i with 1 GiB", (formula, value) => {
        expect(evaluate(formula, { DBInstanceClassMemory: GiB })).toBe(value);
    });

    it.each(["256MB", "", "LEAST(1,2", "{AllocatedStorage}", "1 2", "MOST(1)"])("%s is none", (formula) => {
        expect(() => evaluate(formula, { DBInstanceClassMemory: GiB })).toThrow("is not a formula of RDS's");
    });
});

describe("connections", () => {
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
    it.each([
        ["db.t3.medium", 90],
        ["db.t4g.large", 135],
        ["db.r6g.large", 1_000],
        ["db.r6g.2xlarge", 3_000],
        ["db.r5.8xlarge", 5_000],
        ["db.r5.12xlarge", 6_000],
        ["db.r5.16xlarge", 6_000],
        ["db.r5.24xlarge", 7_000],
    ])("that AWS lists for Aurora MySQL on %s: %i", (instanceClass, connections) => {
        expect(connectionsCarried({ engine: "aurora-mysql", instanceClass })).toBe(connections);
    });

    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
    it.each([
        [1, 90],
        [4, 135],
        [8, 1_000],
        [16, 2_000],
        [32, 3_000],
        [64, 4_000],
        [128, 5_000],
    ])("that AWS lists for serverless Aurora MySQL of at most %i ACU: %i", (maximumAcu, connections) => {
        const serverlessCapacity = { minimumAcu: 0.5, maximumAcu };
        const given = { engine: "aurora-mysql", instanceClass: "db.serverless", serverlessCapacity } as const;
        expect(connectionsCarried(given)).toBe(connections);
    });

    it.each([
        [0.5, 16, 2_000],
        [0, 256, 2_000],
        [1, 32, 5_000],
        [1, 256, 5_000],
    ])("of serverless Aurora PostgreSQL from %d to %i ACU stop at %i", (minimumAcu, maximumAcu, connections) => {
        const serverlessCapacity = { minimumAcu, maximumAcu };
        const given = { engine: "aurora-postgresql", instanceClass: "db.serverless", serverlessCapacity } as const;
        expect(connectionsCarried(given)).toBe(connections);
    });

    it("are as many as asked for, and never more than the class carries", () => {
        const classes = fc.constantFrom("db.t3.micro", "db.t3.small", "db.t4g.medium", "db.r6g.large");
        const engines = fc.constantFrom("postgres" as const, "mysql" as const, "aurora-postgresql" as const);
        const asked = fc.integer({ min: 6, max: 65_535 });
        fc.assert(
            fc.property(asked, classes, engines, (maxConnections, instanceClass, engine) => {
                const { value = "" } =
                    parametersOf({ ...databaseSpec, engine, maxConnections }).find(
                        ({ name }) => name === "max_connections",
                    ) ?? {};
                const given = evaluate(value, { DBInstanceClassMemory: memoryOf(instanceClass) ?? 0 });
                expect(given).toBe(Math.min(maxConnections, connectionsCarried({ engine, instanceClass }) ?? 0));
            }),
        );
    });
});
