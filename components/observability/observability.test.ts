import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { cacheSpec, databaseSpec, platform } from "../testing/specs";
import { Observability, type ObservabilitySpec, observabilitySettings, type Watched } from ".";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const watch: Watched = {
    databases: [{ name: "database", spec: databaseSpec, servers: [{ part: "primary", identifier: "shop" }] }],
    caches: [{ name: "cache", spec: { ...cacheSpec, shards: 0, replicasPerShard: 2 }, replicationGroupId: "shop" }],
};

const make = (change: Partial<ObservabilitySpec> = {}) =>
    rehearse(
        true,
        (options) => new Observability("observability", { ...spec, ...change, watch, topicArn, platform }, options),
    );

it("notifies the topic when an alarm fires and when it is over", async () => {
    const { resources } = await make();
    const alarms = resources.filter(({ type }) => type.endsWith("Alarm"));
    expect(alarms.length).toBeGreaterThan(15);
    for (const { inputs } of alarms) {
        expect(inputs).toMatchObject({ alarmActions: [topicArn], okActions: [topicArn] });
        expect(inputs.tags).toMatchObject({
            Component: "observability",
            Severity: expect.stringMatching(/critical|warning/),
        });
    }
});

it("is silent during maintenance, without replacing an alarm", async () => {
    const { resources } = await make({ notify: false });
    const composite = inputsOf(resources, "observability-database-database-saturated");
    // Another actionsEnabled of a composite alarm would replace it.
    expect(composite).toMatchObject({ alarmActions: [], okActions: [] });
    expect(composite.actionsEnabled).toBeUndefined();
    expect(inputsOf(resources, "observability-database-primary-database-cpu-high").actionsEnabled).toBe(false);
});

it("watches one metric as it is, by its percentile where it has one", async () => {
    const { resources } = await make();
    expect(inputsOf(resources, "observability-database-primary-database-read-latency-high")).toMatchObject({
        metricName: "ReadLatency",
        extendedStatistic: "p90",
        dimensions: { DBInstanceIdentifier: "shop" },
        threshold: 0.02,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "missing",
    });
});

it.each([
    ["cache-memory-high", "MAX([m1, m2, m3])"],
    ["cache-hit-ratio-low", "MIN([m1, m2, m3])"],
])("%s is on the worst of a cache's nodes", async (kind, expression) => {
    const { resources } = await make();
    const { metricQueries, metricName } = inputsOf(resources, `observability-cache-${kind}`);
    expect(metricName).toBeUndefined();
    expect(metricQueries).toEqual([
        expect.objectContaining({ expression, returnData: true }),
        ...["m1", "m2", "m3"].map((id) => expect.objectContaining({ id, metric: expect.anything() })),
    ]);
});

it("computes what alarms on requests are on from several metrics", async () => {
    const watched = { loadBalancer: { name: "load-balancer", arnSuffix: "app/shop/1" } };
    const { resources } = await rehearse(
        true,
        (options) => new Observability("o", { ...spec, watch: watched, topicArn, platform }, options),
    );
    const { metricQueries, threshold } = inputsOf(resources, "o-load-balancer-requests-failing");
    expect(metricQueries).toEqual([
        expect.objectContaining({
            expression: "IF(m1 >= 100, 100 * (FILL(m2, 0) + FILL(m3, 0)) / m1, 0)",
            returnData: true,
        }),
        ...["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"].map((metricName, index) => ({
            id: `m${index + 1}`,
            metric: expect.objectContaining({ metricName, stat: "Sum", period: 300 }),
        })),
    ]);
    expect(threshold).toBe(0.72);
});

it("watches the targets of every service that is reached, whose groups the controller names", async () => {
    const watched = { loadBalancer: { name: "load-balancer", arnSuffix: "app/shop/1" } };
    const { resources } = await rehearse(
        true,
        (options) => new Observability("o", { ...spec, watch: watched, topicArn, platform }, options),
    );
    const { metricQueries, ...others } = inputsOf(resources, "o-load-balancer-targets-unhealthy") as {
        metricQueries: { expression: unknown }[];
    };
    expect(await settled(metricQueries[0]?.expression)).toBe(
        `SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) WHERE LoadBalancer = 'app/shop/1'`,
    );
    expect(metricQueries).toEqual([expect.objectContaining({ period: 60, returnData: true })]);
    expect(others).toMatchObject({ threshold: 0, evaluationPeriods: 15, datapointsToAlarm: 10 });
});

it("names in composite alarms the alarms that it creates, after them", async () => {
    const { resources } = await make();
    const names = resources.map(({ inputs }) => inputs.name);
    const { alarmRule } = inputsOf(resources, "observability-cache-cache-thrashing");
    const named = [...String(alarmRule).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(named).toHaveLength(2);
    expect(names).toEqual(expect.arrayContaining(named));
});
