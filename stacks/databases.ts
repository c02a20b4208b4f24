import { connectionsCarried, type DatabaseSpec, hasInsights, isAurora } from "@plinth/components";
import type { Settings } from "./schema";
import { databaseEngines, databaseProxy, readerAutoscaling, serverlessCapacity, type Tier } from "./tiers";

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
