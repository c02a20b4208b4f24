import type { Properties } from "../../../../rpc/values";
import { type CreationWithId, malformed, type ResourceType } from "../../resource-type";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { KEY } from "../kms/key";
import { databaseClassOffered, databaseVersionOffered, familyOffered, zoneOffered } from "../offered";
import {
    clusterConflicts,
    clusterOf,
    clusterUpdateErrors,
    serverConflicts,
    serverUpdateErrors,
} from "./cluster-change";
import {
    CLUSTER,
    CLUSTER_INSTANCE,
    CLUSTER_PARAMETER_GROUP,
    clusterRejections,
    serverRejections,
} from "./cluster-rule";
import {
    CLUSTER_SNAPSHOT,
    clusterRestoreConflicts,
    clusterRestoreRejections,
    restoredClusterOutputs,
} from "./cluster-snapshot";
import { auroraFamilies } from "./engine-version";
import { SUBNET_GROUP } from "./instance";
import { INSTANCE, PARAMETER_GROUP } from "./instance-change";
import { keptMasterSecret, managedPasswordRejections, masterSecretsOf, masterUserSecrets } from "./managed-password";
import { monitoringConflicts } from "./monitoring";
import { parameterRejections } from "./parameter";
import { deletionRules } from "./shared-rule";

/** The full version that AWS chooses for a major version. */
const LATEST: Record<string, string> = { "8.0": "8.0.mysql_aurora.3.12.0", "8.4": "8.4.mysql_aurora.8.4.7" };

function actual(version: string): string {
    return LATEST[version] ?? (version.includes(".") ? version : `${version}.9`);
}

/** The version outputs of a server, which follow its cluster. */
function serverVersion(made: CreationWithId): Properties {
    const version = made.inputs.text("engineVersion") || String(clusterOf(made)?.outputs.engineVersion ?? "");
    return { engineVersion: version, engineVersionActual: actual(version) };
}

export const rdsClusters: Record<string, ResourceType> = {
    [CLUSTER_PARAMETER_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:rds:${region}:${accountId}:cluster-pg:${id}`,
        }),
        name: "name",
        exists: "DBParameterGroupAlreadyExists",
        rejects: [
            malformed(
                "name",
                /^[a-z](?!.*--)[a-z0-9.-]{0,254}(?<!-)$/,
                "lower-case letters, digits, . and single hyphens, a letter first",
            ),
            ...parameterRejections,
        ],
        offered: [familyOffered(auroraFamilies, "databases")],
        notFound: "DBClusterParameterGroupNotFound",
        inUse: "InvalidDBParameterGroupState",
    },
    [CLUSTER]: {
        id: ({ inputs }) => inputs.text("clusterIdentifier"),
        outputs: (made) => {
            const { id, inputs, region, partition, dnsSuffix, accountId, hex } = made;
            const hosts = `${hex(12)}.${region}.rds.${dnsSuffix}`;
            return {
                arn: `arn:${partition}:rds:${region}:${accountId}:cluster:${id}`,
                endpoint: `${id}.cluster-${hosts}`,
                readerEndpoint: `${id}.cluster-ro-${hosts}`,
                clusterResourceId: `cluster-${hex(26).toUpperCase()}`,
                hostedZoneId: "Z29XKXDKYMONMX",
                engineVersion: inputs.text("engineVersion"),
                engineVersionActual: actual(inputs.text("engineVersion")),
                ...restoredClusterOutputs(made),
                caCertificateValidTill: "",
                upgradeRolloutOrder: "second",
                availabilityZones: ["a", "b", "c"].map((letter) => `${region}${letter}`),
                clusterMembers: [],
                masterUserSecrets: masterUserSecrets("cluster", made),
                port: inputs.number("port") ?? (inputs.text("engine") === "aurora-mysql" ? 3306 : 5432),
            };
        },
        updates: (update) => ({
            engineVersionActual: actual(update.inputs.text("engineVersion")),
            masterUserSecrets: masterUserSecrets("cluster", update),
        }),
        sideEffects: (made) => keptMasterSecret("cluster", made),
        cascadeDelete: ({ entity, all }) => masterSecretsOf("cluster", entity.id, all),
        name: "clusterIdentifier",
        exists: "DBClusterAlreadyExistsFault",
        refersTo: {
            dbSubnetGroupName: SUBNET_GROUP,
            dbClusterParameterGroupName: CLUSTER_PARAMETER_GROUP,
            dbInstanceParameterGroupName: { type: PARAMETER_GROUP, weak: true },
            vpcSecurityGroupIds: SECURITY_GROUP,
            kmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            performanceInsightsKmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            masterUserSecretKmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            monitoringRoleArn: { type: ROLE, weak: true },
        },
        rejects: [...clusterRejections, ...managedPasswordRejections("masterPassword"), ...clusterRestoreRejections],
        offered: [databaseVersionOffered],
        conflicts: [...clusterConflicts, ...monitoringConflicts, ...clusterRestoreConflicts],
        updateErrors: clusterUpdateErrors,
        ...deletionRules({
            protectedAs: "Cluster",
            snapshot: {
                type: CLUSTER_SNAPSHOT,
                called: "cluster snapshot",
                exists: "DBClusterSnapshotAlreadyExistsFault",
            },
        }),
        notFound: "DBClusterNotFoundFault",
        // A cluster is deleted after its servers: "it still contains DB instances in non-deleting state".
        inUse: "InvalidDBClusterStateFault",
    },
    [CLUSTER_INSTANCE]: {
        id: ({ inputs }) => inputs.text("identifier"),
        outputs: (made) => {
            const { id, inputs, region, partition, dnsSuffix, accountId, hex, all } = made;
            const cluster = clusterOf(made)?.outputs ?? {};
            const hosts =
                String(cluster.endpoint ?? "").split(".cluster-")[1] ?? `${hex(12)}.${region}.rds.${dnsSuffix}`;
            const others = all(CLUSTER_INSTANCE).filter(
                (other) => other.inputs.clusterIdentifier === inputs.text("clusterIdentifier"),
            );
            return {
                ...serverVersion(made),
                arn: `arn:${partition}:rds:${region}:${accountId}:db:${id}`,
                dbiResourceId: `db-${hex(26).toUpperCase()}`,
                endpoint: `${id}.${hosts}`,
                port: Number(cluster.port ?? 5432),
                kmsKeyId: cluster.kmsKeyId ?? "",
                networkType: "IPV4",
                storageEncrypted: cluster.storageEncrypted ?? false,
                writer: others.length === 0,
                availabilityZone: inputs.text("availabilityZone") || `${region}a`,
                dbSubnetGroupName: cluster.dbSubnetGroupName ?? "default",
            };
        },
        updates: serverVersion,
        name: "identifier",
        namesOf: INSTANCE,
        exists: "DBInstanceAlreadyExists",
        refersTo: {
            clusterIdentifier: CLUSTER,
            dbParameterGroupName: PARAMETER_GROUP,
            monitoringRoleArn: { type: ROLE, weak: true },
            performanceInsightsKmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
        },
        rejects: serverRejections,
        offered: [...databaseClassOffered, databaseVersionOffered, zoneOffered("availabilityZone")],
        conflicts: [...serverConflicts, ...monitoringConflicts],
        updateErrors: serverUpdateErrors,
        notFound: "DBInstanceNotFound",
        inUse: "InvalidDBInstanceState",
    },
};
