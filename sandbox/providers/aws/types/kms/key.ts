import type { Entity } from "../../../../account/account";
import type { Value } from "../../../../rpc/values";
import { type Statement, statementsOf } from "../../iam/document";
import { malformed, type ResourceType, uuid } from "../../resource-type";
import { conditionsInVain } from "../iam/statement";

export const KEY = "aws:kms/key:Key";
export const KEY_ALIAS = "aws:kms/alias:Alias";

/** Whether a key is pending deletion, so that its data cannot be decrypted. */
export function isPendingDeletion(arn: Value | undefined, all: (type: string) => Entity[]): boolean {
    return all(KEY).some(({ outputs, retained }) => retained !== undefined && outputs.arn === arn);
}

/** The statements of a key's policy: where it was given none, the account's policies decide. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function keyStatements({ inputs, outputs }: Entity): Statement[] {
    if (inputs.policy) return statementsOf(inputs.policy);
    const [, partition = "", , , account = ""] = String(outputs.arn).split(":");
    const principal = { AWS: `arn:${partition}:iam::${account}:root` };
    return statementsOf({ Statement: { Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*" } });
}

export const kms: Record<string, ResourceType> = {
    [KEY]: {
        id: ({ hex }) => uuid(hex),
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:kms:${region}:${accountId}:key/${id}`,
            keyId: id,
            rotationPeriodInDays: inputs.number("rotationPeriodInDays") ?? (inputs.flag("enableKeyRotation") ? 365 : 0),
            multiRegion: inputs.flag("multiRegion"),
        }),
        tombstone: ({ entity, inputs }) => ({
            type: KEY,
            id: entity.id,
            reason: `pending deletion, ${inputs.number("deletionWindowInDays") ?? 30} days after it was deleted`,
        }),
        rejects: [conditionsInVain("policy")],
        notFound: "NotFoundException",
    },
    [KEY_ALIAS]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs, find, partition }) => ({
            arn: `arn:${partition}:kms:${region}:${accountId}:${id}`,
            targetKeyArn: find(KEY, inputs.text("targetKeyId"))?.outputs.arn ?? "",
        }),
        name: "name",
        exists: "AlreadyExistsException",
        refersTo: { targetKeyId: { type: KEY, weak: true } },
        rejects: [
            malformed(
                "name",
                /^alias\/(?!aws\/)[\w/-]{1,250}$/,
                "it starts with alias/ and has letters, digits, /, _ and - after it",
                "ValidationException",
            ),
        ],
    },
};
