import { expect, it } from "vitest";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { networkCidrs, serviceLogs, standInCluster, standInNamespace, workloadSpec } from "../testing/workloads";
import { createServices } from "./services";

const make = (names: string[]) =>
    rehearse(false, (options) => {
        const network = { vpcId: "vpc-1", cidrs: networkCidrs, publicSubnetIds: [] };
        const cluster = standInCluster(false, options);
        const args = { platform, cluster, network, application: standInNamespace, queues: {} };
        const services = Object.fromEntries(names.map((name) => [name, workloadSpec]));
        return createServices({ services, logs: serviceLogs }, args, options);
    });

it("keeps the logs of each service in an encrypted group of its own, which its pods name in a label", async () => {
    const { made, resources } = await make(["backend", "frontend"]);
    expect(Object.keys(made.logGroups)).toEqual(["backend", "frontend"]);
    for (const service of ["backend", "frontend"]) {
        const group = inputsOf(resources, `service-logs-${service}`);
        expect(group).toMatchObject({ name: `/shop-test/services/${service}`, retentionInDays: 30 });
        expect(await settled(group.kmsKeyId)).toMatch(/^arn:/);
        const { selector, template } = (await settled(inputsOf(resources, `${service}-deployment`).spec)) as {
            selector: { matchLabels: Record<string, string> };
            template: { metadata: { labels: Record<string, string> } };
        };
        expect(template.metadata.labels["plinth/log-group"]).toBe(service);
        // The selector of a Deployment never changes: with another one, it would be replaced.
        expect(selector.matchLabels).toEqual({ "app.kubernetes.io/name": service });
    }
});

it("has no key and no group where there are no services", async () => {
    const { resources } = await make([]);
    expect(resources.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
});
