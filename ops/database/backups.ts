import type { RDSClient } from "@aws-sdk/client-rds";
import { OpsError } from "../ops-error";
import type { RdsDatabase } from "./rds";

/** The backups that RDS makes by itself, and keeps for as long as the retention says. */
export interface AutomatedBackups {
    source: string;
    retentionDays: number;
    /** The oldest moment that can be restored to; undefined where there is none. */
    earliest?: string;
    snapshots: { name: string; createdAt: string }[];
}

/** A snapshot of a database, whoever made it. */
export interface AnySnapshot {
    name: string;
    createdAt: string;
    /** `automated`, `manual` or `awsbackup`. */
    kind: string;
}

/** What another retention would expire. */
export interface RetentionChange {
    from: number;
    to: number;
    snapshots: AutomatedBackups["snapshots"];
    /** The oldest moment that could still be restored to; undefined where none could. */
    earliest?: string;
    /** Whether moments could no longer be restored to that can be now. */
    loses: boolean;
}

const dayMilliseconds = 24 * 3_600_000;

/** The automated backups of a database. */
export async function automatedBackups(client: RDSClient, database: RdsDatabase): Promise<AutomatedBackups> {
    const { clusterIdentifier, instanceId } = database;
    if (clusterIdentifier !== undefined) return ofCluster(client, clusterIdentifier);
    if (instanceId !== undefined) return ofInstance(client, instanceId);
    throw new OpsError("the stack's outputs lack database.instanceId and clusterIdentifier; bring the stack up");
}

/** All snapshots of a database that can be restored from: those of RDS, of AWS Backup and those taken by hand. */
export async function availableSnapshots(client: RDSClient, database: RdsDatabase): Promise<AnySnapshot[]> {
    const sdk = await import("@aws-sdk/client-rds");
    const { clusterIdentifier, instanceId } = database;
    const found: AnySnapshot[] = [];
    const add = (kind: string, name?: string, time?: Date, status?: string) => {
        if (name && time && status === "available") found.push({ name, createdAt: time.toISOString(), kind });
    };
    for (const kind of ["automated", "manual", "awsbackup"]) {
        if (clusterIdentifier !== undefined) {
            const query = { DBClusterIdentifier: clusterIdentifier, SnapshotType: kind };
            for await (const { DBClusterSnapshots = [] } of sdk.paginateDescribeDBClusterSnapshots({ client }, query))
                for (const one of DBClusterSnapshots)
                    add(kind, one.DBClusterSnapshotIdentifier, one.SnapshotCreateTime, one.Status);
        } else {
            const query = { DBInstanceIdentifier: instanceId, SnapshotType: kind };
            for await (const { DBSnapshots = [] } of sdk.paginateDescribeDBSnapshots({ client }, query))
                for (const one of DBSnapshots) add(kind, one.DBSnapshotIdentifier, one.SnapshotCreateTime, one.Status);
        }
    }
    return found.sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

/** The newest moment that RDS's own backups can restore to; undefined where they are off. */
export async function latestRestorable(client: RDSClient, database: RdsDatabase): Promise<Date | undefined> {
    const sdk = await import("@aws-sdk/client-rds");
    const { clusterIdentifier, instanceId } = database;
    if (clusterIdentifier !== undefined)
        return (await client.send(new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: clusterIdentifier })))
            .DBClusters?.[0]?.LatestRestorableTime;
    return (await client.send(new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: instanceId })))
        .DBInstances?.[0]?.LatestRestorableTime;
}

/** What a retention of `days` would expire, of 0 all. */
export function retentionChange(backups: AutomatedBackups, days: number, now: Date): RetentionChange {
    const limit = days === 0 ? Number.POSITIVE_INFINITY : now.getTime() - days * dayMilliseconds;
    const { earliest, retentionDays, snapshots } = backups;
    const loses = earliest !== undefined && Date.parse(earliest) < limit;
    return {
        from: retentionDays,
        to: days,
        snapshots: snapshots.filter(({ createdAt }) => Date.parse(createdAt) < limit),
        earliest: !loses ? earliest : days === 0 ? undefined : new Date(limit).toISOString(),
        loses,
    };
}

/** The backups, and what another retention would expire, for people. */
export function backupsText(
    { source, retentionDays, earliest, snapshots }: AutomatedBackups,
    change?: RetentionChange,
): string {
    const moments = earliest ? `any moment since ${earliest}` : "no moment";
    const lines = [
        `${source}: kept for ${retentionDays} days; ${moments} can be restored to`,
        ...snapshots.map(({ name, createdAt }) => `  ${name} of ${createdAt}`),
    ];
    if (!change) return lines.join("\n");
    const { to, snapshots: expired, loses } = change;
    if (!loses && expired.length === 0) return [...lines, `With ${to} days nothing would expire.`].join("\n");
    const left = change.earliest ? `no moment before ${change.earliest}` : "no moment at all";
    return [
        ...lines,
        `With ${to} days, ${left} could be restored to, and these would expire:`,
        ...expired.map(({ name }) => `  ${name}`),
    ].join("\n");
}

async function ofInstance(client: RDSClient, source: string): Promise<AutomatedBackups> {
    const sdk = await import("@aws-sdk/client-rds");
    const { DBInstances: [instance] = [] } = await client.send(
        new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: source }),
    );
    const { DBInstanceAutomatedBackups: [backup] = [] } = await client.send(
        new sdk.DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier: source }),
    );
    const snapshots: AutomatedBackups["snapshots"] = [];
    const pages = sdk.paginateDescribeDBSnapshots(
        { client },
        { DBInstanceIdentifier: source, SnapshotType: "automated" },
    );
    for await (const { DBSnapshots = [] } of pages)
        for (const { DBSnapshotIdentifier: name, SnapshotCreateTime: time } of DBSnapshots)
            if (name && time) snapshots.push({ name, createdAt: time.toISOString() });
    return {
        source,
        retentionDays: instance?.BackupRetentionPeriod ?? 0,
        earliest: backup?.RestoreWindow?.EarliestTime?.toISOString(),
        snapshots,
    };
}

async function ofCluster(client: RDSClient, source: string): Promise<AutomatedBackups> {
    const sdk = await import("@aws-sdk/client-rds");
    const { DBClusters: [cluster] = [] } = await client.send(
        new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: source }),
    );
    const snapshots: AutomatedBackups["snapshots"] = [];
    const query = { DBClusterIdentifier: source, SnapshotType: "automated" };
    for await (const { DBClusterSnapshots = [] } of sdk.paginateDescribeDBClusterSnapshots({ client }, query))
        for (const { DBClusterSnapshotIdentifier: name, SnapshotCreateTime: time } of DBClusterSnapshots)
            if (name && time) snapshots.push({ name, createdAt: time.toISOString() });
    return {
        source,
        retentionDays: cluster?.BackupRetentionPeriod ?? 0,
        earliest: cluster?.EarliestRestorableTime?.toISOString(),
        snapshots,
    };
}
