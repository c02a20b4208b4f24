import { malformed, type ResourceType } from "../../resource-type";
import { KEY } from "../kms/key";
import { secretRotations } from "./secret-rotation";
import { SECRET, SECRET_VERSION, secretVersions, versionsOf } from "./secret-version";

export const secretsmanager: Record<string, ResourceType> = {
    ...secretVersions,
    ...secretRotations,
    [SECRET]: {
        // Secrets Manager adds six characters, so that a new secret with an old name has a different ARN.
        id: ({ inputs, region, accountId, hex, partition }) =>
            `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${inputs.text("name")}-${hex(6)}`,
        outputs: ({ id, inputs }) => ({ arn: id, policy: inputs.text("policy") }),
        name: "name",
        exists: "ResourceExistsException",
        refersTo: { kmsKeyId: { type: KEY, weak: true } },
        rejects: [
            malformed("name", /^[\w/+=.@-]{1,512}$/, "1 to 512 letters, digits and /_+=.@-", "ValidationException"),
            {
                code: "InvalidParameterException",
                at: "recoveryWindowInDays",
                when: (inputs) => {
                    const days = inputs.number("recoveryWindowInDays");
                    return days !== undefined && days !== 0 && (days < 7 || days > 30);
                },
                say: (inputs) =>
                    `recoveryWindowInDays must be 0 or between 7 and 30, got ${inputs.text("recoveryWindowInDays")}`,
            },
        ],
        conflicts: [
            {
                code: "InvalidRequestException",
                at: "name",
                when: ({ inputs, all }) =>
                    all(SECRET).some((other) => other.retained && other.inputs.name === inputs.text("name")),
                say: ({ inputs }) =>
                    `You can't create this secret because a secret with this name is already scheduled for deletion: ${inputs.text("name")}`,
            },
        ],
        cascadeDelete: ({ entity, all }) => versionsOf(entity.id, all(SECRET_VERSION)),
        tombstone: ({ entity, inputs }) => {
            const days = inputs.number("recoveryWindowInDays") ?? 30;
            return days === 0
                ? undefined
                : { type: SECRET, id: entity.id, reason: `in its recovery window of ${days} days` };
        },
        notFound: "ResourceNotFoundException",
    },
};
