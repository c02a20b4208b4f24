import type { DashboardSpec } from "./panel";

export const mysqlDashboard: DashboardSpec = {
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
                        "{{schema}}":
                            "sum by (schema) (rate(mysql_perf_schema_events_statements_seconds_total[$__rate_interval])) / sum by (schema) (rate(mysql_perf_schema_events_statements_total[$__rate_interval]))",
                    },
                },
                {
                    title: "Statements that take most time",
                    description: "Seconds of work per second, by statement: what to make faster first.",
                    unit: "s",
                    series: {
                        "{{digest_text}}":
                            "topk(10, sum by (digest_text) (rate(mysql_perf_schema_events_statements_seconds_total[$__rate_interval])))",
                    },
                },
                {
                    title: "Statements",
                    description: "Per second: all, and those that took longer than long_query_time.",
                    unit: "ops",
                    series: {
                        all: "sum(rate(mysql_global_status_questions[$__rate_interval]))",
                        slow: "sum(rate(mysql_global_status_slow_queries[$__rate_interval]))",
                    },
                },
                {
                    title: "Temporary tables on disk",
                    description: "What did not fit into memory, per second.",
                    unit: "ops",
                    series: {
                        "on disk": "sum(rate(mysql_global_status_created_tmp_disk_tables[$__rate_interval]))",
                        all: "sum(rate(mysql_global_status_created_tmp_tables[$__rate_interval]))",
                    },
                },
            ],
        },
        {
            title: "Locks",
            graphs: [
                {
                    title: "Sessions that wait for rows",
                    description: "Each waits for a row that another transaction has locked.",
                    unit: "short",
                    series: { waiting: "sum(mysql_global_status_innodb_row_lock_current_waits)" },
                },
                {
                    title: "Time spent waiting for rows",
                    description: "Seconds per second, over all sessions.",
                    unit: "s",
                    series: { waited: "sum(rate(mysql_global_status_innodb_row_lock_time[$__rate_interval])) / 1000" },
                },
            ],
        },
        {
            title: "Connections and memory",
            graphs: [
                {
                    title: "Connections",
                    description: "Open and at work, and the most that the server takes.",
                    unit: "short",
                    series: {
                        open: "sum(mysql_global_status_threads_connected)",
                        "at work": "sum(mysql_global_status_threads_running)",
                        maximum: "max(mysql_global_variables_max_connections)",
                    },
                },
                {
                    title: "Read from memory",
                    description:
                        "Share of pages that were in the buffer pool. Under 99 % a larger instance class helps.",
                    unit: "percent",
                    series: {
                        "buffer pool":
                            "100 * (1 - sum(rate(mysql_global_status_innodb_buffer_pool_reads[$__rate_interval])) / sum(rate(mysql_global_status_innodb_buffer_pool_read_requests[$__rate_interval])))",
                    },
                },
            ],
        },
    ],
};
