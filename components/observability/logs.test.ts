import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { everything } from "../testing/watched";
import { Observability, type ObservabilitySpec, observabilityProblems, observabilitySettings } from ".";
import { planQueries } from "./queries";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const make = (change: Partial<ObservabilitySpec> = {}) =>
    rehearse(
        false,
        (options) => new Observability("o", { ...spec, ...change, watch: everything, topicArn, platform }, options),
    );

it("counts the errors of each service, in its own dimension, and alarms on what it counts", async () => {
    const { resources } = await make();
    const filter = inputsOf(resources, "o-backend-errors");
    expect(filter).toMatchObject({
        logGroupName: "/aws/containerinsights/shop/services/backend",
        metricTransformation: {
            ...{ namespace: "Plinth", name: "shop-test-errors", value: "1" },
            dimensions: { Service: "$.kubernetes.container_name" },
        },
    });
    const pattern = String(await settled(filter.pattern));
    expect(pattern).toContain('{ ($.kubernetes.container_name = "backend") && (($.log_processed.level = "error") || ');
    expect(pattern.length).toBeLessThanOrEqual(1024);
    expect(inputsOf(resources, "o-backend-service-logs-errors")).toMatchObject({
        ...{ namespace: "Plinth", metricName: "shop-test-errors", dimensions: { Service: "backend" } },
        ...{ threshold: 10, treatMissingData: "notBreaching" },
    });
});

it("measures the time of each service's requests by the field that it logs, and alarms on 95 of 100", async () => {
    const logs = { ...spec.logs, latencyField: "http.milliseconds", latencyMilliseconds: 250 };
    const { resources } = await make({ logs });
    expect(inputsOf(resources, "o-worker-latency")).toMatchObject({
        logGroupName: "/aws/containerinsights/shop/services/worker",
        pattern: '{ ($.kubernetes.container_name = "worker") && ($.log_processed.http.milliseconds >= 0) }',
        metricTransformation: {
            ...{ namespace: "Plinth", name: "shop-test-latency", value: "$.log_processed.http.milliseconds" },
            ...{ unit: "Milliseconds", dimensions: { Service: "$.kubernetes.container_name" } },
        },
    });
    expect(inputsOf(resources, "o-worker-service-logs-slow")).toMatchObject({
        ...{ namespace: "Plinth", metricName: "shop-test-latency", dimensions: { Service: "worker" } },
        ...{ extendedStatistic: "p95", threshold: 250, treatMissingData: "notBreaching" },
    });
    expect(inputsOf(resources, "o-service-slow-requests")).toMatchObject({
        logGroupNames: ["backend", "worker"].map((service) => `/aws/containerinsights/shop/services/${service}`),
        queryString: expect.stringMatching(/log_processed\.http\.milliseconds as .*\n\| filter milliseconds > 250\n/),
    });
});

it("refuses a field that a pattern could not name", () => {
    const at = "plinth:observability";
    const problems = observabilityProblems(at, { ...spec, logs: { ...spec.logs, latencyField: 'a") || (' } }, []);
    expect(problems.map((problem) => problem.at)).toEqual([`${at}.logs.latencyField`]);
});

it("asks fifty groups at a time, which is as many as Logs Insights takes", () => {
    const names = Array.from({ length: 60 }, (_, index) => `service-${index}`);
    const groupNames = Object.fromEntries(names.map((name) => [name, `/logs/${name}`]));
    for (const { groupNames: asked } of planQueries({ logs: { groupNames, prefix: "shop" } }, spec.logs))
        expect(asked).toHaveLength(50);
});

it("saves the queries that the runbooks name, under the stack's name", async () => {
    const { resources } = await make();
    const queries = resources.filter(({ type }) => type === "aws:cloudwatch/queryDefinition:QueryDefinition");
    expect(queries.map(({ inputs }) => inputs.name)).toEqual(
        planQueries(everything, spec.logs).map(({ part }) => `shop-test/${part}`),
    );
    expect(inputsOf(resources, "o-rejected-connections").queryString).toBe(
        [
            'filter action = "REJECT"',
            "| stats count(*) as flows by srcAddr, dstAddr, dstPort",
            "| sort flows desc",
            "| limit 50",
        ].join("\n"),
    );
});

it("asks the log of each server, and of a cluster the one that its servers share", async () => {
    const groupsOf = async (part: string) => {
        const query = planQueries(everything, spec.logs).find((each) => each.part === `${part}-slow-statements`);
        return Promise.all((query?.groupNames ?? []).map((name) => settled(name)));
    };
    expect(await groupsOf("burstable")).toEqual([
        "/aws/rds/instance/burstable-primary/postgresql",
        "/aws/rds/instance/burstable-replica-1/postgresql",
    ]);
    expect(await groupsOf("aurora")).toEqual(["/aws/rds/cluster/aurora/slowquery"]);
});

it("has no query of logs that there are not", () => {
    expect(planQueries({}, spec.logs)).toEqual([]);
    const [database] = everything.databases ?? [];
    expect(database).toBeDefined();
    if (!database) return;
    const silent = { ...database, spec: { ...database.spec, exportLogs: false } };
    expect(planQueries({ databases: [silent] }, spec.logs)).toEqual([]);
});
