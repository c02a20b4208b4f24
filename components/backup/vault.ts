import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import type { BackupSpec } from "./spec";

export interface BackupVaultArgs
    extends ComponentArgs,
        Pick<BackupSpec, "vaultLock" | "forceDestroy" | "keyDeletionWindowDays"> {
    /**
     * What is backed up. It is deleted after the vault: if AWS refuses to delete a vault that is not empty, the data store and its
     * key remain too, because without the key nothing could be restored.
     */
    of: pulumi.Resource;
    /** Which of a component's vaults it is, where it has several. */
    part?: string;
    /** Last word on the vault's arguments. */
    transform?: Transform<aws.backup.VaultArgs>;
}

/** The raw resources of a {@link BackupVault}. */
export interface BackupVaultNodes {
    vault: aws.backup.Vault;
    policy: aws.backup.VaultPolicy;
    /** Undefined without a lock. */
    lock?: aws.backup.VaultLockConfiguration;
    key: aws.kms.Key;
}

/**
 * A backup vault with its own key. Its policy denies everyone to delete a backup in it, or to shorten its retention, through AWS
 * Backup; AWS Backup itself deletes expired backups. The policy does not apply to calls of RDS's own API.
 *
 * Copies in it are encrypted with its key. Backups of RDS in the region of the database keep the database's.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export class BackupVault extends Component {
    public readonly vaultName: pulumi.Output<string>;
    public readonly vaultArn: pulumi.Output<string>;
    /** ARN of its key. */
    public readonly kmsKeyId: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: BackupVaultNodes;

    private readonly args: BackupVaultArgs;

    constructor(name: string, args: BackupVaultArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:backup:BackupVault", name, args, options);
        this.args = args;
        const key = this.createKey();
        const vault = this.createVault(key);
        const policy = this.refuseDeletion(vault);
        const lock = this.lock(vault);

        this.nodes = { vault, policy, lock, key: key.nodes.key };
        this.vaultName = vault.name;
        this.vaultArn = vault.arn;
        this.kmsKeyId = key.keyArn;
        this.registerOutputs({ vaultName: this.vaultName, vaultArn: this.vaultArn });
    }

    private createKey(): EncryptionKey {
        const { part, keyDeletionWindowDays } = this.args;
        const args = {
            ...this.shared,
            part,
            purpose: `the backup vault ${this.displayName(part)}`,
            deletionWindowDays: keyDeletionWindowDays,
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    private createVault(key: EncryptionKey): aws.backup.Vault {
        const { of, part, forceDestroy, transform } = this.args;
        const args: aws.backup.VaultArgs = {
            name: this.physicalName(nameLimits.backup, part),
            kmsKeyArn: key.keyArn,
            forceDestroy,
            tags: this.tags(part),
        };
        return new aws.backup.Vault(this.childName(), transformed(transform, args), {
            ...this.stateful,
            dependsOn: of,
        });
    }

    /**
     * It is deleted before the vault, so it does not block that. IAM decides who may change this policy: a vault policy that
     * denied it to everyone would deny it to the stack as well.
     */
    private refuseDeletion(vault: aws.backup.Vault): aws.backup.VaultPolicy {
        return new aws.backup.VaultPolicy(
            this.childName("policy"),
            {
                backupVaultName: vault.name,
                policy: policyDocument({
                    Sid: "DenyEarlyDeletion",
                    Effect: "Deny",
                    Principal: "*",
                    Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
                    Resource: "*",
                }),
            },
            this.child,
        );
    }

    private lock(vault: aws.backup.Vault): aws.backup.VaultLockConfiguration | undefined {
        const { vaultLock } = this.args;
        if (!vaultLock) return undefined;
        return new aws.backup.VaultLockConfiguration(
            this.childName("lock"),
            { backupVaultName: vault.name, ...vaultLock },
            // A vault has one lock: a new one created before the old one is deleted would be deleted with it.
            { ...this.child, deleteBeforeReplace: true },
        );
    }
}
