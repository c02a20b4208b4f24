import { type CacheSpec, cacheProblems, type Problem, problemAt } from "@plinth/components";
import { applicationOf, applicationSettingProblems } from "./applications";
import { backupOf, backupSettingProblems } from "./backups";
import { clusterOf, clusterSettingProblems } from "./clusters";
import { databaseOf, databaseSettingProblems } from "./databases";
import { cacheEngineVersions } from "./defaults";
import { networkOf, networkSettingProblems } from "./networks";
import { queueSettingProblems, queuesOf } from "./queues";
import { restoredCacheOf, restoredDatabaseOf, restoredStoreProblems } from "./restored";
import type { Settings } from "./schema";
import { platformServicesProblems, servicesOf } from "./services";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import { tagProblems, tagsOf } from "./tags";
import { type Tier, type TierName, tiers } from "./tiers";

/** Which stack of which project in which region. */
export interface StackIdentity {
    project: string;
    stack: string;
    region: string;
}

/** The settings over the defaults of a tier. */
export function resolve(
    settings: Settings,
    without: Set<string>,
    tierName: TierName,
    stack: StackIdentity,
): PlatformSpec {
    const tier = tiers[tierName];
    return {
        tier: tierName,
        region: stack.region,
        accountId: settings.account?.id,
        platform: {
            namePrefix: `${stack.project}-${stack.stack}`,
            tags: tagsOf(settings.tags ?? {}, { ...stack, tier: tierName }),
            protect: settings.protect ?? tier.protect,
        },
        ...networkOf(settings, tier),
        database: without.has("database") ? undefined : databaseOf(settings, tier),
        restoredDatabase: without.has("database") ? undefined : restoredDatabaseOf(settings),
        backup: backupOf(settings, tier),
        cache: without.has("cache") ? undefined : cacheOf(settings, tier),
        restoredCache: without.has("cache") ? undefined : restoredCacheOf(settings),
        ...(without.has("cluster") ? {} : clusterOf(settings, tier)),
        queues: queuesOf(settings, tier),
        application: without.has("cluster") ? undefined : applicationOf(settings, tier),
        ...servicesOf(settings, tier),
    };
}

/** All that is wrong with a platform, each problem under the name of the setting that mends it. */
export function platformProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    return [
        ...accountProblems(spec),
        ...tagProblems(settings.tags ?? {}),
        ...networkSettingProblems(spec, settings),
        ...databaseSettingProblems(spec),
        ...backupSettingProblems(spec),
        ...(spec.cache ? cacheProblems(settingName(["cache"]), spec.cache) : []),
        ...restoredStoreProblems(spec),
        ...clusterSettingProblems(spec),
        ...queueSettingProblems(spec),
        ...applicationSettingProblems(spec),
        ...platformServicesProblems(spec, settings),
    ];
}

function cacheOf(settings: Settings, tier: Tier): CacheSpec {
    const { restored: _, ...own } = settings.cache ?? {};
    return { ...tier.cache, engineVersion: cacheEngineVersions[own.engine ?? tier.cache.engine], ...own };
}

function accountProblems({ accountId }: PlatformSpec): Problem[] {
    if (accountId === undefined || /^\d{12}$/.test(accountId)) return [];
    return [
        problemAt(
            settingName(["account", "id"]),
            `"${accountId}" is not the number of an account; give its twelve digits in quotes`,
        ),
    ];
}
