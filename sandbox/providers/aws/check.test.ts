import { describe, expect, it } from "vitest";
import { Secret, UNKNOWN, type Value } from "../../rpc/values";
import { check } from "./check";
import { checkFailures } from "./testing";

const anInstance = {
    engine: "postgres",
    instanceClass: "db.t3.micro",
    identifier: "db",
    allocatedStorage: 20,
    skipFinalSnapshot: true,
};

describe("the check", () => {
    it("refuses an input that the SDK does not declare, and asks for those that it requires, in blocks too", () => {
        expect(checkFailures("aws:rds/subnetGroup:SubnetGroup", { shape: "round" })).toEqual([
            expect.stringMatching(/^shape: Invalid or unknown key: @pulumi\/aws .* has no input shape of aws:rds/),
            "subnetIds: Missing required property 'subnetIds'",
        ]);
        const proxy = { name: "p", engineFamily: "POSTGRESQL", roleArn: "arn:aws:iam::1:role/r", vpcSubnetIds: [] };
        const auths = [{ secretArn: "arn:aws:secretsmanager:s" }, { secret: "s" }, UNKNOWN];
        expect(checkFailures("aws:rds/proxy:Proxy", { ...proxy, auths })).toEqual([
            expect.stringMatching(/^auths\[1\]\.secret: .* has no input secret in auths\[1\] of aws:rds/),
        ]);
        expect(checkFailures("aws:eks/nodeGroup:NodeGroup", { scalingConfig: { minSize: 1, maxSize: 1 } })).toEqual(
            expect.arrayContaining([
                "scalingConfig.desiredSize: Missing required property 'scalingConfig.desiredSize'",
                "clusterName: Missing required property 'clusterName'",
            ]),
        );
    });

    it("reports everything that is wrong at once", () => {
        const wrong = checkFailures("aws:rds/instance:Instance", {
            ...anInstance,
            instanceClass: undefined,
            backupRetentionPeriod: 99,
            identifier: "-db",
        });
        expect(wrong).toHaveLength(3);
    });

    it("judges secrets, and leaves what is not known for later", () => {
        const withPassword = (password: Value) =>
            checkFailures("aws:rds/instance:Instance", { ...anInstance, password });
        expect(withPassword(new Secret("short"))).toEqual([expect.stringContaining("not a valid password")]);
        expect(withPassword(new Secret("short"))[0]).not.toContain("short");
        expect(withPassword(new Secret(UNKNOWN))).toEqual([]);
        expect(withPassword(UNKNOWN)).toEqual([]);
    });

    it("makes up a name where none is given, and keeps it", () => {
        const resource = { type: "aws:sqs/queue:Queue", name: "jobs", stack: "dev" };
        const { inputs } = check(resource, {}, {});
        expect(inputs.name).toMatch(/^jobs-[0-9a-f]{7}$/);
        expect(check(resource, inputs, {}).inputs.name).toBe(inputs.name);
    });
});
