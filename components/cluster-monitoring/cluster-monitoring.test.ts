import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { objects, only } from "../testing/application";
import { inputsOf, namesOfNodes, settled } from "../testing/mocks";
import { chartValues, everything, type Json, makeMonitoring } from "./testing/monitoring";

describe("the namespace", () => {
    it("enforces Pod Security restricted, and is closed but for what each pod needs", async () => {
        const { resources } = await everything();
        const { metadata } = await only(resources, "Namespace", "monitoring");
        expect(metadata.labels).toMatchObject({
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.35",
        });
        const policies = await objects(resources, "NetworkPolicy");
        const ports = (rules: unknown) =>
            (rules as { ports: { port: number }[] }[]).flatMap((rule) => rule.ports.map(({ port }) => port));
        const open = Object.entries(policies)
            .filter(([name]) => !["deny-all", "allow-dns"].includes(name))
            .map(([name, { spec }]) => [
                name,
                { in: ports(spec.ingress), out: ports(spec.egress).filter((port) => port !== 53) },
            ]);
        expect(policies["deny-all"]?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
        expect(Object.fromEntries(open)).toEqual({
            prometheus: { in: [9090], out: [8080, 9187, 9121, 10_250, 443] },
            grafana: { in: [], out: [9090] },
            "kube-state-metrics": { in: [8080], out: [443] },
            "postgres-exporter": { in: [9187], out: [5432] },
            "redis-exporter": { in: [9121], out: [6379] },
        });
    });

    it("lets Prometheus find nodes and read their metrics, and nothing else", async () => {
        const { resources } = await everything();
        const role = (await only(resources, "ClusterRole", "prometheus-scraping")) as unknown as { rules: object[] };
        expect(role.rules).toEqual([
            { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
        ]);
        const { server, serviceAccounts, "kube-state-metrics": states } = await chartValues(resources, "prometheus");
        expect(server?.useExistingClusterRoleName).toBe("prometheus-scraping");
        const binding = (await only(resources, "ClusterRoleBinding", "prometheus-scraping")) as unknown as {
            subjects: { name: string }[];
        };
        expect(binding.subjects[0]?.name).toBe(serviceAccounts?.server?.name);
        expect(states?.collectors).not.toEqual(expect.arrayContaining(["secrets"]));
        expect(states?.collectors).not.toEqual(expect.arrayContaining(["configmaps"]));
    });
});

describe("secrets", () => {
    it.each([true, false])(
        "are in no object of the cluster and in no value of a chart, preview %s",
        async (preview) => {
            const { resources } = await makeMonitoring({}, preview);
            const inCluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
            const own = inCluster.filter(({ name }) => name.startsWith("monitoring"));
            expect(own.length).toBeGreaterThan(20);
            for (const { name, inputs } of own) {
                expect(await pulumi.isSecret(pulumi.output(inputs)), name).toBe(false);
                if (!preview) expect(JSON.stringify(await settled(inputs)), name).not.toContain("!generated");
            }
        },
    );

    it("reach Grafana through External Secrets, and a changed password restarts it", async () => {
        const { resources } = await everything();
        const { admin, podAnnotations } = await chartValues(resources, "grafana");
        expect(admin).toEqual({ existingSecret: "grafana-admin", userKey: "username", passwordKey: "password" });
        expect(podAnnotations).toEqual({
            "plinth/configuration-version": "monitoring-grafana-credentials-value-version",
        });
        const { spec } = await only(resources, "ExternalSecret", "grafana-admin");
        expect((spec.data as { secretKey: string }[]).map(({ secretKey }) => secretKey)).toEqual([
            "username",
            "password",
        ]);
    });
});

describe("critical alerts", () => {
    it("are sent to a topic where one is given, by a role that may do that alone", async () => {
        const arn = "arn:aws:sns:eu-west-1:123456789012:alerts";
        const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";
        const { resources } = await makeMonitoring({ spec: { alertTopic: { arn, keyArn } } });
        const { alertmanager, server } = await chartValues(resources, "prometheus");
        expect(alertmanager?.config?.route).toMatchObject({
            receiver: "none",
            routes: [{ matchers: ['severity="critical"'], receiver: "topic" }],
        });
        expect(JSON.stringify(alertmanager?.config)).toContain(`"topic_arn":"${arn}","sigv4":{"region":"eu-west-1"}`);
        expect(server?.alertmanagers).toEqual([{ static_configs: [{ targets: ["alertmanager:9093"] }] }]);
        const policy = JSON.parse(
            String(await settled(inputsOf(resources, "monitoring-prometheus-alert-policy").policy as string)),
        );
        expect(policy.Statement.map(({ Action, Resource }: Json) => [Action, Resource])).toEqual([
            [["sns:Publish"], arn],
            [["kms:GenerateDataKey", "kms:Decrypt"], keyArn],
        ]);
        const account = inputsOf(resources, "cluster-alertmanager-identity-association").serviceAccount;
        expect(account).toBe((alertmanager?.serviceAccount as Json | undefined)?.name);
    });

    it("have no Alertmanager without one", async () => {
        const { resources } = await everything();
        const { alertmanager, server } = await chartValues(resources, "prometheus");
        expect([alertmanager, server?.alertmanagers]).toEqual([{ enabled: false }, undefined]);
        expect(Object.keys(await objects(resources, "NetworkPolicy"))).not.toContain("alertmanager");
    });
});

it("does without a database and without a cache", async () => {
    const { made, resources } = await makeMonitoring({ database: false, cache: false });
    expect(made.databaseUser).toBeUndefined();
    expect(await objects(resources, "Deployment")).toEqual({});
    const { scrapeConfigs } = await chartValues(resources, "prometheus");
    const jobs = Object.entries(scrapeConfigs ?? {}).filter(
        ([, job]) => (job as unknown as { enabled?: boolean }).enabled !== false,
    );
    expect(jobs.map(([name]) => name)).toEqual(["prometheus", "kube-state-metrics", "kubelet", "containers"]);
});

it("gives its raw resources", async () => {
    const { made, resources } = await everything();
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        namespace: "monitoring-namespace",
        prometheus: "monitoring-prometheus-chart",
        grafana: "monitoring-grafana-chart",
        dashboards: "monitoring-grafana-dashboards",
        exporters: {
            database: "monitoring-database-exporter-deployment",
            cache: "monitoring-cache-exporter-deployment",
        },
        key: "monitoring-grafana-encryption-key",
        secret: "monitoring-grafana-credentials-secret",
    });
});
