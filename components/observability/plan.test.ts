import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DatabaseSpec } from "..";
import { defaultsOf } from "../settings";
import { publishedMetrics, recommendedAlarms } from "../testing/recommended-alarms";
import { auroraSpec, databaseSpec } from "../testing/specs";
import { alwaysInUse, watchedDatabase as database, everything, watchedQueue as queue } from "../testing/watched";
import { type AlarmPlan, alarmPart } from "./alarm";
import { shardsOf } from "./alarms/cache";
import { ageThreshold } from "./alarms/queue";
import { notWatched } from "./coverage";
import { alarmKinds } from "./kinds";
import { logNamespace } from "./logs";
import { compositeRule, describe as description, planObservability, type Watched } from "./plan";
import { observabilityProblems } from "./rules";
import { observabilitySettings } from "./spec";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const silentQueue = {
    ...spec,
    queues: { ...spec.queues, alwaysInUse },
    loadBalancer: { ...spec.loadBalancer, alwaysInUse: true },
};
const { alarms, composites } = planObservability(everything, silentQueue);

function alarmsOf(watched: Watched, thresholds = spec): Record<string, AlarmPlan> {
    return Object.fromEntries(planObservability(watched, thresholds).alarms.map((alarm) => [alarmPart(alarm), alarm]));
}

describe("every alarm of a platform that has everything", () => {
    it.each(
        alarms.flatMap(({ metrics, ...alarm }) => metrics.map((metric) => ({ alarm, metric, part: alarmPart(alarm) }))),
    )(
        "$part is on a metric that AWS publishes, by the dimensions and the statistic that it has",
        ({ metric, alarm }) => {
            // What Plinth counts in logs, AWS does not publish.
            if (metric.namespace === logNamespace) return;
            const known = publishedMetrics[metric.namespace]?.[metric.name];
            expect(known).toBeDefined();
            // What is recommended for a service's instance is per instance; a replication group's nodes are named by it.
            const [recommended] = known?.recommendedAlarms ?? [];
            if (!recommended) return;
            const allowed = recommended.dimensions.map((dimension) => dimension.split("=")[0]);
            for (const dimension of Object.keys(metric.dimensions)) expect(allowed).toContain(dimension);
            const decided = [recommended.missingData, ...(deviations[`${alarm.kind} ${metric.name}`] ?? [])];
            expect(decided).toContain(alarm.missingData);
        },
    );

    it("has a name of its own, also among composite alarms", () => {
        const parts = [...alarms, ...composites].map(alarmPart);
        expect(new Set(parts).size).toBe(parts.length);
    });

    it("looks at ten metrics at most, and at no more than a day", () => {
        for (const { metrics, periodSeconds, evaluationPeriods, datapointsToAlarm } of alarms) {
            expect(metrics.length).toBeGreaterThan(0);
            expect(metrics.length).toBeLessThanOrEqual(10);
            expect(periodSeconds * evaluationPeriods).toBeLessThanOrEqual(86_400);
            expect(datapointsToAlarm).toBeLessThanOrEqual(evaluationPeriods);
        }
    });

    it("says what it means, what to do first and where its runbook is, in the length that CloudWatch takes", () => {
        for (const plan of [...alarms, ...composites]) {
            const text = description(plan, "https://example.com/runbooks");
            expect(text).toMatch(
                new RegExp(`^\\[${alarmKinds[plan.kind].severity}\\] .* First: .* Runbook: .*/${plan.kind}\\.md$`),
            );
            expect(text.length).toBeLessThanOrEqual(1024);
        }
    });

    it("notifies with one severity for a metric, but for failures, which are judged over an hour's quarter and over a day", () => {
        const severities = new Map<string, Set<string>>();
        for (const { kind, metrics } of alarms)
            for (const { namespace, name, dimensions } of metrics) {
                const metric = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
                severities.set(metric, (severities.get(metric) ?? new Set()).add(alarmKinds[kind].severity));
            }
        const both = [...severities].filter(([, found]) => found.size > 1).map(([metric]) => metric.split(" ")[1]);
        expect(both.sort()).toEqual(["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "RequestCount"]);
    });

    it("is of every kind that there is", () => {
        const used = new Set([...alarms, ...composites].map(({ kind }) => kind));
        expect(Object.keys(alarmKinds).filter((kind) => !used.has(kind as AlarmPlan["kind"]))).toEqual([]);
    });
});

/** What is made of missing data otherwise than AWS recommends, by kind and metric. */
const deviations: Record<string, string[]> = {
    // A message in the dead-letter queue matters at once, and an empty one reports nothing.
    "dead-letter-queue-not-empty ApproximateNumberOfMessagesVisible": ["notBreaching"],
    // The stack says that somebody sends all day, so silence is what the alarm looks for.
    "queue-silent NumberOfMessagesSent": ["breaching"],
    // A function that nobody calls reports nothing.
    "rotation-failed Errors": ["notBreaching"],
    // A cluster that may stop reports nothing while it is stopped.
    "database-down EngineUptime": ["notBreaching"],
};

describe("AWS's recommendations", () => {
    const recommended = [...new Set(recommendedAlarms.map(({ namespace, metric }) => `${namespace} ${metric}`))];
    const watched = new Set(
        alarms.flatMap(({ metrics }) => metrics.map(({ namespace, name }) => `${namespace} ${name}`)),
    );

    it.each(recommended)("%s has an alarm or a reason why not, and not both", (metric) => {
        expect([watched.has(metric), metric in notWatched]).toEqual(expect.arrayContaining([true, false]));
    });

    it("are all that a reason is given for", () => {
        expect(Object.keys(notWatched).filter((metric) => !recommended.includes(metric))).toEqual([]);
    });
});

describe("thresholds follow from what was built", () => {
    const primary = (of: Partial<DatabaseSpec>) =>
        alarmsOf({ databases: [database("database", { ...databaseSpec, ...of }, 1)] });

    it.each<[string, string, Partial<DatabaseSpec>, number]>([
        ["80 % of maxConnections where the class carries them", "database-connections-high", {}, 160],
        [
            "80 % of what the class carries where that is less",
            "database-connections-high",
            { instanceClass: "db.t3.micro", maxConnections: 200 },
            89,
        ],
        ["a tenth of 16 GiB of memory", "database-memory-low", {}, 1.6 * 1024 ** 3],
        ["a tenth of 1 GiB of memory", "database-memory-low", { instanceClass: "db.t3.micro" }, 0.1 * 1024 ** 3],
        [
            "256 MiB of a class that is not known",
            "database-memory-low",
            { instanceClass: "db.z9.large" },
            256 * 1024 ** 2,
        ],
        ["a tenth of 500 GiB of storage", "database-storage-low", {}, 50 * 1024 ** 3],
        ["two virtual CPUs", "database-load-high", {}, 2],
        ["sixteen virtual CPUs", "database-load-high", { instanceClass: "db.r6g.4xlarge" }, 16],
    ])("%s", (_, kind, of, threshold) => {
        expect(primary(of)[`database-primary-${kind}`]?.threshold).toBe(Math.floor(threshold));
    });

    it("a larger database never alarms sooner", () => {
        const sizes = ["large", "xlarge", "2xlarge", "4xlarge"];
        fc.assert(
            fc.property(fc.constantFrom(0, 1, 2), fc.integer({ min: 20, max: 1000 }), (size, storage) => {
                const of = (step: number) =>
                    primary({
                        instanceClass: `db.r6g.${sizes[size + step]}`,
                        allocatedStorageGiB: storage * (step + 1),
                    });
                const [small, large] = [of(0), of(1)];
                const value = (from: typeof small, kind: string) =>
                    from[`database-primary-${kind}`]?.threshold ?? Number.NaN;
                for (const kind of ["database-memory-low", "database-storage-low", "database-load-high"])
                    expect(value(large, kind)).toBeGreaterThan(value(small, kind));
            }),
        );
    });

    it.each([
        [1, 300],
        [150, 300],
        [300, 600],
        [43_200, 86_400],
    ])("the oldest message of a queue with %d s of visibility is late after %d s", (visibility, seconds) => {
        expect(ageThreshold(visibility, 2)).toBe(seconds);
    });
});

describe("what there is to watch decides which alarms there are", () => {
    const kindsOf = (of: DatabaseSpec, servers = 1) =>
        planObservability({ databases: [database("database", of, servers)] }, spec).alarms.map(({ kind }) => kind);

    it("CPU credits are for burstable classes", () => {
        expect(kindsOf({ ...databaseSpec, instanceClass: "db.t4g.small" })).toContain("database-cpu-credits-low");
        expect(kindsOf(databaseSpec)).not.toContain("database-cpu-credits-low");
    });
    it("a burst balance is for gp2", () => {
        expect(kindsOf({ ...databaseSpec, storageType: "gp2" })).toContain("database-burst-balance-low");
        expect(kindsOf({ ...databaseSpec, storageType: "gp3" })).not.toContain("database-burst-balance-low");
    });
    it("lag is for replicas", () => {
        expect(kindsOf(databaseSpec)).not.toContain("database-replica-lag-high");
        expect(kindsOf(databaseSpec, 3).filter((kind) => kind === "database-replica-lag-high")).toHaveLength(2);
    });
    it("load is watched where Performance Insights is on", () => {
        expect(kindsOf({ ...databaseSpec, insights: "off" })).not.toContain("database-load-high");
    });
    it("the time of SELECT statements is Aurora MySQL's, on each of its servers", () => {
        const aurora: DatabaseSpec = { ...auroraSpec, engine: "aurora-mysql", engineVersion: "8.0" };
        expect(kindsOf(aurora, 2).filter((kind) => kind === "database-select-time-high")).toHaveLength(2);
        expect(kindsOf(auroraSpec)).not.toContain("database-select-time-high");
        expect(kindsOf({ ...databaseSpec, engine: "mysql" })).not.toContain("database-select-time-high");
    });
    it("transaction ids are PostgreSQL's", () => {
        expect(kindsOf({ ...databaseSpec, engine: "mysql" })).not.toContain("database-transaction-ids-high");
        expect(kindsOf(auroraSpec)).toContain("database-transaction-ids-high");
    });
    it("a cluster that scales to nothing may be silent", () => {
        const stopped = { ...auroraSpec, serverlessCapacity: { minimumAcu: 0, maximumAcu: 4 } };
        const down = (of: DatabaseSpec) =>
            alarmsOf({ databases: [{ ...database("database", of, 1), clusterIdentifier: "c" }] })[
                "database-database-down"
            ];
        expect(down(stopped)?.missingData).toBe("notBreaching");
        expect(down(auroraSpec)?.missingData).toBe("breaching");
    });
    it("a dead-letter queue has no alarm on age", () => {
        const onDeadLetters = Object.values(alarmsOf({ queues: [queue("orders")] })).filter(({ metrics }) =>
            metrics.some(({ dimensions }) => dimensions.QueueName === "orders-dead-letter"),
        );
        expect(onDeadLetters.map(({ kind }) => kind)).toEqual(["dead-letter-queue-not-empty"]);
    });
    it("pods are watched where there are services", () => {
        const without = Object.values(alarmsOf({ cluster: { name: "cluster", clusterName: "c" } }));
        expect(without.some(({ kind }) => kind.startsWith("pods"))).toBe(false);
    });
});

describe("a load balancer's alarms", () => {
    const watched: Watched = { loadBalancer: { name: "load-balancer", arnSuffix: "app/shop/1" } };

    it.each([
        ["dev", 14.4, 3],
        ["staging", 7.2, 1.5],
        ["prod", 0.72, 0.15],
    ] as const)("of %s fire at %d %% of failures in a quarter of an hour and %d %% in a day", (tier, fast, slow) => {
        const made = alarmsOf(watched, defaultsOf(observabilitySettings, { tier }));
        expect(made["load-balancer-requests-failing"]?.threshold).toBe(fast);
        expect(made["load-balancer-error-budget-eroding"]?.threshold).toBe(slow);
    });
    it("on silence is for platforms that are always in use", () => {
        expect(alarmsOf(watched)["load-balancer-requests-missing"]).toBeUndefined();
    });
    it("do not take few requests for a service level", () => {
        expect(alarmsOf(watched)["load-balancer-requests-failing"]?.expression).toMatch(/^IF\(m1 >= 100, .*, 0\)$/);
    });
});

describe("a cache's nodes", () => {
    it.each([
        [0, 0, [["001"]]],
        [0, 2, [["001", "002", "003"]]],
        [
            2,
            1,
            [
                ["0001-001", "0001-002"],
                ["0002-001", "0002-002"],
            ],
        ],
    ])(
        "of %d shards with %d replicas are watched by the ids that ElastiCache gives",
        (shards, replicasPerShard, ids) => {
            expect(shardsOf({ shards, replicasPerShard }).map(({ suffixes }) => suffixes)).toEqual(ids);
        },
    );
});

describe("composite alarms", () => {
    it("are on alarms that exist", () => {
        const parts = alarms.map(alarmPart);
        for (const { allOf } of composites) expect(parts).toEqual(expect.arrayContaining(allOf.flat()));
    });
    it("fire where something of each group does", () => {
        const plan = { kind: "database-saturated", subject: "database", allOf: [["a", "b"], ["c"]] } as const;
        expect(compositeRule({ ...plan, allOf: [["a", "b"], ["c"]] }, (part) => `shop-${part}`)).toBe(
            '(ALARM("shop-a") OR ALARM("shop-b")) AND (ALARM("shop-c"))',
        );
    });
});

it("refuses a queue that does not exist", () => {
    expect(observabilityProblems("plinth:observability", silentQueue, ["mails"])).toEqual([
        {
            at: "plinth:observability.queues.alwaysInUse",
            text: 'plinth:observability.queues.alwaysInUse: "orders" is no queue of the stack; give mails',
        },
    ]);
});
