import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../rpc/values";
import { providerInAccount } from "../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../rpc/server", () => ({ engineIsAlive: () => true }));

/**
 * What AWS refuses and other emulators take, for the data stores: what moto 5.2.5 was seen to accept.
 * https://github.com/getmoto/moto
 */
const types = {
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    securityGroup: "aws:ec2/securityGroup:SecurityGroup",
    subnetGroup: "aws:rds/subnetGroup:SubnetGroup",
    database: "aws:rds/instance:Instance",
    cache: "aws:elasticache/replicationGroup:ReplicationGroup",
    queue: "aws:sqs/queue:Queue",
    key: "aws:kms/key:Key",
};
type Kind = keyof typeof types;

const provider = providerInAccount();
const resource = (kind: Kind) => ({ type: types[kind], name: `a-${kind}`, stack: "dev" });

/** Checks and makes a resource as the engine does; what is refused throws. */
function make(kind: Kind, inputs: Properties) {
    const { failures } = provider.check(resource(kind), {}, inputs);
    if (failures[0]) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return { inputs, ...provider.create(resource(kind), inputs, false) };
}

const database = {
    identifier: "db",
    engine: "postgres",
    instanceClass: "db.t3.micro",
    allocatedStorage: 20,
    username: "owner",
    password: "long-enough",
    skipFinalSnapshot: true,
};
const cache = { replicationGroupId: "cache", description: "d", nodeType: "cache.t4g.micro", engine: "redis" };

const made: Record<"vpc" | "one" | "other" | "group" | "subnets" | "database", ReturnType<typeof make> | undefined> = {
    vpc: undefined,
    one: undefined,
    other: undefined,
    group: undefined,
    subnets: undefined,
    database: undefined,
};
const idOf = (name: keyof typeof made) => made[name]?.id ?? "";

beforeAll(() => {
    made.vpc = make("vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = (block: number, zone: string) =>
        make("subnet", { vpcId: idOf("vpc"), cidrBlock: `10.0.${block}.0/24`, availabilityZone: zone });
    made.one = subnet(1, "eu-west-1a");
    made.other = subnet(2, "eu-west-1b");
    made.group = make("securityGroup", { vpcId: idOf("vpc"), name: "stores" });
    made.subnets = make("subnetGroup", { name: "stores", subnetIds: [idOf("one"), idOf("other")] });
    made.database = make("database", {
        ...database,
        dbSubnetGroupName: "stores",
        vpcSecurityGroupIds: [idOf("group")],
    });
});

describe("is refused with AWS's code:", () => {
    it.each<[string, Kind, Properties, RegExp]>([
        [
            "a class that RDS has not",
            "database",
            { ...database, instanceClass: "db.zz.huge" },
            /InvalidParameterValue: Invalid DB Instance class: db\.zz\.huge/,
        ],
        [
            "an engine's version that is not",
            "database",
            { ...database, engineVersion: "99.9" },
            /InvalidParameterCombination/,
        ],
        ["storage of 1 GiB", "database", { ...database, allocatedStorage: 1 }, /InvalidParameterValue/],
        [
            "a password of 3 characters",
            "database",
            { ...database, password: "abc" },
            /InvalidParameterValue.*not a valid password/,
        ],
        ["a reserved user", "database", { ...database, username: "rdsadmin" }, /InvalidParameterValue/],
        ["backups for 99 days", "database", { ...database, backupRetentionPeriod: 99 }, /InvalidParameterValue/],
        [
            "a security group that is not",
            "database",
            { ...database, identifier: "lost", vpcSecurityGroupIds: ["sg-0badc0de"] },
            /sg-0badc0de/,
        ],
        [
            "a key that is not",
            "database",
            {
                ...database,
                identifier: "lost",
                storageEncrypted: true,
                kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0",
            },
            /KMSKeyNotAccessibleFault/,
        ],
        [
            "a node type that ElastiCache has not",
            "cache",
            { ...cache, nodeType: "cache.zz.huge" },
            /InvalidParameterValue/,
        ],
        [
            "Multi-AZ with one node",
            "cache",
            { ...cache, multiAzEnabled: true, numCacheClusters: 1 },
            /InvalidParameter/,
        ],
        ["a token without TLS", "cache", { ...cache, authToken: "0123456789abcdef" }, /InvalidParameter/],
        [
            "a queue that keeps for a second",
            "queue",
            { name: "q", messageRetentionSeconds: 1 },
            /InvalidAttributeValue/,
        ],
        ["a key gone in 3 days", "key", { deletionWindowInDays: 3 }, /ValidationException/],
    ])("%s", (_, kind, inputs, code) => {
        expect(() => make(kind, inputs)).toThrow(code);
    });

    it("a subnet group in one zone", () => {
        const alone = { name: "alone", subnetIds: [idOf("one")] };
        expect(() => make("subnetGroup", alone)).toThrow(/DBSubnetGroupDoesNotCoverEnoughAZs/);
    });

    it("storage that shrinks", () => {
        const { database: old } = made;
        if (!old) throw new Error("there is no database");
        const smaller = { ...old.inputs, allocatedStorage: 10 };
        expect(() => provider.update(resource("database"), old, smaller, true)).toThrow(/InvalidParameter/);
    });

    it.each<[string, "subnets" | "group" | "one", Kind, RegExp]>([
        ["the subnet group", "subnets", "subnetGroup", /InvalidDBSubnetGroupStateFault/],
        ["the security group", "group", "securityGroup", /DependencyViolation/],
        ["a subnet", "one", "subnet", /DependencyViolation/],
    ])("deleting %s of a living database", (_, name, kind, code) => {
        const { [name]: held } = made;
        if (!held) throw new Error(`there is no ${name}`);
        expect(() => provider.delete(resource(kind), held)).toThrow(code);
    });

    it("a database that is to leave a last snapshot without a name", () => {
        expect(() => make("database", { ...database, skipFinalSnapshot: false })).toThrow(
            /final_snapshot_identifier is required/,
        );
    });
});
