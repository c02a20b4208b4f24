import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import type { AwsProvider } from "../../provider";
import { checkFailures, providerInAccount } from "../../testing";

const types = {
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    table: "aws:ec2/routeTable:RouteTable",
    acl: "aws:ec2/networkAcl:NetworkAcl",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    flowLog: "aws:ec2/flowLog:FlowLog",
    role: "aws:iam/role:Role",
    key: "aws:kms/key:Key",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
};

let provider: AwsProvider;
const make = (type: keyof typeof types, inputs: Properties): string =>
    provider.create({ type: types[type], name: `a-${type}`, stack: "dev" }, inputs, false).id;

let vpcId = "";
beforeEach(() => {
    provider = providerInAccount();
    vpcId = make("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
});

const subnet = (block: number, availabilityZone = "eu-west-1a") =>
    make("subnet", { vpcId, cidrBlock: `10.0.${block}.0/24`, availabilityZone });

describe("an endpoint", () => {
    const sts = () => ({
        vpcId,
        serviceName: "com.amazonaws.eu-west-1.sts",
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
    });

    it("stands in a zone once", () => {
        const subnetIds = [subnet(1), subnet(2)];
        expect(() => make("endpoint", { ...sts(), subnetIds })).toThrow(/DuplicateSubnetsInSameZone/);
        make("endpoint", { ...sts(), subnetIds: [subnetIds[0] ?? "", subnet(3, "eu-west-1b")] });
    });

    it("has a service's private names to itself", () => {
        make("endpoint", sts());
        expect(() => make("endpoint", sts())).toThrow(/InvalidParameter.*conflicting DNS domain/);
        make("endpoint", { ...sts(), privateDnsEnabled: false });
    });

    it("has private names only in a VPC that has names", () => {
        const nameless = make("vpc", { cidrBlock: "10.1.0.0/16" });
        expect(() => make("endpoint", { ...sts(), vpcId: nameless })).toThrow(/InvalidParameter.*enableDnsHostnames/);
    });

    it.each([
        ["com.amazonaws.us-east-1.sts", "There are com.amazonaws.eu-west-1.sts"],
        ["com.amazonaws.eu-west-1.secretsmanger", "There are com.amazonaws.eu-west-1.secretsmanager"],
        ["cn.com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.api"],
    ])("is of a service that AWS has in the region, unlike %s", (serviceName, mend) => {
        expect(checkFailures(types.endpoint, { ...sts(), serviceName })).toEqual([
            expect.stringMatching(`InvalidServiceName: .*'${serviceName}' does not exist.*${mend}`),
        ]);
    });

    it.each([
        "com.amazonaws.eu-west-1.dynamodb",
        "aws.api.eu-west-1.freetier",
        "com.amazonaws.iam",
        "com.amazonaws.vpce.eu-west-1.vpce-svc-0e123abc123198abc",
    ])("may be of %s", (serviceName) => {
        expect(checkFailures(types.endpoint, { ...sts(), serviceName })).toEqual([]);
    });

    it("is the one gateway of a route table to a service", () => {
        const gateway = { vpcId, serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: [make("table", { vpcId })] };
        make("endpoint", gateway);
        expect(() => make("endpoint", gateway)).toThrow(/RouteAlreadyExists/);
    });
});

it("takes a key for a log group only if its policy lets CloudWatch Logs use it", () => {
    const key = (service: string) =>
        make("key", {
            policy: JSON.stringify({
                Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "kms:*", Resource: "*" }],
            }),
        });
    const encrypted = (kmsKeyId: string) => make("logGroup", { name: "/app", kmsKeyId });
    expect(() => encrypted(make("key", {}))).toThrow(/InvalidParameterException.*not allowed to be used with/);
    expect(() => encrypted(key("logs.us-east-1.amazonaws.com"))).toThrow(/InvalidParameterException/);
    expect(encrypted(key("logs.eu-west-1.amazonaws.com"))).toBe("/app");
    expect(() => make("logGroup", { name: "/app" })).toThrow(/ResourceAlreadyExistsException/);
});

it("has one flow log of a kind for a VPC and a destination", () => {
    const iamRoleArn = make("role", { name: "writer", assumeRolePolicy: "{}" });
    make("logGroup", { name: "/flow" });
    const flowLog = { vpcId, trafficType: "ALL", iamRoleArn: `arn:aws:iam::123456789012:role/${iamRoleArn}` };
    const logDestination = "arn:aws:logs:eu-west-1:123456789012:log-group:/flow";
    make("flowLog", { ...flowLog, logDestination });
    expect(() => make("flowLog", { ...flowLog, logDestination })).toThrow(/FlowLogAlreadyExists/);
    make("flowLog", { ...flowLog, logDestination, trafficType: "REJECT" });
});

it("lets a subnet go that a network ACL is associated with, but not the ACL's VPC", () => {
    const subnetId = subnet(1);
    make("acl", { vpcId, subnetIds: [subnetId] });
    const remove = (type: keyof typeof types, id: string) => {
        const resource = { type: types[type], name: "it", stack: "dev" };
        provider.delete(resource, { id, inputs: {}, outputs: {} });
    };
    remove("subnet", subnetId);
    expect(() => remove("vpc", vpcId)).toThrow(/DependencyViolation.*a-acl/);
    expect(() => make("acl", { vpcId, subnetIds: [subnetId] })).toThrow(/InvalidSubnetID\.NotFound/);
});
