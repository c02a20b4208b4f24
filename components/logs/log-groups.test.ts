import { expect, it } from "vitest";
import { inputsOf, namesOfNodes, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { LogGroups } from ".";

const spec = { retentionDays: 30, keyDeletionWindowDays: 7 };

it("lets CloudWatch Logs of the region use the key, for these groups and no other", async () => {
    const names = { slow: "/app/slow", engine: "/app/engine" };
    const { made, resources } = await rehearse(
        true,
        (options) => new LogGroups("logs", { ...spec, platform, purpose: "logs", names }, options),
    );
    expect(Object.keys(made.arns)).toEqual(["slow", "engine"]);
    expect(inputsOf(resources, "logs-engine")).toMatchObject({ name: "/app/engine", retentionInDays: 30 });
    const policy = await settled(inputsOf(resources, "logs-encryption-key").policy);
    expect(JSON.parse(String(policy)).Statement[1]).toMatchObject({
        Effect: "Allow",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Condition: {
            ArnEquals: {
                "kms:EncryptionContext:aws:logs:arn": [
                    "arn:aws:logs:eu-west-1:123456789012:log-group:/app/slow",
                    "arn:aws:logs:eu-west-1:123456789012:log-group:/app/engine",
                ],
            },
        },
    });
});
it("gives its raw resources", async () => {
    const { made, resources } = await rehearse(
        false,
        (options) =>
            new LogGroups("logs", { ...spec, platform, purpose: "logs", names: { slow: "/app/slow" } }, options),
    );
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        key: "logs-encryption-key",
        groups: { slow: "logs-slow" },
    });
});
