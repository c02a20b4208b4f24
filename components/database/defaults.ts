import { defaultsOf, type Given, type TierName } from "../settings";
import { hasInsights, isAurora } from "./engines/engines";
import { connectionsCarried } from "./parameters/parameters";
import { type DatabaseSpec, databaseSettings } from "./spec";

type GivenDatabase = Given<typeof databaseSettings>;

/** A spec of defaults and of what was given, with the defaults that depend on the engine, the class and other settings. */
export function completeDatabase(spec: DatabaseSpec, given: GivenDatabase, tier: TierName): DatabaseSpec {
    const sized = isAurora(spec.engine) ? aurora(spec, given) : instance(spec, given, tier);
    // Of the tier's connections and insights, an instance class gets what it has room for.
    const most = connectionsCarried(sized) ?? sized.maxConnections;
    return {
        ...sized,
        maxConnections: given.maxConnections ?? Math.min(sized.maxConnections, most),
        insights: given.insights ?? (hasInsights(sized) ? sized.insights : "off"),
    };
}

/** Another kind of storage than the tier's has none of the tier's IOPS. */
function instance(spec: DatabaseSpec, given: GivenDatabase, tier: TierName): DatabaseSpec {
    const { storageType } = defaultsOf(databaseSettings, { tier });
    const keepsIops = given.iops !== undefined || spec.storageType === storageType;
    return keepsIops ? spec : { ...spec, iops: undefined };
}

/** A serverless capacity brings its class; and readers get of the tier's autoscaling what their number leaves room for. */
function aurora(spec: DatabaseSpec, given: GivenDatabase): DatabaseSpec {
    const { readReplicas, readerAutoscaling } = spec;
    const room = readReplicas > 0 && readReplicas < (readerAutoscaling?.maximumReaders ?? 0);
    return {
        ...spec,
        instanceClass: given.instanceClass ?? (spec.serverlessCapacity ? "db.serverless" : spec.instanceClass),
        readerAutoscaling: given.readerAutoscaling || room ? readerAutoscaling : undefined,
    };
}
