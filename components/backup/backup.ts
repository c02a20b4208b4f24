import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import type { Database } from "../database";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import { problemAt, throwIfInvalid } from "../validation";
import { planBackups } from "./plan";
import { backupStatements } from "./role-policy";
import { type BackupDependencies, backupProblems } from "./rules";
import type { BackupSpec } from "./spec";
import { BackupVault, type BackupVaultNodes } from "./vault";

export interface BackupArgs extends BackupSpec, BackupDependencies, ComponentArgs {
    /**
     * What is backed up.
     * @remarks Another database replaces the plan's selection; backups of the previous one stay in the vaults until they expire.
     */
    database: Pick<Database, "engine" | "arn" | "storageKeyArn"> & pulumi.Resource;
    /** A provider of `copyTo`'s region; required with `copyTo`. */
    copyProvider?: aws.Provider;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        plan?: Transform<aws.backup.PlanArgs>;
        selection?: Transform<aws.backup.SelectionArgs>;
        /** Applied to every vault. */
        vault?: Transform<aws.backup.VaultArgs>;
    };
}

/** The raw resources of a {@link Backup}. */
export interface BackupNodes {
    plan: aws.backup.Plan;
    selection: aws.backup.Selection;
    /** The role that AWS Backup works as. */
    role: aws.iam.Role;
    /** The vault, with what belongs to it. */
    vault: BackupVaultNodes;
    /** The vault of the copies; undefined where there are none. */
    copyVault?: BackupVaultNodes;
}

/**
 * Backups of a database by AWS Backup, in addition to RDS's own: retained for longer, in a vault that refuses their deletion, and
 * optionally copied to another region. RDS's own backups continue, and are used for a restore to a point in time: AWS Backup makes
 * no continuous backups here, because it would then control retention and window of the database's backups.
 *
 * Aurora is backed up only where it is among the services that the account has opted in to, in this region and in that of
 * the copies; an account's first vault or plan in a region opts it in to all that there are.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export class Backup extends Component {
    public readonly planId: pulumi.Output<string>;
    public readonly vaultArn: pulumi.Output<string>;
    /** The vault of the copies; undefined where there are none. */
    public readonly copyVaultArn?: pulumi.Output<string>;
    /** ARN of the role that AWS Backup works as. It needs the role to delete expired backups, too. */
    public readonly roleArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: BackupNodes;

    private readonly args: BackupArgs;

    constructor(name: string, args: BackupArgs, options?: pulumi.ComponentResourceOptions) {
        const provided = args.copyTo === undefined || args.copyProvider !== undefined;
        throwIfInvalid(`Backup "${name}"`, [
            ...backupProblems(name, args, args),
            ...(provided ? [] : [problemAt(`${name}.copyProvider`, "is missing; give a provider of copyTo's region")]),
        ]);
        super("plinth:backup:Backup", name, args, options);
        this.args = args;

        const vault = this.createVault("vault", {}, this.child);
        const copyVault = this.createCopyVault();
        const vaults = copyVault ? [vault, copyVault] : [vault];
        const plan = this.createPlan(vault, copyVault);
        const role = this.createRole();
        const rights = this.allow(role, vaults);
        const selection = this.select(plan, role, rights);

        this.nodes = { plan, selection, role, vault: vault.nodes, copyVault: copyVault?.nodes };
        this.planId = plan.id;
        this.vaultArn = vault.vaultArn;
        this.copyVaultArn = copyVault?.vaultArn;
        this.roleArn = role.arn;
        this.registerOutputs({ planId: this.planId, vaultArn: this.vaultArn, copyVaultArn: this.copyVaultArn });
    }

    private createVault(child: string, own: { part?: string }, options: pulumi.ComponentResourceOptions): BackupVault {
        const { database, vaultLock, forceDestroy, keyDeletionWindowDays, transform } = this.args;
        const args = { ...this.shared, ...own, of: database, vaultLock, forceDestroy, keyDeletionWindowDays };
        return new BackupVault(this.childName(child), { ...args, transform: transform?.vault }, options);
    }

    /** Named after its region: another region is another vault. */
    private createCopyVault(): BackupVault | undefined {
        const { copyTo, copyProvider } = this.args;
        if (!copyTo || !copyProvider) return undefined;
        return this.createVault(copyTo.region, { part: copyTo.region }, { parent: this, providers: [copyProvider] });
    }

    private createPlan(vault: BackupVault, copyVault: BackupVault | undefined): aws.backup.Plan {
        const { completionWindowMinutes, transform } = this.args;
        const { rules, startWindowMinutes } = planBackups(this.args);
        const args: aws.backup.PlanArgs = {
            name: this.physicalName(nameLimits.backup),
            rules: rules.map(({ name, schedule, retentionDays, copyRetentionDays }) => ({
                ruleName: name,
                targetVaultName: vault.vaultName,
                schedule,
                startWindow: startWindowMinutes,
                completionWindow: completionWindowMinutes,
                lifecycle: { deleteAfter: retentionDays },
                recoveryPointTags: this.tags(name),
                // A copy without its own lifecycle never expires.
                copyActions: copyVault && [
                    { destinationVaultArn: copyVault.vaultArn, lifecycle: { deleteAfter: copyRetentionDays } },
                ],
            })),
            tags: this.tags(),
        };
        return new aws.backup.Plan(this.childName("plan"), transformed(transform?.plan, args), this.child);
    }

    private createRole(): aws.iam.Role {
        return new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role),
                assumeRolePolicy: policyDocument({
                    Sid: "TrustBackup",
                    Effect: "Allow",
                    Principal: { Service: "backup.amazonaws.com" },
                    Action: "sts:AssumeRole",
                }),
                tags: this.tags(),
            },
            this.child,
        );
    }

    private allow(role: aws.iam.Role, vaults: BackupVault[]): aws.iam.RolePolicy {
        const { database, region, copyTo } = this.args;
        const { accountId, partition } = this.awsContext;
        const statements = backupStatements({
            ...{ engine: database.engine, databaseArn: database.arn, partition, accountId },
            regions: copyTo ? [region, copyTo.region] : [region],
            vaultArns: vaults.map(({ vaultArn }) => vaultArn),
            keyArns: [database.storageKeyArn, ...vaults.map(({ kmsKeyId }) => kmsKeyId)],
        });
        return new aws.iam.RolePolicy(
            this.childName("role-policy"),
            { name: this.physicalName(nameLimits.rolePolicy), role: role.name, policy: policyDocument(...statements) },
            this.child,
        );
    }

    /** By ARN: a selection by tags includes whatever has the tags. AWS checks the role's permissions immediately. */
    private select(plan: aws.backup.Plan, role: aws.iam.Role, rights: aws.iam.RolePolicy): aws.backup.Selection {
        const args: aws.backup.SelectionArgs = {
            name: this.physicalName(nameLimits.backup),
            planId: plan.id,
            iamRoleArn: role.arn,
            resources: [this.args.database.arn],
        };
        return new aws.backup.Selection(
            this.childName("selection"),
            transformed(this.args.transform?.selection, args),
            {
                ...this.child,
                dependsOn: rights,
            },
        );
    }
}
