import type { DashboardSpec } from "./panel";

export const cacheDashboard: DashboardSpec = {
    uid: "cache",
    title: "Cache",
    rows: [
        {
            title: "Memory",
            graphs: [
                {
                    title: "Fragmentation",
                    description:
                        "Memory of the process over memory of the data. About 1 is good, over 1.5 memory is lost, under 1 the node swaps.",
                    unit: "short",
                    series: { "{{instance}}": "redis_mem_fragmentation_ratio" },
                },
                {
                    title: "Memory lost to fragmentation",
                    description: "What the process takes beyond its data.",
                    unit: "bytes",
                    series: { "{{instance}}": "redis_mem_fragmentation_bytes" },
                },
                {
                    title: "Memory in use",
                    description: "Share of maxmemory. At 100 % keys are evicted.",
                    unit: "percent",
                    series: { "{{instance}}": "100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0)" },
                },
                {
                    title: "Keys evicted and expired",
                    description: "Per second. Evicted keys were still wanted; expired ones had come to their end.",
                    unit: "ops",
                    series: {
                        "evicted {{instance}}": "rate(redis_evicted_keys_total[$__rate_interval])",
                        "expired {{instance}}": "rate(redis_expired_keys_total[$__rate_interval])",
                    },
                },
            ],
        },
        {
            title: "Commands",
            graphs: [
                {
                    title: "Average time of a command",
                    description: "In the server alone, of the ten slowest commands.",
                    unit: "s",
                    series: {
                        "{{cmd}}":
                            "topk(10, sum by (cmd) (rate(redis_commands_duration_seconds_total[$__rate_interval])) / sum by (cmd) (rate(redis_commands_total[$__rate_interval]) > 0))",
                    },
                },
                {
                    title: "Commands",
                    description: "Per second, of the ten most frequent commands.",
                    unit: "ops",
                    series: { "{{cmd}}": "topk(10, sum by (cmd) (rate(redis_commands_total[$__rate_interval])))" },
                },
                {
                    title: "Found",
                    description: "Share of the keys asked for that were there.",
                    unit: "percent",
                    series: {
                        "{{instance}}":
                            "100 * rate(redis_keyspace_hits_total[$__rate_interval]) / (rate(redis_keyspace_hits_total[$__rate_interval]) + rate(redis_keyspace_misses_total[$__rate_interval]) > 0)",
                    },
                },
                {
                    title: "Clients",
                    description: "Connected, and blocked by a command that waits.",
                    unit: "short",
                    series: {
                        "connected {{instance}}": "redis_connected_clients",
                        "blocked {{instance}}": "redis_blocked_clients",
                    },
                },
            ],
        },
    ],
};
