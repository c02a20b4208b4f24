import { type CacheEngine, type DatabaseEngine, facts, type Support } from "./data";

/** What AWS supports of a major version: without extra charge, for one (`extended`), or no longer. */
export type SupportState = "standard" | "extended" | "ended";

/** The build of an engine of RDS: one that it creates, one that it has withdrawn, or none. A major version stands for its builds. */
export function findDatabaseVersion(engine: DatabaseEngine, version: string): "available" | "deprecated" | "unlisted" {
    const { available, deprecated } = facts("databases").versions[engine];
    if (isNamed(version, available)) return "available";
    return isNamed(version, deprecated) ? "deprecated" : "unlisted";
}

/** The builds of an engine of RDS that are created, oldest first. */
export function databaseVersions(engine: DatabaseEngine): readonly string[] {
    return facts("databases").versions[engine].available;
}

/** RDS completes a version to the newest build that begins with it. */
function isNamed(version: string, builds: readonly string[]): boolean {
    return builds.some((build) => build === version || build.startsWith(`${version}.`));
}

/** The major versions of an engine of RDS that it creates, oldest first, as they are supported on the day of the facts. */
export function databaseMajors(engine: DatabaseEngine, state: SupportState): string[] {
    return Object.keys(facts("support").versions[engine])
        .filter((major) => findDatabaseVersion(engine, major) === "available")
        .filter((major) => databaseSupport(engine, major).state === state);
}

/** The versions of an engine of ElastiCache, oldest first. */
export function cacheVersions(engine: CacheEngine): readonly string[] {
    return facts("caches").versions[engine];
}

export interface Supported extends Support {
    state: SupportState;
}

/** How RDS supports a major version, on the day of the facts unless another is given. */
export function databaseSupport(engine: DatabaseEngine, major: string, day?: string): Supported {
    return supported(facts("support").versions[engine][major], day);
}

/** How EKS supports a version of Kubernetes, on the day of the facts unless another is given. */
export function kubernetesSupport(version: string, day?: string): Supported {
    return supported(facts("support").versions.kubernetes[version], day);
}

/** The versions of Kubernetes in a state of support, oldest first, on the day of the facts unless another is given. */
export function kubernetesVersions(state: SupportState, day?: string): string[] {
    const versions = Object.keys(facts("support").versions.kubernetes);
    return versions.filter((version) => kubernetesSupport(version, day).state === state);
}

function supported(support: Support | undefined, day = facts("support").origin.takenOn): Supported {
    if (!support) return { state: "ended" };
    const until = (end: string | undefined) => end === undefined || day <= end;
    if (until(support.standardUntil)) return { ...support, state: "standard" };
    const extended = support.extendedUntil !== undefined && until(support.extendedUntil);
    return { ...support, state: extended ? "extended" : "ended" };
}
