import { type DatabaseOrigin, planDataStores, type Restored, type RestoredSpec } from "@plinth/components";
import type * as pulumi from "@pulumi/pulumi";

/** The data stores of a kind, as far as they exist. */
export interface DataStores<Store> {
    /** The one in service. */
    serving: Store;
    /** The other one, before the restored one is in service and, where the original is kept, after. */
    standby?: Store;
}

/** How the data stores of a kind are made. `original` is the one that was made before, for the restored one to be made from. */
export interface DataStoreFactory<Store, Origin> {
    create(name: string, restored: Restored<Origin> | undefined, original: Store | undefined): Store;
    /** Makes what outlives a deleted one. */
    createTombstone?(name: string): void;
}

/** Makes the data stores that `kind` comes to: the living one and, beside it, a restored one. */
export function createDataStores<Store, Origin>(
    kind: string,
    spec: RestoredSpec<Origin> | undefined,
    factory: DataStoreFactory<Store, Origin>,
): DataStores<Store> {
    const made: Partial<Record<"serving" | "standby", Store>> = {};
    for (const { name, role, restored } of planDataStores(kind, spec)) {
        if (role === "deleted") factory.createTombstone?.(name);
        else made[role] = factory.create(name, restored, made.serving ?? made.standby);
    }
    const { serving, standby } = made;
    if (!serving) throw new Error(`no ${kind} is in service`);
    return { serving, standby };
}

/** A restore to a point in time that names no source is one of the original's. */
export function fromOriginal(
    restored: Restored<DatabaseOrigin> | undefined,
    original: pulumi.Input<string> | undefined,
): Restored<DatabaseOrigin<pulumi.Input<string>>> | undefined {
    const { restoreFrom } = restored ?? {};
    if (!restoreFrom?.pointInTime) return restored;
    return { restoreFrom: { ...restoreFrom, source: restoreFrom.source ?? original } };
}
