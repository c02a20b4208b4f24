import type { Entity } from "../../../../account/account";
import {
    type Creation,
    type Inputs,
    malformed,
    type Rejection,
    type ResourceType,
    unlisted,
} from "../../resource-type";
import { isPendingDeletion } from "../kms/key";
import { isSharded } from "./replication-group-rule";

export const SNAPSHOT = "aws:elasticache/snapshot:Snapshot";

function snapshotOf({ inputs, all }: Creation): Entity | undefined {
    const wanted = inputs.text("snapshotName");
    return all(SNAPSHOT).find(({ id }) => id === wanted);
}

/** Families with data tiering, which keep a part of the data on disk. Only they can restore their snapshots. */
function hasDataTiering(nodeType: string): boolean {
    return /^cache\.r6gd\./.test(nodeType);
}

/**
 * What ElastiCache refuses of a new group that is filled from a snapshot. Node types and numbers of shards may differ.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
 */
export const restoreConflicts: Rejection<Creation>[] = [
    {
        code: "SnapshotNotFoundFault",
        at: "snapshotName",
        when: (creation) => creation.inputs.has("snapshotName") && !snapshotOf(creation),
        say: ({ inputs }) => `The snapshot ${inputs.text("snapshotName")} does not exist`,
    },
    {
        code: "InvalidParameterCombination",
        at: "snapshotName",
        when: (creation) => snapshotOf(creation)?.outputs.clusterEnabled === true && !isSharded(creation.inputs),
        say: ({ inputs }) =>
            `The snapshot ${inputs.text("snapshotName")} is of a cache in cluster mode, and can't fill one without`,
    },
    {
        code: "InvalidParameterCombination",
        at: "nodeType",
        when: (creation) => {
            const nodeType = snapshotOf(creation)?.outputs.nodeType;
            return (
                typeof nodeType === "string" &&
                hasDataTiering(nodeType) !== hasDataTiering(creation.inputs.text("nodeType"))
            );
        },
        say: (creation) =>
            `A snapshot of ${snapshotOf(creation)?.outputs.nodeType} can't fill ${creation.inputs.text("nodeType")}: both have data tiering, or neither`,
    },
    {
        code: "InvalidKMSKeyFault",
        at: "snapshotName",
        when: (creation) => isPendingDeletion(snapshotOf(creation)?.outputs.kmsKeyId, creation.all),
        say: ({ inputs }) => `The KMS key that wrote the snapshot ${inputs.text("snapshotName")} is pending deletion`,
    },
];

function isOfShards(inputs: Inputs): boolean {
    return (inputs.number("numNodeGroups") ?? 1) > 1;
}

/** Pulumi has no resource for a snapshot: it is the tombstone of a group, or exists from the start by `Sandbox.<stack>.yaml`. */
export const elasticacheSnapshots: Record<string, ResourceType> = {
    [SNAPSHOT]: {
        id: ({ inputs }) => inputs.text("snapshotName"),
        outputs: ({ id, inputs, region, accountId, partition }) => ({
            arn: `arn:${partition}:elasticache:${region}:${accountId}:snapshot:${id}`,
            clusterEnabled: isOfShards(inputs),
        }),
        name: "snapshotName",
        exists: "SnapshotAlreadyExistsFault",
        rejects: [
            malformed(
                "snapshotName",
                /^(automatic\.)?[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/,
                "lower-case letters, digits and single hyphens, a letter first",
            ),
            unlisted("engine", ["redis", "valkey"]),
        ],
        notFound: "SnapshotNotFoundFault",
    },
};
