import type { SecretValue } from "../encryption";
import type { ApplicationArgs } from "./args";
import type { ExternalSecrets } from "./external-secrets";
import type { ApplicationNodes } from "./nodes";
import { secretNames } from "./plan";
import {
    cacheFields,
    cacheTemplate,
    databaseFields,
    databaseTemplate,
    databaseUrl,
    proxyTemplate,
} from "./secret-templates";

/** Creates the Kubernetes Secrets that services read, from the secrets of the application, the database and the cache. */
export function syncSecrets(
    externalSecrets: ExternalSecrets,
    application: SecretValue,
    { database, cache }: Pick<ApplicationArgs, "database" | "cache">,
): ApplicationNodes["externalSecrets"] {
    const fields = (of: SecretValue, names: readonly string[]) =>
        Object.fromEntries(names.map((field) => [field, { of, field }]));
    const synced: ApplicationNodes["externalSecrets"] = {
        application: externalSecrets.sync("application-secret", {
            name: secretNames.application,
            fields: { JWT_SECRET: { of: application, field: "jwtSecret" } },
        }),
    };
    if (database) {
        const { engine, clientEndpoints } = database;
        const { writer, reader } = clientEndpoints;
        const readerUrl = reader.host.apply((host) => databaseUrl(engine, `${host}:${reader.port}`));
        synced.database = externalSecrets.sync("database-secret", {
            name: secretNames.database,
            fields: fields(database.credentials.application, databaseFields),
            template: {
                ...databaseTemplate(engine),
                ...(database.proxyEndpoint && proxyTemplate(engine, writer)),
                DATABASE_READER_URL: readerUrl,
            },
        });
    }
    if (cache) {
        const hasUser = cache.userName !== undefined;
        synced.cache = externalSecrets.sync("cache-secret", {
            name: secretNames.cache,
            fields: fields(cache.credentials, cacheFields(hasUser)),
            template: cacheTemplate(hasUser),
        });
    }
    return synced;
}
