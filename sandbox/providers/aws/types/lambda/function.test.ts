import { expect, it, vi } from "vitest";
import { checkFailures, TestAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const types = {
    role: "aws:iam/role:Role",
    function: "aws:lambda/function:Function",
    permission: "aws:lambda/permission:Permission",
    url: "aws:lambda/functionUrl:FunctionUrl",
};
const trust = (service: string) =>
    JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
    });
const aFunction = { name: "f", runtime: "nodejs22.x", handler: "index.handler", code: { assets: {} } };

it("a function has a role that Lambda may assume, and takes its permissions with it", () => {
    const account = new TestAccount(types);
    account.make("role", { name: "r", assumeRolePolicy: trust("ec2") });
    const role = "arn:aws:iam::123456789012:role/r";
    expect(() => account.make("function", { ...aFunction, role })).toThrow("cannot be assumed by Lambda");
    account.update("role", "r", { name: "r", assumeRolePolicy: trust("lambda") });
    const { id, outputs } = account.made("function", { ...aFunction, role });
    expect(outputs).toMatchObject({
        arn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
        invokeArn:
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f/invocations",
        memorySize: 128,
    });
    const url = account.made("url", { functionName: outputs.arn ?? "", authorizationType: "NONE" });
    expect(url.outputs.functionUrl).toMatch(/^https:\/\/[0-9a-f]{32}\.lambda-url\.eu-west-1\.on\.aws\/$/);
    const allowed = { action: "lambda:InvokeFunction", principal: "sns.amazonaws.com", statementId: "s" };
    const permission = account.make("permission", { ...allowed, function: "f" });
    account.remove("function", id);
    expect(account.provider.read(account.resource("permission"), permission)).toBeUndefined();
});

it("a function needs code, and a package a runtime and a handler", () => {
    const failures = checkFailures(types.function, { name: "f", role: "arn:aws:iam::123456789012:role/r" });
    expect(failures.map((failure) => failure.split(":")[0])).toEqual(["runtime", "handler", "code"]);
    const image = { name: "f", role: "arn:aws:iam::123456789012:role/r", packageType: "Image", imageUri: "i:1" };
    expect(checkFailures(types.function, image)).toEqual([]);
});
