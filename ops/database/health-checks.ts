/** Something to look at in a living database. Each row of its query is something found. */
export interface HealthCheck {
    name: string;
    /** What to do where it is not well. */
    remedy: string;
    /** Returns `severity` and `finding`. */
    sql: string;
    /** An extension that it needs. */
    extension?: string;
}

/** The bounds are this program's own, chosen to be early; none is AWS's. */
export const healthChecks: HealthCheck[] = [
    {
        name: "connections",
        remedy: "look at the pools of the services, or give the database a larger class",
        sql: `SELECT CASE WHEN used > 0.9 * most THEN 'critical' WHEN used > 0.7 * most THEN 'warning' ELSE 'ok' END AS severity,
                format('%s of %s connections are used', used, most) AS finding
            FROM (SELECT count(*) AS used, current_setting('max_connections')::int AS most
                FROM pg_stat_activity WHERE backend_type = 'client backend') c`,
    },
    {
        name: "replication",
        remedy: "look at what the replica is doing, and whether its class is large enough",
        sql: `SELECT CASE WHEN lag > 300 THEN 'critical' WHEN lag > 30 THEN 'warning' ELSE 'ok' END AS severity,
                format('%s is %s seconds behind', name, round(lag)) AS finding
            FROM (SELECT coalesce(nullif(application_name, ''), client_addr::text, 'a replica') AS name,
                    coalesce(extract(epoch FROM replay_lag), 0) AS lag FROM pg_stat_replication) r`,
    },
    {
        name: "long transactions",
        remedy: "end it with pg_terminate_backend(<process>), and find out what leaves it open",
        sql: `SELECT CASE WHEN age > interval '1 hour' THEN 'critical' ELSE 'warning' END AS severity,
                format('process %s of %s has a transaction open for %s, now %s', pid, usename, date_trunc('second', age), state) AS finding
            FROM (SELECT *, now() - xact_start AS age FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) a
            WHERE age > interval '5 minutes' ORDER BY age DESC LIMIT 10`,
    },
    {
        name: "locks",
        remedy: "let the one that blocks finish, or end it with pg_terminate_backend(<process>)",
        sql: `SELECT CASE WHEN waits > interval '30 seconds' THEN 'critical' ELSE 'warning' END AS severity,
                format('process %s of %s has waited %s for process %s', pid, usename, date_trunc('second', waits),
                    array_to_string(pg_blocking_pids(pid), ', ')) AS finding
            FROM (SELECT *, clock_timestamp() - query_start AS waits FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0) w
            ORDER BY waits DESC LIMIT 10`,
    },
    {
        name: "wraparound",
        remedy: "find what holds back VACUUM (long transactions, replication slots), then VACUUM (FREEZE) the oldest tables",
        sql: `SELECT CASE WHEN age > 1500000000 THEN 'critical' WHEN age > 500000000 THEN 'warning' ELSE 'ok' END AS severity,
                format('the oldest transaction of %s is %s transactions old, of 2 billion', datname, age) AS finding
            FROM (SELECT datname, age(datfrozenxid) AS age FROM pg_database WHERE datname = current_database()) d`,
    },
    {
        name: "dead rows",
        remedy: "VACUUM (ANALYZE) the table, and lower its autovacuum_vacuum_scale_factor",
        sql: `SELECT 'warning' AS severity, format('%I.%I has %s dead rows beside %s living ones', schemaname, relname, n_dead_tup, n_live_tup) AS finding
            FROM pg_stat_user_tables WHERE n_dead_tup > 10000 AND n_dead_tup > 0.2 * n_live_tup ORDER BY n_dead_tup DESC LIMIT 10`,
    },
    {
        name: "invalid indexes",
        remedy: "DROP INDEX CONCURRENTLY it, and build it again",
        sql: `SELECT 'warning' AS severity, format('%s is invalid and slows writes down for nothing', indexrelid::regclass) AS finding
            FROM pg_index WHERE NOT indisvalid`,
    },
    {
        name: "slow statements",
        remedy: "EXPLAIN (ANALYZE, BUFFERS) it; look at its indexes",
        extension: "pg_stat_statements",
        sql: `SELECT 'warning' AS severity,
                format('%s ms on average over %s calls: %s', round(mean_exec_time), calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 200)) AS finding
            FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid AND datname = current_database()
            WHERE mean_exec_time > 1000 AND calls > 1 ORDER BY total_exec_time DESC LIMIT 10`,
    },
];
