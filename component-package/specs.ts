import {
    completeDatabase,
    completeNetwork,
    type DatabaseSpec,
    databaseSettings,
    defaultsOf,
    type NetworkSpec,
    networkSettings,
    type QueueSpec,
    queueSettings,
    resolveSettings,
    type TierName,
    throwIfInvalid,
} from "@plinth/components";
import type { z } from "zod";
import { stackSettings } from "../stacks/stack-settings";
import type { CommonArgs, DatabaseArgs, NetworkArgs, QueueArgs } from "./args";

/* The settings of a component, with the tier's in the place of what was left out, as in a stack of the platform. */

export function networkSpec(name: string, { dataPorts: _, ...args }: NetworkArgs): NetworkSpec {
    const { spec, given } = resolve("Network", name, networkSettings, args);
    return completeNetwork(spec, given);
}

export function databaseSpec(name: string, { network: _, clients: __, ...args }: DatabaseArgs): DatabaseSpec {
    const { spec, given } = resolve("Database", name, databaseSettings, args);
    return completeDatabase(spec, given, tierOf(args));
}

export function queueSpec(name: string, { senders: _, consumers: __, ...args }: QueueArgs): QueueSpec {
    return resolve("Queue", name, queueSettings, args).spec;
}

/** Whether what holds data is protected where the program does not say it. */
export function protectsByDefault(args: CommonArgs): boolean {
    return defaultsOf(stackSettings.pick({ protect: true }), { tier: tierOf(args) }).protect;
}

/** @throws InvalidSpecError with everything that is wrong with the settings */
function resolve<Schema extends z.ZodObject>(kind: string, name: string, schema: Schema, args: CommonArgs) {
    const { tier: _, namePrefix: __, tags: ___, protect: ____, ...given } = args;
    const resolved = resolveSettings(schema, given, name, { tier: tierOf(args) });
    throwIfInvalid(`${kind} "${name}"`, resolved.problems);
    return resolved;
}

function tierOf({ tier = "dev" }: CommonArgs): TierName {
    return tier;
}
