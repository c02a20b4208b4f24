import type { Entity } from "../../../../account/account";
import { ApiError, type Properties } from "../../../provider";
import type { Creation, Rejection, ResourceType } from "../../resource-type";
import { INSTANCE } from "./instance-change";
import { beforeBackups, keyMustBeThere, restoreRejectionsOf, snapshotNamed } from "./restore";

export const SNAPSHOT = "aws:rds/snapshot:Snapshot";

/** The properties that a restored instance takes from its source. */
interface Origin {
    engine: string;
    engineVersion: string;
    allocatedStorage: number;
    encrypted: boolean;
    kmsKeyId: string;
    port: number;
    username: string;
    dbName: string;
}

/** Reads them from an instance, from its final snapshot, which keeps the instance's outputs, or from another snapshot. */
function originOf({ outputs }: Entity): Origin {
    const text = (name: string) => String(outputs[name] ?? "");
    return {
        engine: text("engine"),
        engineVersion: text("engineVersion"),
        allocatedStorage: Number(outputs.allocatedStorage ?? 0),
        encrypted: text("encrypted") === "true" || text("storageEncrypted") === "true",
        kmsKeyId: text("kmsKeyId"),
        port: Number(outputs.port ?? 0),
        username: text("username"),
        dbName: text("dbName"),
    };
}

function sourceOf({ inputs, find }: Creation): Entity | undefined {
    return find(INSTANCE, inputs.block("restoreToPointInTime")?.text("sourceDbInstanceIdentifier") ?? "");
}

/** The snapshot or the instance that is restored. */
function restoredFrom(creation: Creation): Entity | undefined {
    return creation.inputs.has("snapshotIdentifier")
        ? snapshotNamed(creation.inputs.text("snapshotIdentifier"), creation.region, creation.all(SNAPSHOT))
        : sourceOf(creation);
}

/** The outputs that a restored instance takes from its source. */
export function restoredOutputs(creation: Creation): Properties {
    const entity = restoredFrom(creation);
    if (!entity) return {};
    const { encrypted, ...rest } = originOf(entity);
    return { ...rest, storageEncrypted: encrypted };
}

/** What RDS refuses of a restore by its inputs alone. */
export const restoreRejections = restoreRejectionsOf("restoreTime");

/**
 * What RDS refuses of a restore because of what is in the account.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html
 */
export const restoreConflicts: Rejection<Creation>[] = [
    {
        code: "DBSnapshotNotFound",
        at: "snapshotIdentifier",
        when: (creation) => creation.inputs.has("snapshotIdentifier") && !restoredFrom(creation),
        say: ({ inputs }) => `DBSnapshot not found: ${inputs.text("snapshotIdentifier")}`,
    },
    {
        code: "DBInstanceNotFound",
        at: "restoreToPointInTime",
        when: (creation) => creation.inputs.has("restoreToPointInTime") && !sourceOf(creation),
        say: ({ inputs }) =>
            `DBInstance ${inputs.block("restoreToPointInTime")?.text("sourceDbInstanceIdentifier")} not found.`,
    },
    {
        code: "PointInTimeRestoreNotEnabled",
        at: "restoreToPointInTime",
        when: (creation) => Number(sourceOf(creation)?.outputs.backupRetentionPeriod ?? 1) === 0,
        say: () => "The source database has no automated backups, so it cannot be restored to a point in time.",
    },
    beforeBackups("restoreTime", sourceOf),
    keyMustBeThere(restoredFrom),
    {
        // RDS restores with the snapshot's storage and changes it afterwards.
        code: "InvalidParameterCombination",
        at: "allocatedStorage",
        when: (creation) => {
            const entity = creation.inputs.has("snapshotIdentifier") ? restoredFrom(creation) : undefined;
            const asked = creation.inputs.number("allocatedStorage");
            return entity !== undefined && asked !== undefined && asked < originOf(entity).allocatedStorage;
        },
        say: ({ inputs }) =>
            `Requested storage size (${inputs.text("allocatedStorage")}) cannot be less than the current storage size`,
    },
];

/** Looks up a snapshot, as the provider's data source does. */
export function getSnapshot(args: Properties, here: string, records: Entity[]): Properties {
    const handle = String(args.dbSnapshotIdentifier ?? "");
    const snapshots = records.filter(({ type }) => type === SNAPSHOT);
    const entity = snapshotNamed(handle, here, snapshots);
    if (!entity) throw new ApiError("DBSnapshotNotFound", `reading RDS DB Snapshots: DBSnapshot ${handle} not found.`);
    const { encrypted, kmsKeyId, engine, engineVersion, allocatedStorage, port } = originOf(entity);
    const { id, region } = entity;
    const arn = String(entity.outputs.dbSnapshotArn ?? "");
    return {
        ...args,
        id,
        region,
        dbSnapshotArn: arn,
        encrypted,
        kmsKeyId,
        engine,
        engineVersion,
        allocatedStorage,
        port,
    };
}

/** Snapshots that the program takes, or that exist from the start. A final snapshot is the tombstone of an instance. */
export const rdsSnapshots: Record<string, ResourceType> = {
    [SNAPSHOT]: {
        id: ({ inputs }) => inputs.text("dbSnapshotIdentifier"),
        outputs: ({ id, inputs, all, region, accountId, partition }) => {
            const named = inputs.text("dbInstanceIdentifier");
            const instance = all(INSTANCE).find((one) => one.inputs.identifier === named);
            const { encrypted, kmsKeyId, engine, engineVersion, allocatedStorage, port } = instance
                ? originOf(instance)
                : { encrypted: false, kmsKeyId: "", engine: "", engineVersion: "", allocatedStorage: 0, port: 0 };
            return {
                ...{ encrypted, kmsKeyId, engine, engineVersion, allocatedStorage, port },
                availabilityZone: String(instance?.outputs.availabilityZone ?? ""),
                dbSnapshotArn: `arn:${partition}:rds:${region}:${accountId}:snapshot:${id}`,
                iops: Number(instance?.outputs.iops ?? 0),
                licenseModel: "general-public-license",
                optionGroupName: "",
                snapshotType: "manual",
                sourceDbSnapshotIdentifier: "",
                sourceRegion: "",
                status: "available",
                storageType: String(instance?.outputs.storageType ?? ""),
                vpcId: "",
            };
        },
        name: "dbSnapshotIdentifier",
        exists: "DBSnapshotAlreadyExists",
        conflicts: [
            {
                code: "DBInstanceNotFound",
                at: "dbInstanceIdentifier",
                when: ({ inputs, find }) => !find(INSTANCE, inputs.text("dbInstanceIdentifier")),
                say: ({ inputs }) => `DBInstance ${inputs.text("dbInstanceIdentifier")} not found.`,
            },
        ],
        notFound: "DBSnapshotNotFound",
    },
};
