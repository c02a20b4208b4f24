import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Database, type DatabaseEngine, type Dialect, dialectOf } from "../database";
import type { SecretValue } from "../encryption";
import { fromSecret } from "../kubernetes/restricted-pod";
import type { DatabaseJob } from "./database-job";
import type { SyncedSecret } from "./external-secrets";
import { secretNames } from "./plan";

type EnvVar = k8s.types.input.core.v1.EnvVar;

const scriptFolder = "/scripts";
/** Where containers have the certificates of the database's authorities. */
export const authoritiesFolder = "/authorities";
const authoritiesFile = "authorities.pem";
/** The file with those certificates. */
export const authoritiesPath = `${authoritiesFolder}/${authoritiesFile}`;

/** What differs from engine to engine. */
interface RolesEngine {
    shell: string;
    /** The scripts, the first of which is run. */
    scripts: [string, ...string[]];
    /** A user of the image that is not root. Any would do; this one is in its list of users. */
    userId: number;
    /** The connection as the scripts want it: the master user's. */
    connection(of: ConnectionValues): EnvVar[];
}

interface ConnectionValues {
    host: pulumi.Input<string>;
    port: number;
    database: string;
    /** A variable from the Job's own Secret. */
    secret(name: string, key: string): EnvVar;
    /** Whether the server's certificate is checked. */
    verify: boolean;
}

const engines: Record<Dialect, RolesEngine> = {
    postgres: {
        shell: "sh",
        scripts: ["postgres.sh", "postgres-roles.sql", "postgres-reader.sql", "postgres-monitoring.sql"],
        userId: 70,
        connection: ({ host, port, database, secret, verify }) => [
            { name: "PGHOST", value: host },
            { name: "PGPORT", value: String(port) },
            { name: "PGDATABASE", value: database },
            { name: "PGCONNECT_TIMEOUT", value: "10" },
            { name: "PGSSLMODE", value: verify ? "verify-full" : "require" },
            ...(verify ? [{ name: "PGSSLROOTCERT", value: authoritiesPath }] : []),
            secret("PGUSER", "masterUser"),
            secret("PGPASSWORD", "masterPassword"),
        ],
    },
    mysql: {
        shell: "bash",
        scripts: ["mysql.sh"],
        userId: 999,
        connection: ({ host, port, database, secret, verify }) => [
            { name: "HOST", value: host },
            { name: "PORT", value: String(port) },
            { name: "DATABASE", value: database },
            { name: "SSL_MODE", value: verify ? "VERIFY_IDENTITY" : "REQUIRED" },
            ...(verify ? [{ name: "CA_FILE", value: authoritiesPath }] : []),
            secret("MASTER_USER", "masterUser"),
            secret("MASTER_PASSWORD", "masterPassword"),
        ],
    },
};

/** The scripts that make an engine's users, by file name. */
export function roleScripts(engine: DatabaseEngine): Record<string, string> {
    // By the package and not by this file: the program runs as one bundle, which has another place.
    const folder = path.dirname(createRequire(__filename).resolve("@plinth/components/package.json"));
    const read = (file: string) => readFileSync(path.join(folder, "application", "roles", file), "utf8");
    return Object.fromEntries(engines[dialectOf(engine)].scripts.map((file) => [file, read(file)]));
}

/** The entries of the ConfigMap with the certificates of the database's authorities. */
export function authoritiesData(authorities: string): Record<string, string> {
    return { [authoritiesFile]: authorities };
}

/** The credentials of the users, the master among them, and of the one who monitors the database where there is one. */
export type RoleCredentials = Required<Database["credentials"]> & { monitoring?: SecretValue };

/** The fields of the users' secrets that the Job is given. */
export function roleFields({ master, application, readOnly, monitoring }: RoleCredentials): SyncedSecret["fields"] {
    return {
        masterUser: { of: master, field: "username" },
        masterPassword: { of: master, field: "password" },
        applicationUser: { of: application, field: "username" },
        applicationPassword: { of: application, field: "password" },
        readOnlyUser: { of: readOnly, field: "username" },
        readOnlyPassword: { of: readOnly, field: "password" },
        ...(monitoring && {
            monitoringUser: { of: monitoring, field: "username" },
            monitoringPassword: { of: monitoring, field: "password" },
        }),
    };
}

export interface RolesJobArgs {
    database: Pick<Database, "engine" | "primaryAddress" | "port" | "databaseName">;
    image: string;
    /** The Kubernetes Secret with the fields of {@link roleFields}. */
    secret: pulumi.Input<string>;
    /** The ConfigMap with the scripts. */
    scripts: string;
    /** The ConfigMap with the certificates of the database's authorities, if the server's is to be checked. */
    authorities: string | undefined;
    /** Whether there is a user who monitors the database. */
    monitoring: boolean;
}

/**
 * The Job that makes the application's, the read-only and the monitoring user, or brings them into step with their secrets. Until the
 * published secret holds the new password too it fails and is tried again, for six minutes.
 */
export function rolesJob({ database, image, secret, scripts, authorities, monitoring }: RolesJobArgs): DatabaseJob {
    const engine = engines[dialectOf(database.engine)];
    const fromOwn = (name: string, key: string) => fromSecret(name, secret, key);
    return {
        name: "make-roles",
        image,
        command: [engine.shell, `${scriptFolder}/${engine.scripts[0]}`],
        env: [
            ...engine.connection({
                host: database.primaryAddress,
                port: database.port,
                database: database.databaseName,
                secret: fromOwn,
                verify: authorities !== undefined,
            }),
            fromOwn("APPLICATION_USER", "applicationUser"),
            fromOwn("APPLICATION_PASSWORD", "applicationPassword"),
            fromOwn("READ_ONLY_USER", "readOnlyUser"),
            fromOwn("READ_ONLY_PASSWORD", "readOnlyPassword"),
            ...(monitoring
                ? [fromOwn("MONITORING_USER", "monitoringUser"), fromOwn("MONITORING_PASSWORD", "monitoringPassword")]
                : []),
            fromSecret("PUBLISHED_PASSWORD", secretNames.database, "DATABASE_PASSWORD"),
        ],
        files: { [scriptFolder]: scripts, ...(authorities !== undefined && { [authoritiesFolder]: authorities }) },
        userId: engine.userId,
        // Kubernetes waits 10, 20, 40, ... seconds between tries.
        retries: 6,
        timeoutSeconds: 900,
    };
}
