import { configMapName, fingerprint, secretNames } from "./application-plan";
import type { MigrationSpec } from "./application-spec";
import type { DatabaseJob } from "./database-job";

/** The Job that brings the schema up to date, as the application's user, who owns what it makes. */
export function migrationJob(spec: MigrationSpec): DatabaseJob {
    return {
        name: "migrate",
        image: spec.image,
        command: spec.command,
        env: [],
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
