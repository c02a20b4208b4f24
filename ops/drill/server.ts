import type { RDSClient, Tag } from "@aws-sdk/client-rds";
import { absentWhere, findInstance } from "../database/rds";
import { OpsError } from "../ops-error";
import { tagList } from "../snapshot/commands";

/** What RDS says of a database that is of interest to a drill. */
export interface ServerFacts {
    class: string;
    engineVersion: string;
    encrypted: boolean;
    kmsKeyId?: string;
}

/** How the database of a drill is in RDS. */
export interface ServerState {
    /** As RDS has it, or `incomplete` where a part is still to be made. */
    status: string;
    tags: Record<string, string>;
    masterUser?: string;
    host?: string;
    port?: number;
    facts: ServerFacts;
}

/** The database that a drill makes in RDS: an instance, or a cluster with one. */
export interface DrillServer {
    /** Undefined where nothing of it is there. */
    state(): Promise<ServerState | undefined>;
    /** Has what is not there yet made. */
    create(tags: Record<string, string>): Promise<void>;
    setPassword(password: string): Promise<void>;
    /** Has what is there deleted; to be called until nothing is. */
    remove(): Promise<void>;
}

/** What is restored, under which name, on which class; the living one's without a class. */
export interface RestoreRequest {
    source: string;
    name: string;
    /** A snapshot, or a moment that RDS's own backups have. */
    origin: { snapshot: string } | { moment: Date } | { latest: true };
    class?: string;
}

/** Neither reachable from outside, nor a server of more than one zone, nor with backups that stay. */
const modest = { PubliclyAccessible: false, MultiAZ: false, AutoMinorVersionUpgrade: false, DeletionProtection: false };

/** An instance of RDS, restored beside another, in the same network with the same firewall and parameters. */
export async function instanceServer(client: RDSClient, request: RestoreRequest): Promise<DrillServer> {
    const sdk = await import("@aws-sdk/client-rds");
    const { source, name, origin } = request;
    const find = (id: string) => findInstance(client, id);
    return {
        async state() {
            const found = await find(name);
            return (
                found && {
                    status: found.DBInstanceStatus ?? "unknown",
                    tags: tagsOf(found.TagList),
                    masterUser: found.MasterUsername,
                    host: found.Endpoint?.Address,
                    port: found.Endpoint?.Port,
                    facts: {
                        class: found.DBInstanceClass ?? "",
                        engineVersion: found.EngineVersion ?? "",
                        encrypted: found.StorageEncrypted === true,
                        kmsKeyId: found.KmsKeyId,
                    },
                }
            );
        },
        async create(tags) {
            if (await find(name)) return;
            const living = await find(source);
            if (!living) throw new OpsError(`RDS has no instance ${source}`);
            const shape = {
                ...modest,
                DBInstanceClass: request.class ?? living.DBInstanceClass,
                DBSubnetGroupName: living.DBSubnetGroup?.DBSubnetGroupName,
                VpcSecurityGroupIds: groupsOf(living.VpcSecurityGroups),
                DBParameterGroupName: living.DBParameterGroups?.[0]?.DBParameterGroupName,
                Tags: tagList(tags),
            };
            // Where the answer to an earlier call was lost, it may be there already.
            const taken = absentWhere(sdk.DBInstanceAlreadyExistsFault);
            if ("snapshot" in origin) {
                const from = { DBInstanceIdentifier: name, DBSnapshotIdentifier: origin.snapshot, ...shape };
                await client.send(new sdk.RestoreDBInstanceFromDBSnapshotCommand(from)).catch(taken);
                return;
            }
            const to = "latest" in origin ? { UseLatestRestorableTime: true } : { RestoreTime: origin.moment };
            const from = { SourceDBInstanceIdentifier: source, TargetDBInstanceIdentifier: name, ...shape, ...to };
            await client.send(new sdk.RestoreDBInstanceToPointInTimeCommand(from)).catch(taken);
        },
        async setPassword(MasterUserPassword) {
            const managed = (await find(name))?.MasterUserSecret !== undefined;
            await client.send(
                new sdk.ModifyDBInstanceCommand({
                    ...{ DBInstanceIdentifier: name, MasterUserPassword, ApplyImmediately: true },
                    ...(managed && { ManageMasterUserPassword: false }),
                }),
            );
        },
        async remove() {
            const found = await find(name);
            if (found === undefined || found.DBInstanceStatus === "deleting") return;
            // Some accounts turn it on for whatever is made.
            if (found.DeletionProtection)
                await client.send(
                    new sdk.ModifyDBInstanceCommand({ DBInstanceIdentifier: name, DeletionProtection: false }),
                );
            await client
                .send(
                    new sdk.DeleteDBInstanceCommand({
                        ...{ DBInstanceIdentifier: name, SkipFinalSnapshot: true, DeleteAutomatedBackups: true },
                    }),
                )
                .catch(absentWhere(sdk.DBInstanceNotFoundFault));
        },
    };
}

/** The identifiers of security groups. */
export function groupsOf(groups: { VpcSecurityGroupId?: string }[] = []): string[] {
    return groups.flatMap(({ VpcSecurityGroupId: id }) => id ?? []);
}

export function tagsOf(tags: Tag[] = []): Record<string, string> {
    return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
