import type { Creation, ResourceType } from "../../resource-type";
import { malformed } from "../../resource-type";
import { KEY } from "../kms/key";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const cloudwatch: Record<string, ResourceType> = {
    [LOG_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${id}`,
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
        ],
        conflicts: [
            {
                code: "InvalidParameterException",
                at: "kmsKeyId",
                when: (creation) => creation.inputs.has("kmsKeyId") && !letsLogsIn(creation),
                say: ({ inputs, region, accountId, partition }) =>
                    `The specified KMS key does not exist or is not allowed to be used with 'arn:${partition}:logs:${region}:${accountId}:log-group:${inputs.text("name")}'`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

/** Whether the key's policy names the service at all, which AWS's default policy does not. */
function letsLogsIn({ inputs, find, region, dnsSuffix }: Creation): boolean {
    return String(find(KEY, inputs.text("kmsKeyId"))?.inputs.policy).includes(`"logs.${region}.${dnsSuffix}"`);
}
