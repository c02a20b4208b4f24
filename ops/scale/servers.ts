import type { DBInstance, RDSClient } from "@aws-sdk/client-rds";
import type { RdsDatabase } from "../database/rds";
import { OpsError } from "../ops-error";

/** A server of the database, as RDS has it. */
export interface Server {
    name: string;
    status: string;
    /** `postgres`, `aurora-mysql` and so on. */
    engine: string;
    class: string;
    storageGiB: number;
    /** What RDS is to change later, by its own names. */
    pending: Record<string, unknown>;
}

/** Readers that Application Auto Scaling makes are called so; it makes them as large as the writer, and ends them. */
const scaledByItself = /^application-autoscaling-/;

/** The servers of a database that its configuration makes: an instance with its replicas, or the members of a cluster. */
export async function serversOf(client: RDSClient, database: RdsDatabase): Promise<Server[]> {
    const sdk = await import("@aws-sdk/client-rds");
    const { clusterIdentifier, instanceId } = database;
    const find = async (id: string): Promise<DBInstance> => {
        const { DBInstances: [found] = [] } = await client.send(
            new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
        );
        if (!found) throw new OpsError(`RDS has no instance ${id}`);
        return found;
    };
    const describe = async (ids: string[]) => Promise.all(ids.map(async (id) => serverOf(await find(id))));
    if (clusterIdentifier !== undefined) {
        const { DBClusters: [cluster] = [] } = await client.send(
            new sdk.DescribeDBClustersCommand({ DBClusterIdentifier: clusterIdentifier }),
        );
        const members = (cluster?.DBClusterMembers ?? []).flatMap(({ DBInstanceIdentifier: id }) => id ?? []);
        return describe(members.filter((id) => !scaledByItself.test(id)).sort());
    }
    if (instanceId === undefined)
        throw new OpsError("the stack's outputs lack database.instanceId and clusterIdentifier; bring the stack up");
    const primary = await find(instanceId);
    // A replica in another region is named by its ARN, and is another stack's.
    const replicas = (primary.ReadReplicaDBInstanceIdentifiers ?? []).filter((id) => !id.startsWith("arn:"));
    return [serverOf(primary), ...(await describe(replicas))];
}

/** Has RDS do at once what it was to do in the maintenance window. */
export async function applyNow(client: RDSClient, server: Server, target: ScaleTarget): Promise<void> {
    const sdk = await import("@aws-sdk/client-rds");
    await client.send(
        new sdk.ModifyDBInstanceCommand({
            ...{ DBInstanceIdentifier: server.name, DBInstanceClass: target.class, ApplyImmediately: true },
            ...(target.storageGiB !== undefined && { AllocatedStorage: target.storageGiB }),
        }),
    );
}

/** What the servers are to be. */
export interface ScaleTarget {
    class?: string;
    storageGiB?: number;
}

/** Whether a server is what it is to be, with nothing of it still to come. */
export function isScaled({ status, class: now, storageGiB, pending }: Server, target: ScaleTarget): boolean {
    const settled = /^(available|storage-optimization)$/.test(status);
    return settled && !awaits({ pending }) && !differs({ class: now, storageGiB }, target);
}

/** Whether class or storage is to change in the maintenance window. */
export function awaits({ pending }: Pick<Server, "pending">): boolean {
    return pending.DBInstanceClass !== undefined || pending.AllocatedStorage !== undefined;
}

function differs(server: Pick<Server, "class" | "storageGiB">, target: ScaleTarget): boolean {
    return (
        (target.class !== undefined && server.class !== target.class) ||
        (target.storageGiB !== undefined && server.storageGiB < target.storageGiB)
    );
}

function serverOf(instance: DBInstance): Server {
    const pending = Object.entries(instance.PendingModifiedValues ?? {}).filter(([, value]) => value !== undefined);
    return {
        name: instance.DBInstanceIdentifier ?? "",
        status: instance.DBInstanceStatus ?? "unknown",
        engine: instance.Engine ?? "",
        class: instance.DBInstanceClass ?? "",
        storageGiB: instance.AllocatedStorage ?? 0,
        pending: Object.fromEntries(pending),
    };
}
