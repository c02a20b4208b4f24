import * as pulumi from "@pulumi/pulumi";
import { type DatabaseEngine, isAurora } from "../database";
import type { PolicyStatement } from "../policy-document";

/** What AWS Backup's role has access to. */
export interface BackedUp {
    engine: DatabaseEngine;
    databaseArn: pulumi.Input<string>;
    /** The account's partition and number, as ARNs have them. */
    partition: pulumi.Input<string>;
    accountId: pulumi.Input<string>;
    /** Where backups are: the database's region and that of the copies. */
    regions: string[];
    vaultArns: pulumi.Input<string>[];
    /** The keys of the database's storage and of the vaults. */
    keyArns: pulumi.Input<string>[];
}

/** RDS's terms for instances and for Aurora's clusters. */
const words = {
    instance: { snapshot: "DBSnapshot", resource: "snapshot", describe: ["DBInstances", "DBSnapshots"] },
    cluster: {
        snapshot: "DBClusterSnapshot",
        resource: "cluster-snapshot",
        describe: ["DBClusters", "DBClusterSnapshots", "DBClusterAutomatedBackups"],
    },
} as const;

/**
 * What AWS Backup needs to take snapshots of the one database, to copy them and to delete them when they expire: of the
 * policy that AWS keeps for it, what is for RDS, less what is for continuous backups and for other accounts. How a snapshot
 * of AWS Backup's is called does not say of which database it is.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
export function backupStatements(of: BackedUp): PolicyStatement[] {
    const { snapshot, resource, describe } = words[isAurora(of.engine) ? "cluster" : "instance"];
    const snapshots = of.regions.map(
        (region) => pulumi.interpolate`arn:${of.partition}:rds:${region}:${of.accountId}:${resource}:awsbackup:*`,
    );
    const allow = (Sid: string, Action: string[], Resource: PolicyStatement["Resource"]): PolicyStatement => ({
        ...{ Sid, Effect: "Allow", Action, Resource },
    });
    return [
        allow("TakeSnapshots", [`rds:Create${snapshot}`, "rds:ListTagsForResource"], [of.databaseArn, ...snapshots]),
        allow("KeepSnapshots", ["rds:AddTagsToResource", `rds:Copy${snapshot}`, `rds:Delete${snapshot}`], snapshots),
        // These actions support no resources.
        allow("FindResources", [...describe.map((what) => `rds:Describe${what}`), "tag:GetResources"], "*"),
        allow("FillVaults", ["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"], of.vaultArns),
        allow("CopyFromVaults", ["backup:CopyFromBackupVault"], [...of.vaultArns, ...snapshots]),
        allow("DescribeKeys", ["kms:DescribeKey"], of.keyArns),
        {
            ...allow("LetRdsUseKeys", ["kms:CreateGrant"], of.keyArns),
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
    ];
}
