import type { DatabaseSpec, NetworkSpec, QueueSpec } from "@plinth/components";
import { databaseOf } from "../stacks/databases";
import { networkOf } from "../stacks/networks";
import { type Tier, tiers } from "../stacks/tiers";
import type { CommonArgs, DatabaseArgs, NetworkArgs, QueueArgs } from "./args";

/* The settings of a component, with the tier's in the place of what was left out, as in a stack of the platform. */

export function networkSpec({ dataPorts: _, ...args }: NetworkArgs): NetworkSpec {
    return networkOf({ network: settingsOf(args) }, tierOf(args)).network;
}

export function databaseSpec({ network: _, clients: __, ...args }: DatabaseArgs): DatabaseSpec {
    return databaseOf({ database: settingsOf(args) }, tierOf(args));
}

export function queueSpec({ senders: _, consumers: __, ...args }: QueueArgs): QueueSpec {
    return { ...tierOf(args).queue, ...settingsOf(args) };
}

/** Whether what holds data is protected unless it is said otherwise. */
export function protectsByDefault(args: CommonArgs): boolean {
    return tierOf(args).protect;
}

function settingsOf<Args extends CommonArgs>({ tier, namePrefix, tags, protect, ...settings }: Args) {
    return settings;
}

function tierOf({ tier = "dev" }: CommonArgs): Tier {
    return tiers[tier];
}
