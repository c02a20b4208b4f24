import {
    connectionsCarried,
    type DatabaseSpec,
    databaseProblems,
    hasInsights,
    isAurora,
    type Problem,
    problemAt,
} from "@plinth/components";
import { databaseEngines, databaseProxy, readerAutoscaling, serverlessCapacity } from "./defaults";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import { type Tier, tiers } from "./tiers";

type DatabaseSettings = Omit<NonNullable<Settings["database"]>, "restored">;

/** The database that a stack asks for, over its tier's. */
export function databaseOf(settings: Settings, tier: Tier): DatabaseSpec {
    const { restored: _, ...own } = settings.database ?? {};
    const engine = own.engine ?? tier.database.engine;
    const sized = isAurora(engine) ? clusterOf(own, tier) : instanceOf(own, tier);
    const spec: DatabaseSpec = { ...databaseEngines[engine], ...sized, proxy: undefined };
    // Of the tier's connections and insights, an instance class gets what it has room for.
    const most = connectionsCarried(spec) ?? spec.maxConnections;
    return {
        ...spec,
        maxConnections: own.maxConnections ?? Math.min(spec.maxConnections, most),
        insights: own.insights ?? (hasInsights(spec) ? spec.insights : "off"),
        proxy: own.proxy && { ...databaseProxy, ...own.proxy },
    };
}

function instanceOf(own: DatabaseSettings, tier: Tier) {
    // Another kind of storage than the tier's takes nothing of the tier's IOPS.
    const ownStorage = own.storageType !== undefined && own.storageType !== tier.database.storageType;
    return {
        ...tier.database,
        ...(ownStorage ? { iops: undefined } : {}),
        ...own,
        // An instance has neither, which the rules say.
        ...serverlessOf(own),
        readerAutoscaling: own.readerAutoscaling && { ...readerAutoscaling, ...own.readerAutoscaling },
    };
}

/** The tier's database without what only an instance has. */
function clusterOf(own: DatabaseSettings, { database, aurora }: Tier) {
    const { allocatedStorageGiB, maxAllocatedStorageGiB, iops, multiAz, blueGreenUpdates, ...common } = database;
    return {
        ...common,
        ...aurora,
        ...(own.serverlessCapacity ? { instanceClass: "db.serverless" } : {}),
        ...own,
        ...serverlessOf(own),
        readerAutoscaling: autoscalingOf(own, own.readReplicas ?? database.readReplicas, aurora),
    };
}

function serverlessOf({ serverlessCapacity: own }: DatabaseSettings) {
    return { serverlessCapacity: own && { ...serverlessCapacity, ...own } };
}

/** Of the tier's autoscaling, readers get what their number leaves room for. */
function autoscalingOf({ readerAutoscaling: own }: DatabaseSettings, readers: number, tier: Tier["aurora"]) {
    if (own) return { ...readerAutoscaling, ...own };
    const room = readers > 0 && readers < (tier.readerAutoscaling?.maximumReaders ?? 0);
    return room ? tier.readerAutoscaling : undefined;
}

export function databaseSettingProblems(spec: PlatformSpec): Problem[] {
    const { database, cluster, application } = spec;
    if (!database) return [];
    // RDS's own secret is no resource of the stack, so nothing in the cluster can be given it.
    const keptFromJobs = cluster && application && database.masterPassword === "managed";
    return [
        ...(keptFromJobs
            ? [
                  problemAt(
                      settingName(["database", "masterPassword"]),
                      "managed keeps the password from the Job that makes the users; give generated, or leave the cluster out",
                  ),
              ]
            : []),
        ...databaseProblems(settingName(["database"]), database),
        ...guardProblems(spec),
        ...rotationProblems(spec),
    ];
}

/** What AWS would take and the tier does not. */
function guardProblems({ tier, database }: PlatformSpec): Problem[] {
    const least = tiers[tier].guards.minimumBackupRetentionDays;
    if (!database || database.backupRetentionDays < 0 || database.backupRetentionDays >= least) return [];
    const at = settingName(["database", "backupRetentionDays"]);
    return [
        problemAt(
            at,
            `${database.backupRetentionDays} is under the ${least} that ${tier} keeps at least; give ${least} to 35`,
        ),
    ];
}

/** What rotates passwords calls Secrets Manager from a private subnet. */
function rotationProblems({ database, network, existingNetwork }: PlatformSpec): Problem[] {
    const way = network.natGateways !== "none" || network.interfaceEndpoints.includes("secretsmanager");
    if (!database || database.rotationDays === 0 || existingNetwork || way) return [];
    return [
        problemAt(
            settingName(["database", "rotationDays"]),
            `${database.rotationDays} needs a way to Secrets Manager from private subnets; give plinth:network.natGateways other than none, secretsmanager among plinth:network.interfaceEndpoints, or 0`,
        ),
    ];
}
