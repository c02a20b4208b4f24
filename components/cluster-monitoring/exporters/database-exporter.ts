import * as pulumi from "@pulumi/pulumi";
import { authoritiesData, authoritiesFolder, authoritiesPath } from "../../application/roles-job";
import { type Database, type Dialect, dialectOf, isAurora } from "../../database";
import type { SecretValue } from "../../encryption";
import type { ClusterMonitoringSpec } from "../spec";
import { exporterImages } from "../versions";
import { fromCredentials } from "./credentials-secret";
import type { ExporterSpec } from "./exporter-spec";

/** A database, as far as its exporter depends on it. */
export type MonitoredDatabase = Pick<Database, "engine" | "primaryAddress" | "port" | "databaseName" | "authorities">;

type Settings = Pick<ClusterMonitoringSpec, "statementTimes">;
type Build = (database: MonitoredDatabase, user: SecretValue, settings: Settings) => ExporterSpec;

const fields = { username: "username", password: "password" };

/** Collectors of PostgreSQL's exporter that ask what Aurora has no answer to: it keeps no write-ahead log of its own. */
const notOfAurora = ["--no-collector.wal", "--no-collector.replication_slots", "--no-collector.stat_archiver"];

/**
 * The exporter of PostgreSQL: of the writer, as the user who monitors.
 * @see https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/README.md
 */
const postgres: Build = ({ engine, primaryAddress, port, databaseName, authorities }, user, { statementTimes }) => {
    const name = "postgres-exporter";
    const tls = authorities === undefined ? "sslmode=require" : `sslmode=verify-full&sslrootcert=${authoritiesPath}`;
    return {
        ...{ name, ...exporterImages.postgres, probePath: "/", files: authorityFiles(authorities) },
        arguments: [
            ...(statementTimes ? ["--collector.stat_statements", "--collector.stat_statements.limit=100"] : []),
            ...(isAurora(engine) ? notOfAurora : []),
        ],
        environment: [
            {
                name: "DATA_SOURCE_URI",
                value: pulumi.interpolate`${primaryAddress}:${port}/${databaseName}?${tls}`,
            },
            fromCredentials(name, "DATA_SOURCE_USER", "username"),
            fromCredentials(name, "DATA_SOURCE_PASS", "password"),
        ],
        credentials: { of: user, fields },
    };
};

const clientFolder = "/client";
const clientFile = "client.cnf";

/**
 * The exporter of MySQL: of the writer, as the user who monitors.
 * @see https://github.com/prometheus/mysqld_exporter/blob/v0.20.0/README.md
 */
const mysql: Build = ({ primaryAddress, port, authorities }, user, { statementTimes }) => {
    const name = "mysqld-exporter";
    return {
        ...{ name, ...exporterImages.mysql, probePath: "/" },
        arguments: [
            pulumi.interpolate`--mysqld.address=${primaryAddress}:${port}`,
            "--mysqld.username=$(MYSQLD_USER)",
            // The connection is encrypted either way.
            authorities === undefined ? "--tls.insecure-skip-verify" : `--config.my-cnf=${clientFolder}/${clientFile}`,
            "--collect.info_schema.processlist",
            ...(statementTimes
                ? ["--collect.perf_schema.eventsstatements", "--collect.perf_schema.eventsstatements.limit=100"]
                : []),
        ],
        environment: [
            fromCredentials(name, "MYSQLD_USER", "username"),
            fromCredentials(name, "MYSQLD_EXPORTER_PASSWORD", "password"),
        ],
        credentials: { of: user, fields },
        files: {
            ...authorityFiles(authorities),
            ...(authorities !== undefined && {
                [clientFolder]: { [clientFile]: `[client]\nssl-ca = ${authoritiesPath}\n` },
            }),
        },
    };
};

const byDialect: Record<Dialect, Build> = { postgres, mysql };

/** The exporter of a database, which logs in as `user`. */
export function databaseExporter(database: MonitoredDatabase, user: SecretValue, settings: Settings): ExporterSpec {
    return byDialect[dialectOf(database.engine)](database, user, settings);
}

function authorityFiles(authorities: string | undefined): ExporterSpec["files"] {
    return authorities === undefined ? {} : { [authoritiesFolder]: authoritiesData(authorities) };
}
