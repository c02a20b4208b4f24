import type { Dialect } from "../database";
import type { AlertRule } from "./alert-rule";
import type { ClusterMonitoringSpec } from "./spec";

const group = "database";

/** The alerts on a database, by what it speaks. The times of statements are alerted on only where they are read. */
export function databaseAlerts(spec: ClusterMonitoringSpec): Record<Dialect, AlertRule[]> {
    return { postgres: postgres(spec), mysql: mysql(spec) };
}

function postgres(spec: ClusterMonitoringSpec): AlertRule[] {
    return [
        unreachable("pg_up == 0"),
        connections(
            spec,
            `100 * sum by (instance) (pg_stat_database_numbackends) / max by (instance) (pg_settings_max_connections) > ${spec.databaseConnectionsPercent}`,
        ),
        lockWaits(
            spec,
            `sum by (datname) (pg_stat_activity_count{wait_event_type="Lock"}) > ${spec.lockWaitingSessions}`,
        ),
        {
            ...{ group, name: "DatabaseDeadlocks", severity: "warning", forMinutes: 0, runbook: "database-locks" },
            expression: "sum by (datname) (increase(pg_stat_database_deadlocks[15m])) > 0",
            summary: "transactions of {{ $labels.datname }} blocked each other, and one was cancelled",
            description: "The server's log has both statements. Take locks in the same order everywhere.",
        },
        {
            ...{
                group,
                name: "DatabaseTransactionOpen",
                severity: "warning",
                forMinutes: 2,
                runbook: "database-locks",
            },
            expression: `max by (datname, usename, state) (pg_stat_activity_max_tx_duration{state=~"active|idle in transaction.*"}) > ${spec.transactionSeconds}`,
            summary: `a transaction of {{ $labels.usename }} is open for more than ${spec.transactionSeconds} seconds`,
            description:
                "It keeps its locks, and keeps vacuum from its work. Find it in pg_stat_activity by xact_start.",
        },
        ...slowStatements(
            spec,
            "sum(rate(pg_stat_statements_seconds_total[5m])) / sum(rate(pg_stat_statements_calls_total[5m]))",
        ),
    ];
}

function mysql(spec: ClusterMonitoringSpec): AlertRule[] {
    return [
        unreachable("mysql_up == 0"),
        connections(
            spec,
            `100 * mysql_global_status_threads_connected / mysql_global_variables_max_connections > ${spec.databaseConnectionsPercent}`,
        ),
        lockWaits(spec, `mysql_global_status_innodb_row_lock_current_waits > ${spec.lockWaitingSessions}`),
        ...slowStatements(
            spec,
            "sum(rate(mysql_perf_schema_events_statements_seconds_total[5m])) / sum(rate(mysql_perf_schema_events_statements_total[5m]))",
        ),
    ];
}

function unreachable(expression: string): AlertRule {
    return {
        ...{ group, name: "DatabaseUnreachable", severity: "critical", forMinutes: 5, runbook: "database-unreachable" },
        ...{ expression, summary: "the cluster cannot log in to the database" },
        description:
            "The server, the way to it, or the password of the user monitoring. Services may be cut off too: look at theirs first.",
    };
}

function connections({ databaseConnectionsPercent }: ClusterMonitoringSpec, expression: string): AlertRule {
    return {
        ...{ group, name: "DatabaseConnectionsHigh", severity: "warning", forMinutes: 10 },
        ...{ expression, runbook: "database-connections" },
        summary: `more than ${databaseConnectionsPercent} % of the database's connections are in use`,
        description: "At 100 % nobody can connect. Find who holds them, and idle ones first.",
    };
}

function lockWaits({ lockWaitingSessions }: ClusterMonitoringSpec, expression: string): AlertRule {
    return {
        ...{ group, name: "DatabaseLockWaits", severity: "warning", forMinutes: 5, runbook: "database-locks" },
        ...{ expression, summary: `more than ${lockWaitingSessions} sessions wait for locks` },
        description: "One session holds what the others need. Find it, and end its transaction if it does nothing.",
    };
}

function slowStatements(spec: ClusterMonitoringSpec, seconds: string): AlertRule[] {
    const { statementTimes, statementMilliseconds } = spec;
    if (!statementTimes) return [];
    return [
        {
            ...{ group, name: "DatabaseStatementsSlow", severity: "warning", forMinutes: 15 },
            ...{ expression: `1000 * ${seconds} > ${statementMilliseconds}`, runbook: "database-statements-slow" },
            summary: `statements take more than ${statementMilliseconds} milliseconds on average`,
            description: "The dashboard Database shows which. A missing index, a lock, or a plan that changed.",
        },
    ];
}
