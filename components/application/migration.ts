import type { Database } from "../database";
import { fromSecret } from "../kubernetes/restricted-pod";
import type { DatabaseJob } from "./database-job";
import { configMapName, fingerprint, secretNames } from "./plan";
import { serverUrl } from "./secret-templates";
import type { MigrationSpec } from "./spec";

/**
 * The Job that brings the schema up to date, as the application's user, who owns what it makes. Where services are told of a
 * proxy, it is told of the server behind: migrations lock and set more than a transaction lasts.
 */
export function migrationJob(
    spec: MigrationSpec,
    behindProxy?: Pick<Database, "primaryAddress" | "port">,
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
        envFrom: [{ configMapRef: { name: configMapName } }, { secretRef: { name: secretNames.database } }],
        userId: spec.userId,
        retries: spec.retries,
        timeoutSeconds: spec.timeoutSeconds,
    };
}

/** The Job's name, another one for everything else that is to be run. */
export function migrationName(spec: MigrationSpec): string {
    return `migrate-${fingerprint(spec)}`;
}
