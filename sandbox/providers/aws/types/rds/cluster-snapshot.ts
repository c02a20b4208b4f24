import type { Entity } from "../../../../account/account";
import type { Properties } from "../../../provider";
import type { Creation, Rejection, ResourceType } from "../../resource-type";
import { CLUSTER, CLUSTER_PARAMETER_GROUP } from "./cluster-rule";
import { familyOf, major } from "./engine-version";
import { beforeBackups, HANDED_ON, keyMustBeThere, restoreRejectionsOf, snapshotNamed } from "./restore";

export const CLUSTER_SNAPSHOT = "aws:rds/clusterSnapshot:ClusterSnapshot";
const BLOCK = "restoreToPointInTime";

/** A snapshot of a cluster. The final one keeps the outputs of the cluster. */
function snapshotOf({ inputs, all, region }: Creation): Entity | undefined {
    return snapshotNamed(inputs.text("snapshotIdentifier"), region, all(CLUSTER_SNAPSHOT));
}

function sourceOf({ inputs, find }: Creation): Entity | undefined {
    return find(CLUSTER, inputs.block(BLOCK)?.text("sourceClusterIdentifier") ?? "");
}

function originOf(creation: Creation): Entity | undefined {
    return creation.inputs.has("snapshotIdentifier") ? snapshotOf(creation) : sourceOf(creation);
}

function keptOf({ outputs }: Entity): Properties {
    return Object.fromEntries(HANDED_ON.cluster.filter((name) => name in outputs).map((name) => [name, outputs[name]]));
}

/** The outputs that a restored cluster takes from its source, unless an input says otherwise. A given key encrypts it. */
export function restoredClusterOutputs(creation: Creation): Properties {
    const origin = originOf(creation);
    if (!origin) return {};
    return { ...keptOf(origin), ...(creation.inputs.has("kmsKeyId") && { storageEncrypted: true }) };
}

export const clusterRestoreRejections = restoreRejectionsOf("restoreToTime");

/**
 * What RDS refuses of a cluster's restore because of what is in the account.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html
 */
export const clusterRestoreConflicts: Rejection<Creation>[] = [
    {
        code: "DBClusterSnapshotNotFoundFault",
        at: "snapshotIdentifier",
        when: (creation) => creation.inputs.has("snapshotIdentifier") && !snapshotOf(creation),
        say: ({ inputs }) => `DBClusterSnapshot not found: ${inputs.text("snapshotIdentifier")}`,
    },
    {
        code: "DBClusterNotFoundFault",
        at: BLOCK,
        when: (creation) => creation.inputs.has(BLOCK) && !sourceOf(creation),
        say: ({ inputs }) => `DBCluster ${inputs.block(BLOCK)?.text("sourceClusterIdentifier")} not found.`,
    },
    beforeBackups("restoreToTime", sourceOf),
    keyMustBeThere(originOf),
    {
        // AWS documents this refusal without its code. It encrypts a restored snapshot.
        code: "InvalidParameterCombination",
        at: "kmsKeyId",
        when: (creation) => {
            const source = sourceOf(creation);
            return creation.inputs.has("kmsKeyId") && source !== undefined && source.outputs.storageEncrypted !== true;
        },
        say: () => "A cluster that isn't encrypted can't be restored to a point in time under a KMS key.",
    },
    {
        code: "InvalidParameterCombination",
        at: "engine",
        when: (creation) => {
            // The retention of a preexisting snapshot is not known.
            const engine = originOf(creation)?.outputs.engine;
            return Boolean(engine) && engine !== creation.inputs.text("engine");
        },
        say: (creation) =>
            `The engine ${creation.inputs.text("engine")} isn't compatible with that of the origin, ${originOf(creation)?.outputs.engine}.`,
    },
    {
        // AWS's message is in https://github.com/aws-samples/redcap-on-aws/issues/99.
        code: "InvalidParameterCombination",
        at: "engineVersion",
        when: (creation) => {
            const version = String(snapshotOf(creation)?.outputs.engineVersion ?? "");
            const asked = creation.inputs.text("engineVersion");
            return version !== "" && asked !== "" && major(asked) < major(version);
        },
        say: (creation) =>
            `The engine version you requested for your restored DB cluster (${creation.inputs.text("engineVersion")}) is earlier than the engine version of the DB cluster snapshot (${snapshotOf(creation)?.outputs.engineVersion}).`,
    },
    {
        // A restore to a point in time has the version of its source, whatever the inputs say.
        code: "InvalidParameterCombination",
        at: "dbClusterParameterGroupName",
        when: (creation) => {
            const { engine, engineVersion } = sourceOf(creation)?.outputs ?? {};
            const group = creation.find(CLUSTER_PARAMETER_GROUP, creation.inputs.text("dbClusterParameterGroupName"));
            return Boolean(engine && group) && familyOf(String(engine), String(engineVersion)) !== group?.inputs.family;
        },
        say: (creation) =>
            `The parameter group ${creation.inputs.text("dbClusterParameterGroupName")} can't be used for this cluster: its version is the source's, ${sourceOf(creation)?.outputs.engineVersion}.`,
    },
];

/** Snapshots that the program takes, or that exist from the start. A final snapshot is the tombstone of a cluster. */
export const rdsClusterSnapshots: Record<string, ResourceType> = {
    [CLUSTER_SNAPSHOT]: {
        id: ({ inputs }) => inputs.text("dbClusterSnapshotIdentifier"),
        outputs: ({ id, inputs, find, region, accountId, partition }) => {
            const cluster = find(CLUSTER, inputs.text("dbClusterIdentifier"));
            return {
                ...{ engine: "", engineVersion: "", storageEncrypted: false, kmsKeyId: "", port: 0 },
                ...(cluster && keptOf(cluster)),
                allocatedStorage: 0,
                availabilityZones: cluster?.outputs.availabilityZones ?? [],
                dbClusterSnapshotArn: `arn:${partition}:rds:${region}:${accountId}:cluster-snapshot:${id}`,
                licenseModel: "",
                snapshotType: "manual",
                sourceDbClusterSnapshotArn: "",
                status: "available",
                vpcId: "",
            };
        },
        name: "dbClusterSnapshotIdentifier",
        exists: "DBClusterSnapshotAlreadyExistsFault",
        conflicts: [
            {
                code: "DBClusterNotFoundFault",
                at: "dbClusterIdentifier",
                when: ({ inputs, find }) => !find(CLUSTER, inputs.text("dbClusterIdentifier")),
                say: ({ inputs }) => `DBCluster ${inputs.text("dbClusterIdentifier")} not found.`,
            },
        ],
        notFound: "DBClusterSnapshotNotFoundFault",
    },
};
