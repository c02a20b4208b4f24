import type { DBInstance, RDSClient } from "@aws-sdk/client-rds";
import { OpsError } from "../ops-error";
import { tagList } from "../snapshot/commands";
import type { SnapshotSource } from "../snapshot/snapshot";
import { awsConfiguration, withAws } from "../stack/aws";

/** A database in RDS: an instance, or an Aurora cluster. */
export interface RdsDatabase {
    instanceId?: string;
    clusterIdentifier?: string;
}

/** Asks RDS. */
export async function withRds<Result>(region: string, work: (client: RDSClient) => Promise<Result>): Promise<Result> {
    const { RDSClient } = await import("@aws-sdk/client-rds");
    return withAws(new RDSClient(awsConfiguration(region)), "RDS", work);
}

/** When RDS maintains a database. */
export async function windowInRds(client: RDSClient, { clusterIdentifier, instanceId }: RdsDatabase): Promise<string> {
    const sdk = await import("@aws-sdk/client-rds");
    const { PreferredMaintenanceWindow: window } =
        clusterIdentifier === undefined
            ? ((await client.send(new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: instanceId })))
                  .DBInstances?.[0] ?? {})
            : ((await client.send(new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: clusterIdentifier })))
                  .DBClusters?.[0] ?? {});
    if (!window) throw new OpsError("RDS says no maintenance window of the database; give --window");
    return window;
}

/** A database, as what snapshots are made of. */
export async function databaseSource(client: RDSClient, database: RdsDatabase): Promise<SnapshotSource> {
    const { clusterIdentifier, instanceId } = database;
    if (clusterIdentifier !== undefined) return clusterSource(client, clusterIdentifier);
    if (instanceId !== undefined) return instanceSource(client, instanceId);
    throw new OpsError("the stack's outputs lack database.instanceId and clusterIdentifier; bring the stack up");
}

async function instanceSource(client: RDSClient, name: string): Promise<SnapshotSource> {
    const sdk = await import("@aws-sdk/client-rds");
    return {
        name,
        async status() {
            const { DBInstances: [instance] = [] } = await client.send(
                new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: name }),
            );
            return instance?.DBInstanceStatus ?? "unknown";
        },
        async create(snapshot, tags) {
            await client.send(
                new sdk.CreateDBSnapshotCommand({
                    DBInstanceIdentifier: name,
                    DBSnapshotIdentifier: snapshot,
                    Tags: tagList(tags),
                }),
            );
        },
        async find(snapshot) {
            const found = await client
                .send(new sdk.DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: snapshot }))
                .catch(absentWhere(sdk.DBSnapshotNotFoundFault));
            const [state] = found?.DBSnapshots ?? [];
            return state && { status: state.Status ?? "unknown", percent: state.PercentProgress };
        },
    };
}

async function clusterSource(client: RDSClient, name: string): Promise<SnapshotSource> {
    const sdk = await import("@aws-sdk/client-rds");
    return {
        name,
        async status() {
            const { DBClusters: [cluster] = [] } = await client.send(
                new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: name }),
            );
            return cluster?.Status ?? "unknown";
        },
        async create(snapshot, tags) {
            await client.send(
                new sdk.CreateDBClusterSnapshotCommand({
                    DBClusterIdentifier: name,
                    DBClusterSnapshotIdentifier: snapshot,
                    Tags: tagList(tags),
                }),
            );
        },
        async find(snapshot) {
            const found = await client
                .send(new sdk.DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: snapshot }))
                .catch(absentWhere(sdk.DBClusterSnapshotNotFoundFault));
            const [state] = found?.DBClusterSnapshots ?? [];
            return state && { status: state.Status ?? "unknown", percent: state.PercentProgress };
        },
    };
}

/** An instance, where RDS has it. */
export async function findInstance(client: RDSClient, name: string): Promise<DBInstance | undefined> {
    const sdk = await import("@aws-sdk/client-rds");
    const found = await client
        .send(new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: name }))
        .catch(absentWhere(sdk.DBInstanceNotFoundFault));
    return found?.DBInstances?.[0];
}

/** Undefined instead of an error that says that something is not there. */
export function absentWhere(fault: new (...args: never[]) => Error): (error: unknown) => undefined {
    return (error) => {
        if (!(error instanceof fault)) throw error;
        return undefined;
    };
}
