import type { Entity } from "../../../../account/account";
import {
    type Creation,
    type Inputs,
    malformed,
    notJson,
    outside,
    type Rejection,
    type ResourceType,
    uuid,
} from "../../resource-type";
import { ROLE } from "../iam/role";
import { conditionsInVain } from "../iam/statement";
import { KEY } from "../kms/key";
import { CLUSTER_SNAPSHOT } from "../rds/cluster-snapshot";
import { SNAPSHOT } from "../rds/instance-snapshot";

export const VAULT = "aws:backup/vault:Vault";
export const VAULT_POLICY = "aws:backup/vaultPolicy:VaultPolicy";
export const PLAN = "aws:backup/plan:Plan";
export const SELECTION = "aws:backup/selection:Selection";
/** The types of recovery points: snapshots whose input `backupVaultArn` names their vault. */
export const RECOVERY_POINTS = { instance: SNAPSHOT, cluster: CLUSTER_SNAPSHOT } as const;

const INVALID = "InvalidParameterValueException";
const LONGEST_RETENTION = 36_500;

/** The recovery points in a vault. */
export function recoveryPointsIn(vaultArn: unknown, all: (type: string) => Entity[]): Entity[] {
    return Object.values(RECOVERY_POINTS)
        .flatMap(all)
        .filter(({ inputs }) => inputs.backupVaultArn === vaultArn);
}

/** What AWS requires of every rule of a plan. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
const ruleRejections: Rejection<Inputs>[] = [
    refused(
        (rule) => !/^[\w.-]{1,50}$/.test(rule.text("ruleName")),
        "a rule's name has 1 to 50 letters, digits and -_.",
    ),
    refused(
        (rule) => rule.has("schedule") && !/^cron\((\S+ ){5}\S+\)$/.test(rule.text("schedule")),
        "Invalid schedule expression: it is a cron(…) of six fields",
    ),
    refused((rule) => (rule.number("startWindow") ?? 60) < 60, "Start window minutes should be at least 60 minutes"),
    refused(
        (rule) => lifecycles(rule).some((lifecycle) => outsideDays(lifecycle.number("deleteAfter"))),
        `Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than ${LONGEST_RETENTION} days`,
    ),
    refused(
        (rule) =>
            lifecycles(rule).some((lifecycle) => {
                const [cold, end] = [lifecycle.number("coldStorageAfter"), lifecycle.number("deleteAfter")];
                return cold !== undefined && end !== undefined && end < cold + 90;
            }),
        "Invalid lifecycle. DeleteAfterDays has to be 90 days or more after MoveToColdStorageAfterDays",
    ),
    refused(
        (rule) =>
            rule.flag("enableContinuousBackup") && (rule.block("lifecycle")?.number("deleteAfter") ?? Infinity) > 35,
        "Invalid lifecycle. A continuous backup is kept for 1 to 35 days",
    ),
];

function refused(when: (rule: Inputs) => boolean, words: string): Rejection<Inputs> {
    return { code: INVALID, at: "rules", when: (inputs) => inputs.blocks("rules").some(when), say: () => words };
}

/** The lifecycles of a rule and of its copies. */
function lifecycles(rule: Inputs): Inputs[] {
    return [rule, ...rule.blocks("copyActions")].flatMap((one) => one.block("lifecycle") ?? []);
}

function outsideDays(days: number | undefined): boolean {
    return days !== undefined && (days < 1 || days > LONGEST_RETENTION);
}

/** A vault has one policy and one lock, so their ids are its name. */
function vaultSetting(rejects: Rejection<Inputs>[]): ResourceType {
    return {
        id: ({ inputs }) => inputs.text("backupVaultName"),
        outputs: ({ inputs, find }) => ({
            backupVaultArn: find(VAULT, inputs.text("backupVaultName"))?.outputs.arn ?? "",
        }),
        refersTo: { backupVaultName: VAULT },
        rejects,
        notFound: "ResourceNotFoundException",
    };
}

/** Whether the key, by its ARN, is in another region: a KMS key serves one region. */
function keyIsElsewhere({ inputs, region }: Creation): boolean {
    return inputs.has("kmsKeyArn") && inputs.text("kmsKeyArn").split(":")[3] !== region;
}

export const backup: Record<string, ResourceType> = {
    [VAULT]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, inputs, region, accountId, partition }) => ({
            arn: `arn:${partition}:backup:${region}:${accountId}:backup-vault:${id}`,
            recoveryPoints: 0,
            kmsKeyArn: inputs.text("kmsKeyArn") || `arn:${partition}:kms:${region}:${accountId}:key/aws/backup`,
        }),
        name: "name",
        exists: "AlreadyExistsException",
        refersTo: { kmsKeyArn: { type: KEY, weak: true, notFound: INVALID } },
        conflicts: [
            {
                code: INVALID,
                at: "kmsKeyArn",
                when: keyIsElsewhere,
                say: ({ inputs, region }) => `The key ${inputs.text("kmsKeyArn")} is not in ${region}`,
            },
        ],
        deleteBlockers: [
            {
                code: "InvalidRequestException",
                when: ({ entity, inputs, all }) =>
                    !inputs.flag("forceDestroy") && recoveryPointsIn(entity.outputs.arn, all).length > 0,
                say: () => "Backup vault cannot be deleted because it contains recovery points.",
            },
        ],
        cascadeDelete: ({ entity, all }) => recoveryPointsIn(entity.outputs.arn, all),
        notFound: "ResourceNotFoundException",
    },
    [VAULT_POLICY]: vaultSetting([
        notJson("policy", "The specified policy is not valid JSON", INVALID),
        conditionsInVain("policy"),
        {
            code: INVALID,
            at: "policy",
            when: (inputs) => /"backup:[A-Za-z]*\*/.test(inputs.text("policy")),
            say: () => "The specified policy has a wildcard in an action, which vault access policies do not support",
        },
    ]),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": vaultSetting([
        outside("changeableForDays", 3, LONGEST_RETENTION, INVALID),
        outside("minRetentionDays", 1, LONGEST_RETENTION, INVALID),
        outside("maxRetentionDays", 1, LONGEST_RETENTION, INVALID),
        {
            code: INVALID,
            at: "minRetentionDays",
            when: (inputs) =>
                (inputs.number("minRetentionDays") ?? 1) > (inputs.number("maxRetentionDays") ?? LONGEST_RETENTION),
            say: () => "minRetentionDays must not be over maxRetentionDays",
        },
    ]),
    [PLAN]: {
        id: ({ hex }) => uuid(hex),
        outputs: ({ id, region, accountId, hex, partition }) => ({
            arn: `arn:${partition}:backup:${region}:${accountId}:backup-plan:${id}`,
            version: hex(48),
        }),
        // Every change creates a new version.
        updates: ({ hex }) => ({ version: hex(48) }),
        name: "name",
        exists: "AlreadyExistsException",
        refersTo: {
            "rules.targetVaultName": { type: VAULT, weak: true },
            "rules.copyActions.destinationVaultArn": { type: VAULT, weak: true },
        },
        rejects: [
            malformed("name", /^[\w.-]{1,50}$/, "1 to 50 letters, digits and -_.", INVALID),
            {
                code: INVALID,
                at: "rules",
                when: (inputs) => inputs.list("rules").length === 0,
                say: () => "A backup plan has one rule or more",
            },
            ...ruleRejections,
        ],
        notFound: "ResourceNotFoundException",
        inUse: "InvalidRequestException",
    },
    [SELECTION]: {
        id: ({ hex }) => uuid(hex),
        name: "name",
        within: "planId",
        exists: "AlreadyExistsException",
        refersTo: { planId: PLAN, iamRoleArn: { type: ROLE, weak: true, notFound: INVALID } },
        rejects: [
            malformed("name", /^[\w.-]{1,50}$/, "1 to 50 letters, digits and -_.", INVALID),
            {
                code: INVALID,
                at: "resources",
                when: (inputs) => !inputs.has("resources") && !inputs.has("selectionTags"),
                say: () => "A selection has resources or tags",
            },
        ],
        conflicts: [
            {
                code: INVALID,
                at: "iamRoleArn",
                when: ({ inputs, find }) =>
                    !JSON.stringify(find(ROLE, inputs.text("iamRoleArn"))?.inputs ?? "").includes(
                        "backup.amazonaws.com",
                    ),
                say: ({ inputs }) => `IAM Role ${inputs.text("iamRoleArn")} cannot be assumed by AWS Backup`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};
