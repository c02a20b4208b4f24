import type { AlarmPlan } from "../alarm";
import type { ObservabilityPlan, Watched } from "../plan";
import type { QueryPlan } from "../queries";
import { applicationWidgets } from "./application";
import { cacheWidgets } from "./cache";
import { costWidgets } from "./cost";
import { databaseWidgets } from "./database";
import { alarmStates } from "./graphs";
import { infrastructureWidgets } from "./infrastructure";
import { queueWidgets } from "./queue";
import type { DashboardPlan, LogsWidget, Widget } from "./widget";

/** What a dashboard is about. */
interface Subject {
    part: string;
    /** What the text at its top says. */
    text: string;
    /** The beginnings of the kinds of its alarms. */
    kinds: readonly string[];
    /** The ends of its queries' parts of names. */
    queries: readonly string[];
    widgets(watched: Watched, alarms: readonly AlarmPlan[]): Widget[];
}

const subjects: readonly Subject[] = [
    {
        part: "application",
        text: "# Application\nWhat customers see of the services, and what the services log.",
        kinds: ["requests-", "response-", "targets-", "error-budget-", "load-balancer-", "service-logs-", "pods-"],
        queries: ["service-errors"],
        widgets: applicationWidgets,
    },
    {
        part: "infrastructure",
        text: "# Infrastructure\nWhat everything runs on: nodes, the Kubernetes API, the network.",
        kinds: ["node-", "kubernetes-", "nat-", "endpoint-", "certificate-", "notification-"],
        queries: ["rejected-connections"],
        widgets: infrastructureWidgets,
    },
    {
        part: "database",
        text: "# Database\nThe servers of the database. A horizontal line is where an alarm fires.",
        kinds: ["database-", "rotation-"],
        queries: ["slow-statements"],
        widgets: ({ databases = [] }, alarms) => databaseWidgets(databases, alarms),
    },
    {
        part: "cache",
        text: "# Cache\nThe nodes of the cache. A horizontal line is where an alarm fires.",
        kinds: ["cache-"],
        queries: [],
        widgets: ({ caches = [] }, alarms) => cacheWidgets(caches, alarms),
    },
    {
        part: "queue",
        text: "# Queues\nThe queues and their dead-letter queues. A horizontal line is where an alarm fires.",
        kinds: ["queue-", "dead-letter-"],
        queries: [],
        widgets: ({ queues = [] }, alarms) => queueWidgets(queues, alarms),
    },
    {
        part: "cost",
        text: "# Cost\nThe account's bill, and what the stack's part of it grows with. `npm run cost` has the rest.",
        kinds: [],
        queries: [],
        widgets: costWidgets,
    },
];

/** The dashboards of what is watched; one that would show nothing is left out. */
export function planDashboards(
    watched: Watched,
    { alarms, composites, queries }: ObservabilityPlan,
    runbooks: string,
): DashboardPlan[] {
    return subjects.flatMap(({ part, text, kinds, queries: wanted, widgets }) => {
        const isOwn = ({ kind }: { kind: string }) => kinds.some((beginning) => kind.startsWith(beginning));
        const graphs = widgets(watched, alarms.filter(isOwn));
        if (graphs.length === 0) return [];
        const logs = queries.filter(({ part: query }) => wanted.some((end) => query.endsWith(end))).map(logsWidget);
        return [
            {
                part,
                widgets: [
                    { kind: "text", markdown: `${text}\nRunbooks: ${runbooks}` },
                    ...alarmStates([...composites, ...alarms].filter(isOwn)),
                    ...graphs,
                    ...logs,
                ],
            },
        ];
    });
}

function logsWidget(query: QueryPlan): LogsWidget {
    return { kind: "logs", title: query.part, query };
}
