import type { Database } from "../database";
import { fromSecret } from "../kubernetes/restricted-pod";
import type { DatabaseJob } from "./database-job";
import { configMapName, fingerprint, secretNames } from "./plan";
import { serverUrl } from "./secret-templates";
import type { MigrationSpec } from "./spec";

/**
 * The Job that updates the schema, as the application's user, who owns what it creates. Where services use a proxy, it uses the
 * server itself: migrations hold locks and settings for longer than a transaction.
 */
export function migrationJob(
    spec: MigrationSpec,
    behindProxy?: Pick<Database, "primaryAddress" | "port">,
    secretConfigurationName?: string,
): DatabaseJob {
    return {
        name: "migrate",
        image: spec.image,
        command: spec.command,
        env: behindProxy
            ? [
                  { name: "DATABASE_HOST", value: behindProxy.primaryAddress },
                  { name: "DATABASE_PORT", value: String(behindProxy.port) },
                  fromSecret("DATABASE_URL", secretNames.database, serverUrl),
              ]
            : [],
        envFrom: [
            { configMapRef: { name: configMapName } },
            ...(secretConfigurationName ? [{ secretRef: { name: secretConfigurationName } }] : []),
            { secretRef: { name: secretNames.database } },
        ],
        userId: spec.userId,
        retries: spec.retries,
        timeoutSeconds: spec.timeoutSeconds,
    };
}

/** The Job's name, which changes with everything that defines what is run. */
export function migrationName(spec: MigrationSpec): string {
    return `migrate-${fingerprint(spec)}`;
}
