import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Properties, revealDeep, Secret } from "../../../../rpc/values";
import type { AwsProvider } from "../../provider";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const types = {
    secret: "aws:secretsmanager/secret:Secret",
    version: "aws:secretsmanager/secretVersion:SecretVersion",
    rotation: "aws:secretsmanager/secretRotation:SecretRotation",
    application: "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    instance: "aws:rds/instance:Instance",
    subnetGroup: "aws:rds/subnetGroup:SubnetGroup",
};
let provider: AwsProvider;
const resource = (type: keyof typeof types) => ({ type: types[type], name: `a-${type}`, stack: "dev" });
const make = (type: keyof typeof types, inputs: Properties) => provider.create(resource(type), inputs, false);
const held = (secretId: string) =>
    revealDeep(provider.invoke("aws:secretsmanager/getSecretVersion:getSecretVersion", { secretId }).secretString);

beforeEach(() => {
    provider = providerInAccount();
});

describe("the versions of a secret", () => {
    it("share its labels: the newest is current, the one before it previous, and one without any is gone", () => {
        const { id: secretId } = make("secret", { name: "s" });
        const put = (secretString: string, versionStages?: string[]) =>
            make("version", { secretId, secretString: new Secret(secretString), versionStages }).id;
        const read = (id: string) => provider.read(resource("version"), id)?.outputs.versionStages;
        const [first, second] = [put("one", ["AWSCURRENT", "FIRST"]), put("two")];
        expect([read(first), read(second)]).toEqual([["FIRST", "AWSPREVIOUS"], ["AWSCURRENT"]]);
        const third = put("three");
        put("four");
        expect([read(first), read(second), read(third)]).toEqual([["FIRST"], undefined, ["AWSPREVIOUS"]]);
        expect(held(secretId)).toBe("four");
        expect(() => held("no such secret")).toThrow(/ResourceNotFoundException.*AWSCURRENT/);
    });
});

describe("a rotation", () => {
    const rotationRules = { automaticallyAfterDays: 30 };
    const application = (functionName: string) =>
        make("application", {
            ...{ name: functionName, capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"] },
            parameters: { endpoint: "https://secretsmanager.eu-west-1.amazonaws.com", functionName },
        }).outputs.outputs as { RotationLambdaARN: string };

    it("needs a value to rotate, and a function that Secrets Manager may call", () => {
        const { id: secretId } = make("secret", { name: "s" });
        const { RotationLambdaARN: rotationLambdaArn } = application("rotate");
        const rotation = { secretId, rotationRules, rotationLambdaArn };
        expect(() => make("rotation", rotation)).toThrow(/InvalidRequestException.*no value/);
        make("version", { secretId, secretString: "{}" });
        expect(() => make("rotation", { secretId, rotationRules })).toThrow(/InvalidRequestException.*No Lambda/);
        const another = rotationLambdaArn.replace(/rotate$/, "another");
        expect(() => make("rotation", { ...rotation, rotationLambdaArn: another })).toThrow(/AccessDeniedException/);
        expect(make("rotation", rotation).outputs.rotationEnabled).toBe(true);
    });

    it("takes an application into a VPC whole or not at all, and not into subnets that there are none of", () => {
        const parameters = { endpoint: "e", functionName: "f" };
        const capabilities = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"];
        const into = (vpc: Properties) => () =>
            make("application", { name: "n", capabilities, parameters: { ...parameters, ...vpc } });
        expect(into({ vpcSubnetIds: "subnet-1", vpcSecurityGroupIds: "sg-1" })).toThrow(
            /InvalidParameterValueException/,
        );
        expect(into({ vpcSubnetIds: "subnet-1" })).toThrow(/InvalidParameterValueException/);
    });
});

describe("a password that RDS manages", () => {
    const inputs = { identifier: "db", engine: "postgres", instanceClass: "db.t3.micro", skipFinalSnapshot: true };
    const managed = { ...inputs, username: "owner", manageMasterUserPassword: true };
    const arnOf = (outputs: Properties) =>
        (revealDeep(outputs.masterUserSecrets) as { secretArn: string }[]).map(({ secretArn }) => secretArn);

    it("is in a secret that comes and goes with it, and stays the same in between", () => {
        const before = make("instance", { ...inputs, password: new Secret("0123456789") });
        expect(arnOf(before.outputs)).toEqual([]);
        const old = { id: before.id, inputs, outputs: before.outputs };
        const outputs = provider.update(resource("instance"), old, managed, false);
        const [secretArn = ""] = arnOf(outputs);
        expect(secretArn).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-.*-[0-9a-f]{6}$/);
        const first = held(secretArn);
        expect(JSON.parse(String(first))).toEqual({ username: "owner", password: expect.any(String) });
        provider.update(
            resource("instance"),
            { ...old, inputs: managed, outputs },
            { ...managed, multiAz: true },
            false,
        );
        expect(held(secretArn)).toBe(first);
        make("rotation", { secretId: secretArn, rotationRules: { automaticallyAfterDays: 30 } });
        const again = () =>
            make("rotation", {
                ...{ secretId: secretArn, rotationRules: { automaticallyAfterDays: 30 } },
                rotationLambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
            });
        expect(again).toThrow(/InvalidRequestException.*managed by another service/);
        provider.delete(resource("instance"), { id: before.id, inputs: managed, outputs });
        expect(() => held(secretArn)).toThrow("ResourceNotFoundException");
    });

    it("is not for an instance that others are replicas of", () => {
        make("instance", managed);
        const replica = { identifier: "replica", instanceClass: "db.t3.micro", replicateSourceDb: "db" };
        expect(() => make("instance", { ...replica, skipFinalSnapshot: true })).toThrow(
            /InvalidParameterCombination.*read replica/,
        );
    });
});

it("hides what is made from a secret, also from one inside a block", () => {
    const { outputs } = make("application", {
        ...{ name: "n", capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"] },
        parameters: { endpoint: "e", functionName: new Secret("hidden") },
    });
    expect(outputs.outputs).toBeInstanceOf(Secret);
    expect(outputs.name).toBe("n");
});
