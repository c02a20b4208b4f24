import { type Inputs, malformed, outside, type Rejection, type ResourceType, unlisted } from "../../resource-type";
import { IDENTIFIER } from "./window";

/** What RDS refuses of instances and clusters alike. */
export const rdsRejections: Rejection<Inputs>[] = [
    outside("port", 1150, 65_535),
    unlisted("engineLifecycleSupport", [
        "open-source-rds-extended-support",
        "open-source-rds-extended-support-disabled",
    ]),
    {
        code: "InvalidParameterCombination",
        at: "kmsKeyId",
        when: (inputs) => inputs.has("kmsKeyId") && inputs.has("storageEncrypted") && !inputs.flag("storageEncrypted"),
        say: () => "A KMS key can only be used with storage encryption",
    },
    {
        code: "InvalidParameterValue",
        at: "finalSnapshotIdentifier",
        when: (inputs) => !inputs.flag("skipFinalSnapshot") && !inputs.has("finalSnapshotIdentifier"),
        say: () => "final_snapshot_identifier is required when skip_final_snapshot is false",
    },
    malformed("finalSnapshotIdentifier", IDENTIFIER, "letters, digits and hyphens, a letter first"),
];

/** RDS's terms for an instance or a cluster, and for its final snapshot. */
interface Words {
    protectedAs: string;
    snapshot: { type: string; called: string; exists: string };
}

/** The deletion of instances and clusters: blocked while they are protected, with a final snapshot unless it is skipped. */
export function deletionRules({
    protectedAs,
    snapshot,
}: Words): Required<Pick<ResourceType, "deleteBlockers" | "tombstone">> {
    return {
        deleteBlockers: [
            {
                code: "InvalidParameterCombination",
                when: ({ inputs }) => inputs.flag("deletionProtection"),
                say: () => `Cannot delete protected ${protectedAs}, please disable deletion protection and try again.`,
            },
            {
                code: snapshot.exists,
                when: ({ inputs, all }) =>
                    !inputs.flag("skipFinalSnapshot") &&
                    all(snapshot.type).some(({ id }) => id === inputs.text("finalSnapshotIdentifier")),
                say: ({ inputs }) =>
                    `Cannot create the ${snapshot.called} because a snapshot with the identifier ${inputs.text("finalSnapshotIdentifier")} already exists.`,
            },
        ],
        tombstone: ({ inputs }) =>
            inputs.flag("skipFinalSnapshot")
                ? undefined
                : { type: snapshot.type, id: inputs.text("finalSnapshotIdentifier"), reason: "the final snapshot" },
    };
}
