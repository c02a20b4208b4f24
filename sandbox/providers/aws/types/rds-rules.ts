import { type Inputs, malformed, outside, type Rejection, unlisted } from "../resource-type";
import { IDENTIFIER } from "./rds-windows";

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
