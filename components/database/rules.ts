import type { Rule } from "../validation";
import { windowsOverlap } from "../windows";
import { auroraRules } from "./aurora/rules";
import { credentialRules } from "./credentials/rules";
import { dialectOf, engines, isAurora } from "./engines/engines";
import { isReservedDatabase } from "./engines/reserved-names";
import { engineRules, forClusters, forInstances, type PlacedDatabase } from "./engines/rules";
import { storageRules } from "./instances/storage";
import { monitoringRules } from "./monitoring/rules";
import { connectionsCarried } from "./parameters/parameters";
import { parameterRules } from "./parameters/rules";
import { proxyRules } from "./proxy/rules";
import type { DatabaseSpec } from "./spec";

/**
 * Old classes that can't encrypt their storage.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 */
const withoutEncryption = /^db\.((t1|m1|m2)\.|t2\.micro$)/;

/** The rules on what an instance's read replicas and its copies need. */
const replicaRules: Rule<DatabaseSpec>[] = [
    {
        at: "backupRetentionDays",
        when: ({ backupRetentionDays, readReplicas }) => backupRetentionDays === 0 && readReplicas > 0,
        say: ({ readReplicas }) =>
            `0 turns backups off, which ${readReplicas} read replicas need; give 1 to 35, or readReplicas: 0`,
    },
    {
        at: "blueGreenUpdates",
        when: ({ blueGreenUpdates, readReplicas }) => blueGreenUpdates === true && readReplicas > 0,
        say: ({ readReplicas }) =>
            `true is not for a database with ${readReplicas} read replicas; give false, or readReplicas: 0`,
    },
    {
        at: "blueGreenUpdates",
        when: ({ blueGreenUpdates, backupRetentionDays }) => blueGreenUpdates === true && backupRetentionDays === 0,
        say: () => "true needs backups, which are off; give false, or backupRetentionDays of 1 or more",
    },
];

export const databaseRules: Rule<PlacedDatabase>[] = [
    {
        at: "instanceClass",
        when: ({ engine, instanceClass }) => !isAurora(engine) && withoutEncryption.test(instanceClass),
        say: ({ instanceClass }) => `"${instanceClass}" can't encrypt its storage; give a newer one like db.t3.micro`,
    },
    ...engineRules,
    ...storageRules.map(forInstances),
    ...auroraRules.map(forClusters),
    {
        at: "databaseName",
        when: ({ engine, databaseName }) => isReservedDatabase(dialectOf(engine), databaseName),
        say: ({ engine, databaseName }) =>
            `"${databaseName}" is reserved by RDS or ${engines[engine].label}; give another, like app`,
    },
    {
        at: "maxConnections",
        when: (spec) => spec.maxConnections > (connectionsCarried(spec) ?? Number.POSITIVE_INFINITY),
        say: (spec) =>
            `${spec.maxConnections} is more than the ${connectionsCarried(spec)} that ${spec.instanceClass} carries; give ${connectionsCarried(spec)} or less, or ${spec.serverlessCapacity ? "more serverlessCapacity" : "a larger instanceClass"}`,
    },
    {
        at: "authorities",
        when: ({ authorities }) => authorities !== undefined && !holdsCertificate(authorities),
        say: () => "holds no certificate; give certificates in PEM, each from -----BEGIN CERTIFICATE----- on",
    },
    ...parameterRules,
    ...replicaRules.map(forInstances),
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow, backupWindow }) => windowsOverlap(maintenanceWindow, backupWindow),
        say: ({ maintenanceWindow, backupWindow }) =>
            `${maintenanceWindow} overlaps the backup window ${backupWindow}, which RDS refuses; move one of them`,
    },
    ...monitoringRules,
    ...credentialRules,
    ...proxyRules,
];

function holdsCertificate(pem: string): boolean {
    const begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
    return begin >= 0 && pem.indexOf("-----END CERTIFICATE-----", begin) > begin;
}
