import { closest, distance } from "fastest-levenshtein";
import type { DatabaseEngine } from "../database";
import type { ServicesSpec } from "../services";
import { listed, type Problem, problemAt } from "../validation";
import { secretNames } from "./plan";
import { cacheTemplate, databaseTemplate, serverUrl } from "./secret-templates";

/** What decides which Kubernetes Secrets there are. */
export interface SecretSources {
    database?: { engine: DatabaseEngine; proxy: boolean };
    cache?: { user: boolean };
}

/** The keys of each Kubernetes Secret that a platform makes, by its name; none for what the platform does not have. */
function secretKeys({ database, cache }: SecretSources): Record<string, string[]> {
    const ofDatabase = database && [
        ...Object.keys(databaseTemplate(database.engine)),
        "DATABASE_READER_URL",
        ...(database.proxy ? [serverUrl] : []),
    ];
    return {
        [secretNames.application]: ["JWT_SECRET"],
        [secretNames.database]: ofDatabase ?? [],
        [secretNames.cache]: cache ? Object.keys(cacheTemplate(cache.user)) : [],
    };
}

/**
 * All that services take from Kubernetes Secrets of the platform and these do not have. Other Secrets are somebody else's, but for a
 * name that is one of the platform's almost.
 */
export function secretUseProblems(
    where: string,
    services: ServicesSpec["services"],
    sources: SecretSources,
): Problem[] {
    const known = secretKeys(sources);
    return Object.entries(services).flatMap(([name, { secrets, secretFiles }]) => [
        ...Object.entries(secrets).flatMap(([variable, { secret, key }]) =>
            faults(`${where}.services.${name}.secrets.${variable}`, known, secret, key),
        ),
        ...Object.entries(secretFiles).flatMap(([path, secret]) =>
            faults(`${where}.services.${name}.secretFiles.${path}`, known, secret),
        ),
    ]);
}

function faults(at: string, known: Record<string, string[]>, secret: string, key?: string): Problem[] {
    const keys = known[secret];
    if (keys === undefined) {
        const near = closest(secret, Object.keys(known));
        if (distance(secret, near) > 2) return [];
        return [problemAt(at, `"${secret}" is not a Kubernetes Secret of the platform; did you mean ${near}?`)];
    }
    if (keys.length === 0) return [problemAt(at, `${secret} is not there, for the platform has none; leave it out`)];
    if (key === undefined || keys.includes(key)) return [];
    return [problemAt(at, `"${key}" is not a key of ${secret}; give ${listed(keys)}`)];
}
