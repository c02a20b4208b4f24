import type { Entity } from "../../../../account/account";
import type { Creation, Inputs, Rejection } from "../../resource-type";
import { isPendingDeletion } from "../kms/key";

const DAY = 86_400_000;
const BLOCK = "restoreToPointInTime";

const COMMON = ["engine", "engineVersion", "storageEncrypted", "kmsKeyId", "port"];
/** The outputs that a snapshot takes from its instance or cluster, and a restored one from the snapshot. */
export const HANDED_ON = {
    instance: [...COMMON, "allocatedStorage", "username", "dbName"],
    cluster: [...COMMON, "masterUsername", "databaseName"],
};

/** A snapshot of `region` by its identifier or its ARN, among `snapshots` of instances or of clusters. */
export function snapshotNamed(handle: string, region: string, snapshots: Entity[]): Entity | undefined {
    return snapshots.find(({ id, outputs, region: its }) => {
        const arn = outputs.dbSnapshotArn ?? outputs.dbClusterSnapshotArn;
        return its === region && (id === handle || arn === handle);
    });
}

/** The name of the time input, which differs between instances and clusters. */
type Moment = "restoreTime" | "restoreToTime";

function momentOf(inputs: Inputs, name: Moment): number | undefined {
    const time = inputs.block(BLOCK)?.text(name);
    return time ? Date.parse(time) : undefined;
}

/** What RDS refuses of a restore by its inputs alone. */
export function restoreRejectionsOf(name: Moment): Rejection<Inputs>[] {
    return [
        {
            code: "InvalidParameterCombination",
            at: BLOCK,
            when: (inputs) => {
                const block = inputs.block(BLOCK);
                return block !== undefined && block.has(name) === block.flag("useLatestRestorableTime");
            },
            say: () => `Either ${name} or useLatestRestorableTime must be specified, but not both`,
        },
        {
            code: "InvalidParameterValue",
            at: BLOCK,
            when: (inputs) => (momentOf(inputs, name) ?? 0) > Date.now(),
            say: (inputs) =>
                `The source cannot be restored to a time later than now: ${inputs.block(BLOCK)?.text(name)}`,
        },
        {
            code: "InvalidParameterCombination",
            at: "snapshotIdentifier",
            when: (inputs) => inputs.has("snapshotIdentifier") && inputs.has(BLOCK),
            say: () => "A database is restored from a snapshot or to a point in time, not both",
        },
    ];
}

/** Rejects a time before the oldest backup of the source. */
export function beforeBackups(name: Moment, sourceOf: (creation: Creation) => Entity | undefined): Rejection<Creation> {
    return {
        code: "InvalidParameterValue",
        at: BLOCK,
        when: (creation) => {
            const days = Number(sourceOf(creation)?.outputs.backupRetentionPeriod ?? 1);
            const moment = momentOf(creation.inputs, name);
            return moment !== undefined && moment < Date.now() - days * DAY;
        },
        say: () => "The source cannot be restored to a time earlier than its backup retention reaches.",
    };
}

/** Rejects a restore of data whose key is pending deletion. */
export function keyMustBeThere(originOf: (creation: Creation) => Entity | undefined): Rejection<Creation> {
    return {
        code: "KMSKeyNotAccessibleFault",
        when: (creation) => isPendingDeletion(originOf(creation)?.outputs.kmsKeyId, creation.all),
        say: () => "The specified KMS key is pending deletion, or you do not have access to it",
    };
}
