import type { Creation, ResourceType } from "../../resource-type";
import { malformed } from "../../resource-type";
import { KEY } from "../kms/key";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Days; 0 keeps events for ever. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const cloudwatch: Record<string, ResourceType> = {
    [LOG_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs }) => ({
            arn: `arn:aws:logs:${region}:${accountId}:log-group:${id}`,
            logGroupClass: inputs.text("logGroupClass") || "STANDARD",
            namePrefix: "",
        }),
        name: "name",
        exists: "ResourceAlreadyExistsException",
        refersTo: { kmsKeyId: { type: KEY, weak: true } },
        rejects: [
            malformed(
                "name",
                /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
                "1 to 512 letters, digits and . - _ / #, and no aws/ in front",
                "InvalidParameterException",
            ),
            {
                code: "InvalidParameterException",
                at: "retentionInDays",
                when: (inputs) =>
                    inputs.has("retentionInDays") && !RETENTIONS.includes(inputs.number("retentionInDays") ?? 0),
                say: (inputs) =>
                    `retentionInDays must be one of ${RETENTIONS.join(", ")}, got ${inputs.text("retentionInDays")}`,
            },
        ],
        conflicts: [
            {
                code: "InvalidParameterException",
                at: "kmsKeyId",
                when: (creation) => creation.inputs.has("kmsKeyId") && !letsLogsIn(creation),
                say: ({ inputs, region, accountId }) =>
                    `The specified KMS key does not exist or is not allowed to be used with 'arn:aws:logs:${region}:${accountId}:log-group:${inputs.text("name")}'`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

/** Whether the key's policy names the service at all, which AWS's default policy does not. */
function letsLogsIn({ inputs, find, region }: Creation): boolean {
    return String(find(KEY, inputs.text("kmsKeyId"))?.inputs.policy).includes(`"logs.${region}.amazonaws.com"`);
}
