import {
    type Creation,
    type Inputs,
    malformed,
    outside,
    type Rejection,
    type ResourceType,
    unlisted,
} from "../../resource-type";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { KEY } from "../kms/key";
import { databaseClassOffered, databaseVersionOffered, familyOffered, zoneOffered } from "../offered";
import { instanceFamilies } from "./engine-version";
import { INSTANCE, instanceUpdateErrors, PARAMETER_GROUP } from "./instance-change";
import { restoreConflicts, restoredOutputs, restoreRejections, SNAPSHOT } from "./instance-snapshot";
import {
    keptMasterSecret,
    managedPasswordConflicts,
    managedPasswordOfInstance,
    masterSecretsOf,
    masterUserSecrets,
} from "./managed-password";
import { monitoringConflicts, monitoringRejections } from "./monitoring";
import { instanceParameterRejections, parameterRejections } from "./parameter";
import { deletionRules, rdsRejections } from "./shared-rule";
import { storageRejections } from "./storage";
import { WEEKLY_WINDOW, WINDOW, windowsMustNotOverlap } from "./window";

export const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";

const instanceRules: Rejection<Inputs>[] = [
    unlisted("engine", ["postgres", "mysql"]),
    {
        code: "InvalidParameterValue",
        at: "password",
        when: (inputs) => inputs.has("password") && !/^[!#-.0-?A-~]{8,128}$/.test(inputs.text("password")),
        say: () =>
            "The parameter MasterUserPassword is not a valid password: 8 to 128 printable ASCII characters besides '/', '@', '\"' and ' '.",
    },
    {
        code: "InvalidParameterValue",
        at: "username",
        when: (inputs) =>
            inputs.has("username") &&
            ((inputs.text("engine") === "postgres" ? /^(rdsadmin|admin|postgres_admin|public)$/i : /^rdsadmin$/i).test(
                inputs.text("username"),
            ) ||
                !/^[A-Za-z]\w{0,62}$/.test(inputs.text("username"))),
        say: (inputs) =>
            `MasterUsername ${inputs.text("username")} cannot be used as it is a reserved word used by the engine, or has other than letters, digits and _`,
    },
    malformed("dbName", /^[A-Za-z]\w{0,62}$/, "a letter first, then letters, digits and _"),
    outside("backupRetentionPeriod", 0, 35),
    malformed("backupWindow", WINDOW, "hh24:mi-hh24:mi, in UTC"),
    malformed("maintenanceWindow", WEEKLY_WINDOW, "ddd:hh24:mi-ddd:hh24:mi, in UTC"),
    windowsMustNotOverlap("backupWindow", "maintenanceWindow"),
    ...rdsRejections,
    ...storageRejections,
    ...monitoringRejections,
    ...managedPasswordOfInstance,
    ...restoreRejections,
];

/** The source of a replica: given by its identifier, or by its ARN where it is in another region. */
function source({ inputs, find }: Creation) {
    return find(INSTANCE, inputs.text("replicateSourceDb"));
}

export const rds: Record<string, ResourceType> = {
    [SUBNET_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, inputs, find, region, accountId, partition }) => ({
            arn: `arn:${partition}:rds:${region}:${accountId}:subgrp:${id}`,
            vpcId: find(SUBNET, inputs.texts("subnetIds")[0] ?? "")?.outputs.vpcId ?? "",
            supportedNetworkTypes: ["IPV4"],
        }),
        name: "name",
        exists: "DBSubnetGroupAlreadyExists",
        refersTo: { subnetIds: SUBNET },
        rejects: [malformed("name", /^[a-z0-9._ -]{1,255}$/, "up to 255 lower-case letters, digits and ._- ")],
        conflicts: [
            {
                code: "DBSubnetGroupDoesNotCoverEnoughAZs",
                at: "subnetIds",
                when: ({ inputs, find }) =>
                    new Set(inputs.texts("subnetIds").map((id) => find(SUBNET, id)?.outputs.availabilityZone)).size < 2,
                say: () =>
                    "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Cover at least 2 AZs.",
            },
        ],
        notFound: "DBSubnetGroupNotFoundFault",
        inUse: "InvalidDBSubnetGroupStateFault",
    },
    [PARAMETER_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:rds:${region}:${accountId}:pg:${id}`,
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
            ...instanceParameterRejections,
        ],
        offered: [familyOffered(instanceFamilies, "databases")],
        notFound: "DBParameterGroupNotFound",
        inUse: "InvalidDBParameterGroupState",
    },
    [INSTANCE]: {
        id: ({ hex }) => `db-${hex(26).toUpperCase()}`,
        outputs: (made) => {
            const { inputs, region, partition, dnsSuffix, accountId, hex, id } = made;
            const from = source(made) ?? { outputs: restoredOutputs(made) };
            const identifier = inputs.text("identifier");
            const address = `${identifier}.${hex(12)}.${region}.rds.${dnsSuffix}`;
            const engine = inputs.text("engine") || String(from.outputs.engine ?? "");
            const port = inputs.number("port") ?? Number(from.outputs.port ?? (engine === "mysql" ? 3306 : 5432));
            const version = inputs.text("engineVersion") || String(from.outputs.engineVersion ?? "");
            return {
                address,
                port,
                endpoint: `${address}:${port}`,
                arn: `arn:${partition}:rds:${region}:${accountId}:db:${identifier}`,
                engine,
                engineVersion: version,
                engineVersionActual: version.includes(".") ? version : `${version}.9`,
                hostedZoneId: "Z29XKXDKYMONMX",
                latestRestorableTime: "",
                listenerEndpoints: [],
                upgradeRolloutOrder: "second",
                masterUserSecrets: masterUserSecrets("db", made),
                replicas: [],
                resourceId: id,
                status: "available",
                availabilityZone: inputs.text("availabilityZone") || `${region}a`,
                allocatedStorage: inputs.number("allocatedStorage") ?? from.outputs.allocatedStorage ?? null,
                username: inputs.has("username") ? inputs.text("username") : (from.outputs.username ?? null),
                dbName: inputs.has("dbName") ? inputs.text("dbName") : (from.outputs.dbName ?? null),
                storageEncrypted: inputs.has("storageEncrypted")
                    ? inputs.flag("storageEncrypted")
                    : (from.outputs.storageEncrypted ?? false),
                kmsKeyId: inputs.text("kmsKeyId") || String(from.outputs.kmsKeyId ?? ""),
                multiAz: inputs.flag("multiAz"),
            };
        },
        name: "identifier",
        exists: "DBInstanceAlreadyExists",
        refersTo: {
            dbSubnetGroupName: SUBNET_GROUP,
            parameterGroupName: PARAMETER_GROUP,
            vpcSecurityGroupIds: SECURITY_GROUP,
            kmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            monitoringRoleArn: { type: ROLE, weak: true },
            performanceInsightsKmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            masterUserSecretKmsKeyId: { type: KEY, weak: true, notFound: "KMSKeyNotAccessibleFault" },
            replicateSourceDb: { type: INSTANCE, weak: true },
        },
        updates: (update) => ({ masterUserSecrets: masterUserSecrets("db", update) }),
        sideEffects: (made) => keptMasterSecret("db", made),
        cascadeDelete: ({ entity, all }) => masterSecretsOf("db", entity.id, all),
        rejects: instanceRules,
        offered: [...databaseClassOffered, databaseVersionOffered, zoneOffered("availabilityZone")],
        conflicts: [
            {
                code: "InvalidDBInstanceState",
                at: "replicateSourceDb",
                when: (creation) => Number(source(creation)?.outputs.backupRetentionPeriod ?? 1) === 0,
                say: () =>
                    "Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
            },
            ...monitoringConflicts,
            ...managedPasswordConflicts,
            ...restoreConflicts,
        ],
        updateErrors: instanceUpdateErrors,
        ...deletionRules({
            protectedAs: "DB Instance",
            snapshot: { type: SNAPSHOT, called: "snapshot", exists: "DBSnapshotAlreadyExists" },
        }),
        notFound: "DBInstanceNotFound",
        inUse: "InvalidDBInstanceState",
    },
};
