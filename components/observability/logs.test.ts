import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { everything } from "../testing/watched";
import { Observability, observabilitySettings } from ".";
import { planQueries } from "./queries";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const make = () =>
    rehearse(false, (options) => new Observability("o", { ...spec, watch: everything, topicArn, platform }, options));

it("counts the errors of each service, in its own dimension, and alarms on what it counts", async () => {
    const { resources } = await make();
    const filter = inputsOf(resources, "o-backend-errors");
    expect(filter).toMatchObject({
        logGroupName: "/aws/containerinsights/shop/application",
        metricTransformation: {
            ...{ namespace: "Plinth", name: "shop-test-errors", value: "1" },
            dimensions: { Service: "$.kubernetes.container_name" },
        },
    });
    const pattern = String(await settled(filter.pattern));
    expect(pattern).toContain(
        '{ ($.kubernetes.namespace_name = "app") && ($.kubernetes.container_name = "backend") && (',
    );
    expect(pattern.length).toBeLessThanOrEqual(1024);
    expect(inputsOf(resources, "o-backend-service-logs-errors")).toMatchObject({
        ...{ namespace: "Plinth", metricName: "shop-test-errors", dimensions: { Service: "backend" } },
        ...{ threshold: 10, treatMissingData: "notBreaching" },
    });
});

it("saves the queries that the runbooks name, under the stack's name", async () => {
    const { resources } = await make();
    const queries = resources.filter(({ type }) => type === "aws:cloudwatch/queryDefinition:QueryDefinition");
    expect(queries.map(({ inputs }) => inputs.name)).toEqual(
        planQueries(everything).map(({ part }) => `shop-test/${part}`),
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
        const query = planQueries(everything).find((each) => each.part === `${part}-slow-statements`);
        return Promise.all((query?.groupNames ?? []).map((name) => settled(name)));
    };
    expect(await groupsOf("burstable")).toEqual([
        "/aws/rds/instance/burstable-primary/postgresql",
        "/aws/rds/instance/burstable-replica-1/postgresql",
    ]);
    expect(await groupsOf("aurora")).toEqual(["/aws/rds/cluster/aurora/slowquery"]);
});

it("has no query of logs that there are not", () => {
    expect(planQueries({})).toEqual([]);
    const [database] = everything.databases ?? [];
    expect(database).toBeDefined();
    if (!database) return;
    expect(planQueries({ databases: [{ ...database, spec: { ...database.spec, exportLogs: false } }] })).toEqual([]);
});
