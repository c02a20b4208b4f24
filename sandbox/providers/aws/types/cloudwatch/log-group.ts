import { judge } from "../../iam/evaluate";
import { logEncryption } from "../../iam/service";
import type { Creation, ResourceType } from "../../resource-type";
import { malformed } from "../../resource-type";
import { KEY, keyStatements } from "../kms/key";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const cloudwatch: Record<string, ResourceType> = {
    [LOG_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: (made) => ({
            arn: groupArn(made),
            logGroupClass: made.inputs.text("logGroupClass") || "STANDARD",
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
                when: (creation) => creation.inputs.has("kmsKeyId") && denialOfKey(creation) !== undefined,
                say: (creation) =>
                    `The specified KMS key does not exist or is not allowed to be used with '${groupArn(creation)}': ${denialOfKey(creation)}`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

/** What denies CloudWatch Logs the use of the key, if anything does. */
function denialOfKey(creation: Creation): string | undefined {
    const key = creation.find(KEY, creation.inputs.text("kmsKeyId"));
    if (!key) return undefined;
    const policy = { of: "the key's policy", statements: keyStatements(key) };
    for (const request of logEncryption(groupArn(creation), String(key.outputs.arn))) {
        const verdict = judge(request, { identity: [], resource: policy, resourceDecides: true });
        if (verdict.allowed === false)
            return `${request.action} by logs.${creation.region}.${creation.dnsSuffix}: ${verdict.because}`;
    }
    return undefined;
}

function groupArn({ inputs, region, accountId, partition }: Creation): string {
    return `arn:${partition}:logs:${region}:${accountId}:log-group:${inputs.text("name")}`;
}
