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
import { BackupVault } from "./vault";

export interface BackupArgs extends BackupSpec, BackupDependencies, ComponentArgs {
    /**
     * What is backed up.
     * @remarks Another database replaces the plan's selection; backups of the former one stay in the vaults until their time is over.
     */
    database: Pick<Database, "engine" | "arn" | "storageKeyArn"> & pulumi.Resource;
    /** Makes what `copyTo` asks for: a provider of that region. */
    copyProvider?: aws.Provider;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        plan?: Transform<aws.backup.PlanArgs>;
        selection?: Transform<aws.backup.SelectionArgs>;
        /** Applied to every vault. */
        vault?: Transform<aws.backup.VaultArgs>;
    };
}

/**
 * Backups of a database by AWS Backup, beside RDS's own: kept for longer, in a vault that they are not deleted from, and
 * copied to another region where that is wanted. RDS's own go on, and are what a restore to a point in time is made from:
 * AWS Backup makes none of the kind here, for it would then set retention and window of the database's backups itself.
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
    /** What AWS Backup works as. It needs it to delete what is in the vaults, too. */
    public readonly roleArn: pulumi.Output<string>;

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
        this.select(plan, role, rights);

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
                // Without a lifecycle of its own a copy is kept for ever.
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

    /** By ARN: what is selected by tags could be anyone's who sets them. AWS tries the role's rights at once. */
    private select(plan: aws.backup.Plan, role: aws.iam.Role, rights: aws.iam.RolePolicy): void {
        const args: aws.backup.SelectionArgs = {
            name: this.physicalName(nameLimits.backup),
            planId: plan.id,
            iamRoleArn: role.arn,
            resources: [this.args.database.arn],
        };
        new aws.backup.Selection(this.childName("selection"), transformed(this.args.transform?.selection, args), {
            ...this.child,
            dependsOn: rights,
        });
    }
}
