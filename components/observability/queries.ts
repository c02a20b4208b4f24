import * as pulumi from "@pulumi/pulumi";
import { dialectOf } from "../database";
import type { WatchedDatabase } from "./alarms/database";
import { errorLevels, errorNumber } from "./error-level";
import type { WatchedLogs } from "./logs";
import type { Watched } from "./plan";
import type { ObservabilitySpec } from "./spec";

/** A saved query of Logs Insights. */
export interface QueryPlan {
    /** Its part of names, under which the runbooks name it: `service-errors`. */
    part: string;
    groupNames: pulumi.Input<string>[];
    /** Its commands, one after the other. */
    lines: readonly string[];
}

/**
 * The queries that the runbooks name, of the logs that the platform has.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function planQueries({ logs, databases = [], network }: Watched, spec: ObservabilitySpec["logs"]): QueryPlan[] {
    return [
        ...(logs && Object.keys(logs.groupNames).length > 0 ? serviceQueries(logs, spec) : []),
        ...databases.flatMap(statementQuery),
        ...(network?.flowLogGroupName === undefined ? [] : [rejectedConnections(network.flowLogGroupName)]),
    ];
}

const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");

/** How many groups Logs Insights looks into at a time. A platform with more services has its queries for the first of them. */
const queriedGroups = 50;

function serviceQueries(
    logs: WatchedLogs,
    { latencyField, latencyMilliseconds }: ObservabilitySpec["logs"],
): QueryPlan[] {
    const groupNames = Object.values(logs.groupNames).slice(0, queriedGroups);
    const levels = `log_processed.level in [${quoted(errorLevels)}]`;
    const errors = `filter ${levels} or log_processed.level >= ${errorNumber} or log like /ERROR/`;
    const subject = "kubernetes.container_name, kubernetes.pod_name, log";
    return [
        {
            ...{ part: "service-errors", groupNames },
            lines: [`fields @timestamp, ${subject}`, errors, "sort @timestamp desc", "limit 200"],
        },
        {
            ...{ part: "service-errors-by-minute", groupNames },
            lines: [errors, "stats count(*) as errors by bin(1m), kubernetes.container_name"],
        },
        {
            ...{ part: "service-slow-requests", groupNames },
            lines: [
                `fields @timestamp, ${subject}, log_processed.${latencyField} as milliseconds`,
                ...[`filter milliseconds > ${latencyMilliseconds}`, "sort milliseconds desc", "limit 100"],
            ],
        },
        {
            ...{ part: "service-restarts", groupNames },
            lines: [
                "stats min(@timestamp) as first, max(@timestamp) as last by kubernetes.pod_name",
                "sort first desc",
            ],
        },
    ];
}

/** The statements that the database logs as slow. RDS writes the log of each instance, and one for all servers of a cluster. */
function statementQuery({ name, spec, servers, clusterIdentifier }: WatchedDatabase): QueryPlan[] {
    if (!spec.exportLogs) return [];
    const postgres = dialectOf(spec.engine) === "postgres";
    const log = postgres ? "postgresql" : "slowquery";
    const sources =
        clusterIdentifier === undefined
            ? servers.map(({ identifier }) => ({ kind: "instance", identifier }))
            : [{ kind: "cluster", identifier: clusterIdentifier }];
    const seconds = postgres
        ? [
              "filter @message like /duration: /",
              'parse @message "duration: * ms" as milliseconds',
              "sort milliseconds desc",
          ]
        : ['parse @message "Query_time: * " as seconds', "filter ispresent(seconds)", "sort seconds desc"];
    return [
        {
            part: `${name}-slow-statements`,
            groupNames: sources.map(
                ({ kind, identifier }) => pulumi.interpolate`/aws/rds/${kind}/${identifier}/${log}`,
            ),
            lines: ["fields @timestamp, @message", ...seconds, "limit 100"],
        },
    ];
}

function rejectedConnections(groupName: pulumi.Input<string>): QueryPlan {
    return {
        ...{ part: "rejected-connections", groupNames: [groupName] },
        lines: [
            'filter action = "REJECT"',
            "stats count(*) as flows by srcAddr, dstAddr, dstPort",
            ...["sort flows desc", "limit 50"],
        ],
    };
}
