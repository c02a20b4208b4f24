import type { DashboardSpec } from "./panel";

export const postgresDashboard: DashboardSpec = {
    uid: "database",
    title: "Database",
    rows: [
        {
            title: "Time of statements",
            graphs: [
                {
                    title: "Average time of a statement",
                    description: "Over the hundred statements that take most of the server's time.",
                    unit: "s",
                    series: {
                        "{{datname}}":
                            "sum by (datname) (rate(pg_stat_statements_seconds_total[$__rate_interval])) / sum by (datname) (rate(pg_stat_statements_calls_total[$__rate_interval]))",
                    },
                },
                {
                    title: "Statements that take most time",
                    description:
                        "Seconds of work per second, by statement: what to make faster first. Its text: select query from pg_stat_statements where queryid = …",
                    unit: "s",
                    series: {
                        "{{user}} {{queryid}}":
                            "topk(10, sum by (user, queryid) (rate(pg_stat_statements_seconds_total[$__rate_interval])))",
                    },
                },
                {
                    title: "Slowest statements",
                    description: "Average time of one call, of the ten slowest statements.",
                    unit: "s",
                    series: {
                        "{{user}} {{queryid}}":
                            "topk(10, sum by (user, queryid) (rate(pg_stat_statements_seconds_total[$__rate_interval])) / sum by (user, queryid) (rate(pg_stat_statements_calls_total[$__rate_interval]) > 0))",
                    },
                },
                {
                    title: "Transactions",
                    description: "Committed and rolled back, per second.",
                    unit: "ops",
                    series: {
                        committed: "sum(rate(pg_stat_database_xact_commit[$__rate_interval]))",
                        "rolled back": "sum(rate(pg_stat_database_xact_rollback[$__rate_interval]))",
                    },
                },
            ],
        },
        {
            title: "Locks",
            graphs: [
                {
                    title: "Locks by mode",
                    description:
                        "Held and awaited. accessexclusivelock, of ALTER TABLE and the like, stops all others.",
                    unit: "short",
                    series: { "{{mode}}": "sum by (mode) (pg_locks_count) > 0" },
                },
                {
                    title: "What sessions wait for",
                    description:
                        "Lock: for another session's lock. IO: for storage. LWLock: for the server's own memory.",
                    unit: "short",
                    series: {
                        "{{wait_event_type}}":
                            'sum by (wait_event_type) (pg_stat_activity_count{state="active", wait_event_type!=""})',
                    },
                },
                {
                    title: "Longest open transaction",
                    description: "A transaction that is idle keeps its locks all the same.",
                    unit: "s",
                    series: {
                        "{{state}}":
                            'max by (state) (pg_stat_activity_max_tx_duration{state=~"active|idle in transaction.*"})',
                    },
                },
                {
                    title: "Deadlocks",
                    description: "Transactions that blocked each other, per hour.",
                    unit: "short",
                    series: { "{{datname}}": "sum by (datname) (increase(pg_stat_database_deadlocks[1h])) > 0" },
                },
            ],
        },
        {
            title: "Connections and memory",
            graphs: [
                {
                    title: "Connections",
                    description: "By state, and the most that the server takes.",
                    unit: "short",
                    series: {
                        "{{state}}": "sum by (state) (pg_stat_activity_count) > 0",
                        maximum: "max(pg_settings_max_connections)",
                    },
                },
                {
                    title: "Read from memory",
                    description:
                        "Share of blocks that were in the server's memory. Under 99 % a larger instance class helps.",
                    unit: "percent",
                    series: {
                        "{{datname}}":
                            "100 * sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) / (sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) + sum by (datname) (rate(pg_stat_database_blks_read[$__rate_interval])) > 0)",
                    },
                },
                {
                    title: "Temporary files",
                    description: "What did not fit into work_mem.",
                    unit: "binBps",
                    series: { "{{datname}}": "sum by (datname) (rate(pg_stat_database_temp_bytes[$__rate_interval]))" },
                },
                {
                    title: "Dead rows",
                    description: "Of the ten tables with most of them: what vacuum has still to clear.",
                    unit: "short",
                    series: {
                        "{{schemaname}}.{{relname}}":
                            "topk(10, sum by (schemaname, relname) (pg_stat_user_tables_n_dead_tup))",
                    },
                },
            ],
        },
    ],
};
