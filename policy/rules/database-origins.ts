import type { View } from "../graph/graph";
import { absent, field, type Reading, text } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { TrustedIds } from "../rule";
import { satisfied, unknown, type Verdict, violated } from "../verdict";

/* A database can inherit properties from another: its source, its cluster, or what it is restored from. */

/** Snapshots, whose encryption no resource of the stack states. */
export const trustedSnapshots: TrustedIds = {
    key: "encryptedSnapshots",
    meaning: "a database snapshot, written as in the input, that is encrypted with a customer managed KMS key",
    pattern: "^(arn:aws|rds:|awsbackup:|[A-Za-z])[A-Za-z0-9:/_-]*$",
};

/**
 * Judges a read replica by its source, an instance of a cluster by the cluster, and any other database by itself: RDS
 * encrypts a replica if and only if its source is encrypted.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
 */
export function judgeBySource(database: View, judge: (source: View) => Verdict): Verdict {
    const reference =
        database.type === types.databaseClusterInstance
            ? {
                  key: "clusterIdentifier",
                  types: [types.databaseCluster],
                  what: "clusters",
                  whenAbsent: violated("clusterIdentifier is not set"),
              }
            : {
                  key: "replicateSourceDb",
                  types: [types.databaseInstance],
                  what: "source databases",
                  whenAbsent: judge(database),
              };
    return judgeReferences(database, reference, (source) => judgeBySource(source, judge));
}

/**
 * Judges the database whose `key` applies: the source of a read replica that does not set `key`, which is possible only in
 * the region of its source. A known value without an edge may come from AWS, so it does not count as set.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
export function judgeInherited(database: View, key: string, judge: (deciding: View) => Verdict): Verdict {
    const isReplica = database.read("replicateSourceDb").is !== "absent";
    if (!isReplica || database.isStated(key)) return judge(database);
    const [source] = database.follow("replicateSourceDb", [types.databaseInstance]);
    if (source && !database.sharesProviderWith(source)) return judge(database);
    return judgeBySource(database, judge);
}

/**
 * Judges a database that is going to be restored by its origin, whose encryption and key it inherits regardless of its own
 * inputs: by a source of the stack, or by whether the snapshot is trusted. Once it exists, its own outputs count. A cluster
 * that names a key is restored with that key or not at all, so it is judged by itself.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
 */
export function judgeByOrigin(
    database: View,
    trusted: ReadonlySet<string>,
    judge: (deciding: View) => Verdict,
): Verdict {
    if (["resourceId", "clusterResourceId"].some((id) => database.read(id).is === "known")) return judge(database);
    if (database.type === types.databaseCluster && database.read("kmsKeyId").is !== "absent") return judge(database);
    if (database.read("restoreToPointInTime").is !== "absent") {
        const reference = {
            key: "restoreToPointInTime",
            within: originOf,
            types: [types.databaseInstance, types.databaseCluster],
            what: "databases to restore from",
            whenAbsent: unknown("restoreToPointInTime names no database"),
        };
        return judgeReferences(database, reference, (source) =>
            judgeBySource(source, (one) => judgeByOrigin(one, trusted, judge)),
        );
    }
    const snapshot = database.read("snapshotIdentifier");
    if (snapshot.is === "absent") return judge(database);
    return trusted.has(text(snapshot) ?? "")
        ? satisfied
        : unknown("the snapshot in snapshotIdentifier decides this until the database exists");
}

/** The database that an input `restoreToPointInTime` names. */
function originOf(input: Reading): Reading {
    const keys = ["sourceDbInstanceIdentifier", "sourceDbiResourceId", "sourceClusterIdentifier"];
    const further = ["sourceClusterResourceId", "sourceDbInstanceAutomatedBackupsArn"];
    return [...keys, ...further].map((key) => field(input, key)).find(({ is }) => is !== "absent") ?? absent;
}
