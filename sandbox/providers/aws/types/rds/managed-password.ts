import { createHash, randomBytes } from "node:crypto";
import { partitionOf } from "@plinth/facts";
import type { Entity } from "../../../../account/account";
import { Secret, type Value } from "../../../../rpc/values";
import type { Creation, CreationWithId, Inputs, Rejection, SideEffects } from "../../resource-type";
import { SECRET, SECRET_VERSION, versionsOf } from "../secretsmanager/secret-version";
import { CLUSTER } from "./cluster-rule";
import { INSTANCE } from "./instance-change";

const FLAG = "manageMasterUserPassword";

/** The kinds of resources with a master user; the names of the secrets begin with them. */
export type Keeper = "db" | "cluster";

/** The input that is the name of the master user. */
const USERS: Record<Keeper, { of: string; input: string }> = {
    db: { of: INSTANCE, input: "username" },
    cluster: { of: CLUSTER, input: "masterUsername" },
};

/** The id of the secret that RDS manages for a master user. */
function masterSecretArn(keeper: Keeper, instance: string, region: string, accountId: string): string {
    const hex = createHash("sha256").update(instance).digest("hex");
    const uuid = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    return `arn:${partitionOf(region).name}:secretsmanager:${region}:${accountId}:secret:rds!${keeper}-${uuid}-${hex.slice(32, 38)}`;
}

/** The output that names that secret, where RDS manages one. */
export function masterUserSecrets(keeper: Keeper, { id, inputs, region, accountId }: CreationWithId): Value[] {
    if (!inputs.has(FLAG) || !inputs.flag(FLAG)) return [];
    const kmsKeyId = inputs.text("masterUserSecretKmsKeyId") || "alias/aws/secretsmanager";
    return [{ secretArn: masterSecretArn(keeper, id, region, accountId), secretStatus: "active", kmsKeyId }];
}

/** The secret of an instance or a cluster, and its versions. */
export function masterSecretsOf(keeper: Keeper, instance: string, all: (type: string) => Entity[]): Entity[] {
    const kept = all(SECRET).filter(
        ({ id, region }) => id === masterSecretArn(keeper, instance, region, id.split(":")[4] ?? ""),
    );
    return [...kept.flatMap(({ id }) => versionsOf(id, all(SECRET_VERSION))), ...kept];
}

/** RDS creates the secret with a generated password, encrypted with the given key, and deletes it when it is turned off. */
export function keptMasterSecret(keeper: Keeper, made: CreationWithId): SideEffects {
    const { id, inputs, region, accountId, all, find, hex } = made;
    const before = masterSecretsOf(keeper, id, all);
    // The inputs of a restored database have no user name: it is the source's.
    const user = USERS[keeper];
    if (!inputs.flag(FLAG)) return { removes: before };
    const arn = masterSecretArn(keeper, id, region, accountId);
    const kept = { name: "made by RDS", region, run: "RDS" };
    const kmsKeyId = inputs.text("masterUserSecretKmsKeyId") || "alias/aws/secretsmanager";
    const secret = { name: arn.split(":secret:")[1]?.slice(0, -7) ?? "", kmsKeyId };
    const puts: Entity[] = [{ ...kept, type: SECRET, id: arn, inputs: secret, outputs: { ...secret, arn } }];
    if (before.length === 0) {
        const password = randomBytes(24).toString("hex");
        const username = inputs.text(user.input) || String(find(user.of, id)?.outputs[user.input] ?? "");
        const value = { secretString: new Secret(JSON.stringify({ username, password })) };
        const versionId = hex(32);
        puts.push({
            ...{ ...kept, type: SECRET_VERSION, id: `${arn}|${versionId}`, inputs: { secretId: arn, ...value } },
            outputs: { secretId: arn, ...value, versionId, versionStages: ["AWSCURRENT"] },
        });
    }
    return { puts };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations */
export function managedPasswordRejections(password: "password" | "masterPassword"): Rejection<Inputs>[] {
    return [
        {
            code: "InvalidParameterCombination",
            at: password,
            when: (inputs) => inputs.flag(FLAG) && inputs.has(password),
            say: () => "You can't specify MasterUserPassword with ManageMasterUserPassword enabled.",
        },
        {
            code: "InvalidParameterCombination",
            at: "masterUserSecretKmsKeyId",
            when: (inputs) => inputs.has("masterUserSecretKmsKeyId") && !inputs.flag(FLAG),
            say: () => "MasterUserSecretKmsKeyId can be given only with ManageMasterUserPassword.",
        },
    ];
}

/** What an instance cannot combine with a managed password. */
export const managedPasswordOfInstance: Rejection<Inputs>[] = [
    ...managedPasswordRejections("password"),
    {
        code: "InvalidParameterCombination",
        at: "blueGreenUpdate",
        when: (inputs) => inputs.flag(FLAG) && inputs.block("blueGreenUpdate")?.flag("enabled") === true,
        say: () => "Blue/green deployments don't support a master user password that is managed in Secrets Manager.",
    },
];

export const managedPasswordConflicts: Rejection<Creation>[] = [
    {
        code: "InvalidParameterCombination",
        at: "replicateSourceDb",
        when: ({ inputs, find }) =>
            String(find(INSTANCE, inputs.text("replicateSourceDb"))?.inputs[FLAG] ?? false) === "true",
        say: () =>
            "You can't create a read replica of an instance whose master user password is managed in Secrets Manager.",
    },
];
