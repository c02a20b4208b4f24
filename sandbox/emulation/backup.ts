import { randomUUID } from "node:crypto";
import { partitionOf } from "@plinth/facts";
import type { Account, Entity } from "../account/account";
import { SandboxError } from "../account/sandbox-error";
import { PLAN, RECOVERY_POINTS, recoveryPointsIn, SELECTION, VAULT } from "../providers/aws/types/backup/backup";
import { INSTANCE } from "../providers/aws/types/rds/instance-change";
import { HANDED_ON } from "../providers/aws/types/rds/restore";
import type { Properties, Value } from "../rpc/values";

/** Stands for the Pulumi name and for the run of a recovery point. */
const BACKUP = "backup";
/** For snapshots of instances and of clusters: the resource in their ARN, and the output that holds the ARN. */
const SNAPSHOT_ARN = {
    instance: { resource: "snapshot", arn: "dbSnapshotArn" },
    cluster: { resource: "cluster-snapshot", arn: "dbClusterSnapshotArn" },
} as const;

interface Rule {
    targetVaultName: string;
    lifecycle?: { deleteAfter?: number };
    copyActions?: { destinationVaultArn: string; lifecycle?: { deleteAfter?: number } }[];
}

/**
 * Does in an account what AWS Backup does on a day when all rules of a plan are due: one backup of each selected resource, by the rule
 * that keeps it longest, and the copies of it. Returns the ARNs of the recovery points.
 */
export function createBackups(account: Account): string[] {
    const living = account.records().filter(({ retained }) => !retained);
    const plans = living.filter(({ type }) => type === PLAN);
    if (plans.length === 0)
        throw new SandboxError(`${account.stack} has no backup plan: set plinth:backup and bring the stack up first`);
    const points = plans.flatMap((plan) => {
        const rule = longest(plan.inputs.rules as unknown as Rule[]);
        const selected = living
            .filter(({ type, inputs }) => type === SELECTION && inputs.planId === plan.id)
            .flatMap(({ inputs }) => inputs.resources as Value[]);
        return living
            .filter(({ outputs }) => selected.includes(outputs.arn ?? ""))
            .flatMap((database) => recoveryPointsOf(database, rule, living));
    });
    for (const point of points) account.put(point);
    for (const vault of living.filter(({ type }) => type === VAULT)) {
        const recoveryPoints = recoveryPointsIn(vault.outputs.arn, (type) => account.ofType(type)).length;
        account.put({ ...vault, outputs: { ...vault.outputs, recoveryPoints } });
    }
    return points.map(({ outputs }) => String(outputs.dbSnapshotArn ?? outputs.dbClusterSnapshotArn));
}

function longest(rules: Rule[]): Rule {
    const [rule] = [...rules].sort((a, b) => daysOf(b) - daysOf(a));
    if (!rule) throw new SandboxError("the backup plan has no rules: add one to plinth:backup");
    return rule;
}

function daysOf({ lifecycle }: Pick<Rule, "lifecycle">): number {
    return lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY;
}

function recoveryPointsOf(database: Entity, rule: Rule, living: Entity[]): Entity[] {
    const vaults = living.filter(({ type }) => type === VAULT);
    const target = vaults.find(
        ({ inputs, region }) => inputs.name === rule.targetVaultName && region === database.region,
    );
    const copies = (rule.copyActions ?? []).map((copy) => ({
        vault: vaults.find(({ outputs }) => outputs.arn === copy.destinationVaultArn),
        days: daysOf(copy),
    }));
    return [
        ...(target ? [recoveryPoint(database, target, "job", daysOf(rule), {})] : []),
        // A copy has the key of the vault that it is in.
        ...copies.flatMap(({ vault, days }) =>
            vault ? [recoveryPoint(database, vault, "copyjob", days, { kmsKeyId: vault.outputs.kmsKeyArn })] : [],
        ),
    ];
}

function recoveryPoint(database: Entity, vault: Entity, job: string, days: number, own: Properties): Entity {
    const kind = database.type === INSTANCE ? "instance" : "cluster";
    const id = `awsbackup:${job}-${randomUUID()}`;
    const [, , , , accountId] = String(vault.outputs.arn).split(":");
    const { resource, arn } = SNAPSHOT_ARN[kind];
    const inherited = HANDED_ON[kind].map((name) => [name, database.outputs[name]]);
    const { region } = vault;
    return {
        ...{ type: RECOVERY_POINTS[kind], id, name: BACKUP, run: BACKUP, region },
        inputs: { backupVaultArn: vault.outputs.arn },
        outputs: {
            ...(Object.fromEntries(inherited) as Properties),
            ...own,
            [arn]: `arn:${partitionOf(region).name}:rds:${region}:${accountId}:${resource}:${id}`,
        },
        retained: `a backup in ${vault.id}, kept for ${days} days`,
    };
}
