import { describe, expect, it } from "vitest";
import { difference } from "./difference";

describe("what a change comes to", () => {
    const replaced = (type: string, old: object, next: object) => difference(type, { ...old }, { ...next }).replaces;

    it.each([
        ["aws:rds/instance:Instance", { storageEncrypted: true }, { storageEncrypted: false }, ["storageEncrypted"]],
        ["aws:rds/instance:Instance", { instanceClass: "db.t3.micro" }, { instanceClass: "db.t3.small" }, []],
        ["aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }, ["cidrBlock"]],
        ["aws:sqs/queue:Queue", { fifoQueue: false }, { fifoQueue: true }, ["fifoQueue"]],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            { engineVersion: "7.1" },
            { engineVersion: "7.0" },
            ["engineVersion"],
        ],
        ["aws:elasticache/replicationGroup:ReplicationGroup", { engine: "redis" }, { engine: "valkey" }, []],
        ["aws:elasticache/replicationGroup:ReplicationGroup", { engine: "valkey" }, { engine: "redis" }, ["engine"]],
    ])("%s from %j to %j", (type, old, next, expected) => {
        expect(replaced(type, old, next)).toEqual(expected);
        expect(difference(type, { ...old }, { ...next }).changes).toHaveLength(1);
    });

    it("is nothing where AWS keeps what it chose when the input is taken away", () => {
        expect(difference("aws:rds/instance:Instance", { availabilityZone: "eu-west-1a" }, {}).changes).toEqual([]);
    });

    it.each([
        ["aws:eks/accessEntry:AccessEntry", "kubernetesGroups", ["readers", "writers"], ["readers"]],
        ["aws:eks/accessEntry:AccessEntry", "kubernetesGroups", ["readers"], []],
        ["aws:ec2/vpcEndpoint:VpcEndpoint", "routeTableIds", ["rtb-1", "rtb-2", "rtb-3"], ["rtb-1", "rtb-2"]],
        ["aws:ec2/networkAcl:NetworkAcl", "subnetIds", ["subnet-1", "subnet-2"], ["subnet-1"]],
    ])("field B7: is an update of %s where the last of its %s goes", (type, input, old, next) => {
        const { changes, replaces } = difference(type, { [input]: old }, { [input]: next });
        expect(changes).toEqual([{ path: [input, old.length - 1], kind: "remove" }]);
        expect(replaces).toEqual([]);
    });

    it("deletes first where the name was given and stays, and last where it was made up", () => {
        const parameterGroup = "aws:rds/parameterGroup:ParameterGroup";
        const change = (more: object) =>
            difference(
                parameterGroup,
                { name: "p", family: "postgres15", ...more },
                { name: "p", family: "postgres16", ...more },
            );
        expect(change({}).deleteBeforeReplace).toBe(true);
        expect(change({ __defaults: ["name"] }).deleteBeforeReplace).toBe(false);
    });
});
