import type { Severity } from "../severity";

/** What all alarms of a kind have in common. */
export interface AlarmKind {
    severity: Severity;
    /** What it means that one fires, for its description. */
    meaning: string;
    /** What to do first, for its description. */
    firstLook: string;
}

/**
 * The kinds of alarm. Each has a page in docs/runbooks/ of its name. A metric has one kind, so that it never notifies twice
 * with two severities.
 */
export const alarmKinds = {
    "database-cpu-high": {
        severity: "critical",
        meaning: "A server of the database has used most of its CPU for five minutes",
        firstLook: "open Database Insights and find the statements with the most load",
    },
    "database-connections-high": {
        severity: "critical",
        meaning: "Most of the connections that the database lets in are in use",
        firstLook: "count the sessions by user and by state, and look for idle ones in a transaction",
    },
    "database-memory-low": {
        severity: "critical",
        meaning: "A server of the database has little memory left and may start to swap",
        firstLook: "compare connections and running statements with those of the hour before",
    },
    "database-storage-low": {
        severity: "critical",
        meaning: "The database's storage is nearly full; when it is, the database stops",
        firstLook: "see what grows: tables, logs, or a replication slot",
    },
    "database-local-storage-low": {
        severity: "warning",
        meaning: "A server of the Aurora cluster has little local storage left for temporary files",
        firstLook: "look for statements that sort or join on disk",
    },
    "database-volume-low": {
        severity: "critical",
        meaning: "The Aurora cluster's volume is close to its largest size",
        firstLook: "see which tables grow",
    },
    "database-read-latency-high": {
        severity: "warning",
        meaning: "Reads from the database's storage take long",
        firstLook: "compare I/O operations with what the storage is sized for",
    },
    "database-write-latency-high": {
        severity: "warning",
        meaning: "Writes to the database's storage take long",
        firstLook: "compare I/O operations with what the storage is sized for",
    },
    "database-select-time-high": {
        severity: "warning",
        meaning: "One SELECT statement of twenty takes longer than the service level allows",
        firstLook: "open Database Insights and find the statements with the most load",
    },
    "database-replica-lag-high": {
        severity: "warning",
        meaning: "A replica is behind its primary, so what is read from it is old",
        firstLook: "look for a long statement on the replica and for a burst of writes on the primary",
    },
    "database-cpu-credits-low": {
        severity: "warning",
        meaning: "A burstable server of the database has nearly used up its CPU credits",
        firstLook: "see whether its CPU is above the baseline for hours: then it needs a larger class",
    },
    "database-burst-balance-low": {
        severity: "warning",
        meaning: "The database's gp2 volume has nearly used up its burst of I/O operations",
        firstLook: "compare I/O operations with the volume's baseline of three for each GiB",
    },
    "database-ebs-balance-low": {
        severity: "warning",
        meaning: "A server of the database has nearly used up its burst of throughput or I/O to its storage",
        firstLook: "compare throughput and I/O operations with the baseline of the instance class",
    },
    "database-transaction-ids-high": {
        severity: "critical",
        meaning: "PostgreSQL has used half of its transaction ids; before they run out it stops taking writes",
        firstLook:
            "find the oldest transaction, prepared transaction or replication slot that keeps vacuum from its work",
    },
    "database-history-list-long": {
        severity: "warning",
        meaning: "Aurora MySQL keeps many old row versions, because a transaction stays open",
        firstLook: "find the oldest open transaction and end it",
    },
    "database-load-high": {
        severity: "warning",
        meaning: "More sessions are active than the database's server has virtual CPUs, so sessions wait",
        firstLook: "open Database Insights and see what the sessions wait for",
    },
    "database-blocked-transactions": {
        severity: "warning",
        meaning: "Transactions of the database wait for locks of others",
        firstLook: "find the session that blocks the others",
    },
    "database-cache-hit-ratio-low": {
        severity: "warning",
        meaning: "The database reads many pages from storage, because they are not in its memory",
        firstLook: "look for statements that read whole tables",
    },
    "database-capacity-high": {
        severity: "warning",
        meaning: "A serverless server of the database is close to its most capacity",
        firstLook: "see whether maximumAcu is too small for the load",
    },
    "database-down": {
        severity: "critical",
        meaning: "The writer of the Aurora cluster is not running",
        firstLook: "read the cluster's events of the last hour",
    },
    "database-saturated": {
        severity: "critical",
        meaning: "The database has too much to do: its sessions wait and its storage is slow at the same time",
        firstLook: "open Database Insights and stop or undo what brought the load",
    },
    "cache-cpu-high": {
        severity: "warning",
        meaning: "A node of the cache uses most of its CPU",
        firstLook: "read the slow log and look for commands on large keys",
    },
    "cache-engine-cpu-high": {
        severity: "critical",
        meaning: "The engine of a cache node, which runs commands one after the other, has no time left",
        firstLook: "read the slow log and look for commands on large keys",
    },
    "cache-memory-high": {
        severity: "warning",
        meaning: "A node of the cache has nearly filled its memory, and evicts or refuses next",
        firstLook: "compare evictions and the hit ratio with the day before",
    },
    "cache-hit-ratio-low": {
        severity: "warning",
        meaning: "Many reads do not find their key in the cache, and go to the database",
        firstLook: "see whether keys were evicted, expired, or renamed by a release",
    },
    "cache-connections-high": {
        severity: "warning",
        meaning: "A node of the cache has many connections; it takes 65,000",
        firstLook: "see which clients connect and do not reuse their connections",
    },
    "cache-evictions-high": {
        severity: "warning",
        meaning: "The cache deletes keys to make room, faster than is normal",
        firstLook: "see which keys are large, and which have no time to live",
    },
    "cache-replication-lag-high": {
        severity: "warning",
        meaning: "A replica of the cache is behind its primary",
        firstLook: "look for a burst of writes, and for a full sync in the engine log",
    },
    "cache-cpu-credits-low": {
        severity: "warning",
        meaning: "A burstable cache node has nearly used up its CPU credits",
        firstLook: "see whether its CPU is above the baseline for hours: then it needs a larger type",
    },
    "cache-thrashing": {
        severity: "critical",
        meaning: "The cache is full and evicts keys that are still needed, so the database gets the reads",
        firstLook: "give the cache more memory, or find what fills it",
    },
    "queue-age-high": {
        severity: "critical",
        meaning: "The oldest message of a queue has waited for long, so consumers do not keep up or do not run",
        firstLook: "see whether the consumers run and what they log",
    },
    "queue-depth-high": {
        severity: "warning",
        meaning: "Many messages wait in a queue",
        firstLook: "compare messages sent with messages deleted of the last hour",
    },
    "queue-in-flight-high": {
        severity: "warning",
        meaning: "Many messages are received and not deleted; SQS gives out no more at its limit",
        firstLook: "see whether consumers fail before they delete",
    },
    "queue-silent": {
        severity: "warning",
        meaning: "Nobody has sent a message to a queue that is expected to be in use",
        firstLook: "see whether the senders run and may send",
    },
    "dead-letter-queue-not-empty": {
        severity: "critical",
        meaning: "Messages could not be processed and are in the dead-letter queue, from which they expire",
        firstLook: "look at a message without deleting it, and at the consumer's log of that time",
    },
    "node-cpu-high": {
        severity: "warning",
        meaning: "A node of the cluster uses most of its CPU",
        firstLook: "see which pods use it, and whether the autoscaler could add a node",
    },
    "node-memory-high": {
        severity: "warning",
        meaning: "A node of the cluster uses most of its memory, and evicts pods next",
        firstLook: "see which pods use it, and whether they have limits",
    },
    "node-disk-full": {
        severity: "warning",
        meaning: "The disk of a node is nearly full, and the node evicts pods next",
        firstLook: "see whether images or logs fill it",
    },
    "node-capacity-reserved": {
        severity: "warning",
        meaning: "Pods have reserved most of the cluster's CPU or memory, so new ones may find no room",
        firstLook: "see whether the node groups are at maxNodes",
    },
    "node-failed": {
        severity: "critical",
        meaning: "A node of the cluster reports a failed condition",
        firstLook: "list the nodes that are not ready, and their events",
    },
    "pods-pending": {
        severity: "warning",
        meaning: "Pods of the services find no node to run on",
        firstLook: "describe a pending pod: its events say what is missing",
    },
    "pods-busy": {
        severity: "warning",
        meaning: "The services' pods use most of the CPU or memory that they have on a node",
        firstLook: "see which service it is, and whether its autoscaler is at its maximum",
    },
    "kubernetes-api-errors": {
        severity: "warning",
        meaning: "The Kubernetes API answers with server errors",
        firstLook: "look for a webhook or a controller that fails, in the control plane's log",
    },
    "kubernetes-api-slow": {
        severity: "warning",
        meaning: "The Kubernetes API answers slowly",
        firstLook: "look for a client that lists large collections, in the audit log",
    },
    "nat-port-allocation-errors": {
        severity: "critical",
        meaning: "A NAT gateway has no port left for a destination, so connections to it fail",
        firstLook: "find the destination with the most connections in the flow log",
    },
    "nat-packets-dropped": {
        severity: "warning",
        meaning: "A NAT gateway drops packets",
        firstLook: "compare its throughput with the limit of 100 Gbit/s, and read AWS's Health Dashboard",
    },
    "endpoint-packets-dropped": {
        severity: "warning",
        meaning: "An interface endpoint drops packets, so calls to an AWS service fail",
        firstLook: "read AWS's Health Dashboard for the service",
    },
    "notification-failed": {
        severity: "critical",
        meaning: "A notification of an alarm could not be delivered, so alarms may go unseen",
        firstLook: "see which subscription fails, and whether its endpoint answers",
    },
    "requests-failing": {
        severity: "critical",
        meaning: "Requests fail so often that two days of it use up what may fail in a month",
        firstLook: "see which service answers with errors, and what was released last",
    },
    "error-budget-eroding": {
        severity: "warning",
        meaning: "A day has used up more than a tenth of the failures that a month allows",
        firstLook: "see at which hours and under which paths requests failed",
    },
    "load-balancer-errors": {
        severity: "warning",
        meaning: "The load balancer answers requests with errors of its own, because no pod answers in time",
        firstLook: "see whether the targets are healthy and the pods ready",
    },
    "targets-unhealthy": {
        severity: "warning",
        meaning: "Pods of a service fail the load balancer's health checks, so that the others get their requests",
        firstLook: "see which pods are not ready, and what they answer under the path of the probe",
    },
    "response-time-high": {
        severity: "warning",
        meaning: "The services take long to answer one request of twenty",
        firstLook: "compare the time with that of the database and of the release before",
    },
    "requests-missing": {
        severity: "warning",
        meaning: "Nobody has sent a request for a quarter of an hour to a platform that is always in use",
        firstLook: "open the platform's address, and see whether its record leads to the load balancer",
    },
    "service-logs-errors": {
        severity: "warning",
        meaning: "A service logs many errors",
        firstLook: "run the saved query service-errors, and see since when",
    },
    "service-logs-slow": {
        severity: "warning",
        meaning: "A service takes long for one request of twenty, by what it logs of them",
        firstLook: "run the saved query service-slow-requests, and see which requests they are",
    },
    "certificate-expiring": {
        severity: "critical",
        meaning: "The certificate of the platform's address expires soon and has not been renewed",
        firstLook: "see whether its validation records are still in DNS",
    },
    "rotation-failed": {
        severity: "critical",
        meaning: "The function that rotates the database's passwords failed",
        firstLook: "read the function's log of the last hour",
    },
} as const satisfies Record<string, AlarmKind>;

export type AlarmKindName = keyof typeof alarmKinds;
