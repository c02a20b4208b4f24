import { type ApplicationSpec, applicationProblems, dialectOf, type Problem } from "@plinth/components";
import { databaseClientImages } from "./defaults";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** What a stack's workloads share, over its tier's. */
export function applicationOf(settings: Settings, tier: Tier): ApplicationSpec {
    const { migration, services: _services, ingress: _ingress, ...own } = settings.workloads ?? {};
    return {
        ...tier.application,
        databaseClientImage: databaseClientImages[dialectOf(settings.database?.engine ?? tier.database.engine)],
        ...own,
        ...(migration && { migration: { image: "", command: [], ...tier.migration, ...migration } }),
    };
}

export function applicationSettingProblems({ application, database }: PlatformSpec): Problem[] {
    if (!application) return [];
    return applicationProblems(settingName(["workloads"]), application, { database: database !== undefined });
}
