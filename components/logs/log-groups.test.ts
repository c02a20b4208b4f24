import { describe, expect, it } from "vitest";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { violations } from "../validation";
import { LogGroups, logRetention } from ".";

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

describe("a retention", () => {
    it.each([1, 30, 365, 3653])("of %i days is taken", (retentionDays) => {
        expect(violations("logs", { ...spec, retentionDays }, [logRetention("retentionDays")])).toEqual([]);
    });

    it.each([0, 2, 31, 364, 4000])("of %i days is none that CloudWatch offers", (retentionDays) => {
        expect(violations("logs", { ...spec, retentionDays }, [logRetention("retentionDays")])[0]?.text).toMatch(
            new RegExp(
                `^logs.retentionDays: ${retentionDays} is not a span that CloudWatch offers; give 1, 3, .* 3653$`,
            ),
        );
    });
});
