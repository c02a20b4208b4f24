import { randomUUID } from "node:crypto";
import { Account, type Entity } from "../account/account";
import { PLAN, RECOVERY_POINTS, recoveryPointsIn, SELECTION, VAULT } from "../providers/aws/types/backup/backup";
import { INSTANCE } from "../providers/aws/types/rds/instance-change";
import { HANDED_ON } from "../providers/aws/types/rds/restore";
import type { Properties, Value } from "../rpc/values";
import { SandboxError } from "./failure";
import type { Layout } from "./layout";

/** Stands in the place of the run that made an entity, and of its Pulumi name. */
const BACKUP = "backup";
/** What the snapshots of instances and of clusters are called in their ARN, and the output that it stands in. */
const WORDS = {
    instance: { resource: "snapshot", arn: "dbSnapshotArn" },
    cluster: { resource: "cluster-snapshot", arn: "dbClusterSnapshotArn" },
} as const;

interface Rule {
    targetVaultName: string;
    lifecycle?: { deleteAfter?: number };
    copyActions?: { destinationVaultArn: string; lifecycle?: { deleteAfter?: number } }[];
}

/**
 * Does in a stack's account what AWS Backup does on a day that all rules of a plan fall on: of everything selected one
 * backup, by the rule that keeps it longest, and its copies. Returns the recovery points.
 */
export function makeBackups(layout: Layout, stack: string): string[] {
    const account = new Account(layout.accounts, stack);
    const living = account.records().filter(({ retained }) => !retained);
    const plans = living.filter(({ type }) => type === PLAN);
    if (plans.length === 0)
        throw new SandboxError(`${stack} has no backup plan: set plinth:backup, and bring it up first`);
    const made = plans.flatMap((plan) => {
        const rule = longest(plan.inputs.rules as unknown as Rule[]);
        const selected = living
            .filter(({ type, inputs }) => type === SELECTION && inputs.planId === plan.id)
            .flatMap(({ inputs }) => inputs.resources as Value[]);
        return living
            .filter(({ outputs }) => selected.includes(outputs.arn ?? ""))
            .flatMap((database) => backedUp(database, rule, living));
    });
    for (const point of made) account.put(point);
    for (const vault of living.filter(({ type }) => type === VAULT)) {
        const recoveryPoints = recoveryPointsIn(vault.outputs.arn, (type) => account.ofType(type)).length;
        account.put({ ...vault, outputs: { ...vault.outputs, recoveryPoints } });
    }
    return made.map(({ outputs }) => String(outputs.dbSnapshotArn ?? outputs.dbClusterSnapshotArn));
}

function longest(rules: Rule[]): Rule {
    const [rule] = [...rules].sort((a, b) => daysOf(b) - daysOf(a));
    if (!rule) throw new SandboxError("the plan has no rules");
    return rule;
}

function daysOf({ lifecycle }: Pick<Rule, "lifecycle">): number {
    return lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY;
}

function backedUp(database: Entity, rule: Rule, living: Entity[]): Entity[] {
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
    const { resource, arn } = WORDS[kind];
    const handedOn = HANDED_ON[kind].map((name) => [name, database.outputs[name]]);
    const { region } = vault;
    return {
        ...{ type: RECOVERY_POINTS[kind], id, name: BACKUP, run: BACKUP, region },
        inputs: { backupVaultArn: vault.outputs.arn },
        outputs: {
            ...(Object.fromEntries(handedOn) as Properties),
            ...own,
            [arn]: `arn:aws:rds:${region}:${accountId}:${resource}:${id}`,
        },
        retained: `a backup in ${vault.id}, kept for ${days} days`,
    };
}
