import { types } from "../graph/types";
import { type Declared, ref, repeated } from "./stack";

/** The statement that keeps what is in a vault. */
export const keptBackups = {
    ...{ Sid: "DenyEarlyDeletion", Effect: "Deny", Principal: "*", Resource: "*" },
    Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
};

const vault = (name: string, provider?: string): Declared[] => [
    {
        type: types.backupVault,
        name,
        props: { name: `plinth-dev-${name}`, kmsKeyArn: ref(`${name}-key`, "arn") },
        provider,
    },
    {
        type: types.backupVaultPolicy,
        name: `${name}-policy`,
        props: {
            backupVaultName: repeated(name, `plinth-dev-${name}`),
            policy: JSON.stringify({ Version: "2012-10-17", Statement: [keptBackups] }),
        },
        provider,
    },
];

/** A rule of the plan that keeps its backups and their copies for so many days. */
export const backupRule = (deleteAfter: unknown, copy: unknown = { lifecycle: { deleteAfter: 7 } }) => ({
    ruleName: "daily",
    targetVaultName: repeated("backup-vault", "plinth-dev-backup-vault"),
    lifecycle: { deleteAfter },
    copyActions: [{ destinationVaultArn: ref("backup-copy", "arn"), ...(copy as object) }],
});

/** A vault, one of its copies in another region, and the plan that fills them. */
export const backup: readonly Declared[] = [
    ...vault("backup-vault"),
    ...vault("backup-copy", "aws-copy"),
    { type: types.backupPlan, name: "backup-plan", props: { rules: [backupRule(7)] } },
    {
        type: types.role,
        name: "backup-role",
        props: {
            assumeRolePolicy: JSON.stringify({
                Statement: [
                    { Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            }),
        },
    },
];
