import type { RDSClient } from "@aws-sdk/client-rds";
import { absentWhere, findInstance } from "../database/rds";
import { OpsError } from "../ops-error";
import { tagList } from "../snapshot/commands";
import { type DrillServer, groupsOf, type RestoreRequest, tagsOf } from "./server";

/** An Aurora cluster, restored beside another, with one instance. */
export async function clusterServer(client: RDSClient, request: RestoreRequest): Promise<DrillServer> {
    const sdk = await import("@aws-sdk/client-rds");
    const { source, name, origin } = request;
    const member = `${name}-1`;
    const find = async (DBClusterIdentifier: string) => {
        const found = await client
            .send(new sdk.DescribeDBClustersCommand({ DBClusterIdentifier }))
            .catch(absentWhere(sdk.DBClusterNotFoundFault));
        return found?.DBClusters?.[0];
    };
    /** The instance of the living cluster that writes, whose class and parameters the drill's has. */
    const writer = async () => {
        const living = await find(source);
        const id = living?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
        const instance = id === undefined ? undefined : await findInstance(client, id);
        if (!living || !instance) throw new OpsError(`RDS has no cluster ${source} with an instance that writes`);
        return { living, instance };
    };
    return {
        async state() {
            const cluster = await find(name);
            const instance = await findInstance(client, member);
            if (!cluster && !instance) return undefined;
            const states = [cluster?.Status ?? "incomplete", instance?.DBInstanceStatus ?? "incomplete"];
            return {
                status: states.find((status) => status !== "available") ?? "available",
                tags: tagsOf(cluster?.TagList ?? instance?.TagList),
                masterUser: cluster?.MasterUsername,
                host: cluster?.Endpoint,
                port: cluster?.Port,
                facts: {
                    class: instance?.DBInstanceClass ?? "",
                    engineVersion: cluster?.EngineVersion ?? "",
                    encrypted: cluster?.StorageEncrypted === true,
                    kmsKeyId: cluster?.KmsKeyId,
                },
            };
        },
        async create(tags) {
            const { living, instance } = await writer();
            const { Engine, EngineVersion } = living;
            const shape = {
                DBSubnetGroupName: living.DBSubnetGroup,
                VpcSecurityGroupIds: groupsOf(living.VpcSecurityGroups),
                DBClusterParameterGroupName: living.DBClusterParameterGroup,
                KmsKeyId: living.KmsKeyId,
                DeletionProtection: false,
                Tags: tagList(tags),
            };
            // Where the answer to an earlier call was lost, it may be there already.
            const taken = absentWhere(sdk.DBClusterAlreadyExistsFault);
            if (await find(name)) {
                // The instance alone is missing.
            } else if ("snapshot" in origin) {
                const from = { SnapshotIdentifier: origin.snapshot, Engine, EngineVersion, ...shape };
                await client
                    .send(new sdk.RestoreDBClusterFromSnapshotCommand({ DBClusterIdentifier: name, ...from }))
                    .catch(taken);
            } else {
                const to = "latest" in origin ? { UseLatestRestorableTime: true } : { RestoreToTime: origin.moment };
                const from = { SourceDBClusterIdentifier: source, RestoreType: "full-copy", ...shape, ...to };
                await client
                    .send(new sdk.RestoreDBClusterToPointInTimeCommand({ DBClusterIdentifier: name, ...from }))
                    .catch(taken);
            }
            if (await findInstance(client, member)) return;
            await client
                .send(
                    new sdk.CreateDBInstanceCommand({
                        ...{ DBInstanceIdentifier: member, DBClusterIdentifier: name, Engine },
                        DBInstanceClass: request.class ?? instance.DBInstanceClass,
                        DBParameterGroupName: instance.DBParameterGroups?.[0]?.DBParameterGroupName,
                        ...{ PubliclyAccessible: false, AutoMinorVersionUpgrade: false, Tags: tagList(tags) },
                    }),
                )
                .catch(absentWhere(sdk.DBInstanceAlreadyExistsFault));
        },
        async setPassword(MasterUserPassword) {
            const managed = (await find(name))?.MasterUserSecret !== undefined;
            await client.send(
                new sdk.ModifyDBClusterCommand({
                    ...{ DBClusterIdentifier: name, MasterUserPassword, ApplyImmediately: true },
                    ...(managed && { ManageMasterUserPassword: false }),
                }),
            );
        },
        async remove() {
            const instance = await findInstance(client, member);
            if (instance) {
                if (instance.DBInstanceStatus === "deleting") return;
                await client
                    .send(new sdk.DeleteDBInstanceCommand({ DBInstanceIdentifier: member, SkipFinalSnapshot: true }))
                    .catch(absentWhere(sdk.DBInstanceNotFoundFault));
                return;
            }
            // RDS deletes no cluster that has an instance.
            const cluster = await find(name);
            if (cluster === undefined || cluster.Status === "deleting") return;
            // Some accounts turn it on for whatever is made.
            if (cluster.DeletionProtection)
                await client.send(
                    new sdk.ModifyDBClusterCommand({ DBClusterIdentifier: name, DeletionProtection: false }),
                );
            await client
                .send(
                    new sdk.DeleteDBClusterCommand({
                        ...{ DBClusterIdentifier: name, SkipFinalSnapshot: true },
                        DeleteAutomatedBackups: true,
                    }),
                )
                .catch(absentWhere(sdk.DBClusterNotFoundFault));
        },
    };
}
