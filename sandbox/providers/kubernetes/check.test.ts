import { afterAll, describe, expect, it } from "vitest";
import { type Properties, Secret, UNKNOWN } from "../../rpc/values";
import { deployment, job, pod, TestCluster } from "./testing";

const cluster = new TestCluster();
afterAll(() => cluster.remove());

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const SERVICE = "kubernetes:core/v1:Service";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const named = (spec: Properties, name = "x"): Properties => ({ metadata: { name, namespace: "app" }, spec });

describe("an object that is in order", () => {
    it.each<[string, Properties]>([
        [DEPLOYMENT, deployment()],
        [
            DEPLOYMENT,
            deployment(
                pod(
                    {
                        env: [
                            { name: "A", value: "1" },
                            { name: "B", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
                        ],
                        ports: [{ name: "http", containerPort: 8080 }],
                        readinessProbe: { httpGet: { path: "/", port: "http" } },
                        resources: {
                            requests: { cpu: "100m", memory: "128Mi" },
                            limits: { cpu: 0.2, memory: "256Mi" },
                        },
                        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                        restartPolicyRules: [],
                    },
                    { volumes: [{ name: "tmp", emptyDir: {} }], hostnameOverride: "x" },
                ),
                { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
            ),
        ],
        [JOB, job()],
        [SERVICE, named({ selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] })],
        [
            HPA,
            named({
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
                minReplicas: 2,
                maxReplicas: 8,
                metrics: [
                    {
                        type: "Resource",
                        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
                    },
                ],
            }),
        ],
        [
            POLICY,
            named({
                podSelector: {},
                policyTypes: ["Ingress", "Egress"],
                egress: [
                    {
                        to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }],
                        ports: [{ port: 5432, protocol: "TCP" }],
                    },
                ],
            }),
        ],
        ["kubernetes:core/v1:ConfigMap", { metadata: { name: "c", namespace: "app" }, data: { "a.b": "1" } }],
        [
            "kubernetes:core/v1:Secret",
            { metadata: { name: "s", namespace: "app" }, stringData: new Secret({ token: "t" }) },
        ],
        [
            "kubernetes:external-secrets.io/v1:ExternalSecret",
            named({ secretStoreRef: { name: "store" }, dataFrom: [{ extract: { key: "k" } }] }),
        ],
    ])("%s has no failures (%#)", (type, inputs) => {
        expect(cluster.failures(type, inputs)).toEqual([]);
    });
});

describe("what is not known before the update", () => {
    it.each<[string, string, Properties]>([
        ["an image", DEPLOYMENT, deployment(pod({ image: UNKNOWN }))],
        ["replicas", DEPLOYMENT, deployment(pod(), { replicas: UNKNOWN })],
        ["a whole pod", DEPLOYMENT, deployment(UNKNOWN as unknown as Properties)],
        ["a namespace", DEPLOYMENT, { ...deployment(), metadata: { name: "web", namespace: UNKNOWN } }],
        ["all metadata", DEPLOYMENT, { ...deployment(), metadata: UNKNOWN }],
        ["labels", DEPLOYMENT, deployment(pod(), { selector: { matchLabels: { app: UNKNOWN } } })],
        ["a range", POLICY, named({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: UNKNOWN } }] }] })],
        [
            "security groups",
            "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
            named({ podSelector: {}, securityGroups: { groupIds: UNKNOWN } }),
        ],
        [
            "a secret's text",
            "kubernetes:core/v1:Secret",
            { metadata: { name: "s", namespace: "app" }, stringData: new Secret(UNKNOWN) },
        ],
    ])("is never a failure: %s", (_, type, inputs) => {
        expect(cluster.failures(type, inputs)).toEqual([]);
    });
});

it("never shows what is secret in a message", () => {
    const shown = [
        ...cluster.failures("kubernetes:core/v1:Secret", {
            metadata: { name: "s" },
            data: new Secret({ k: "hunter2!" }),
        }),
        ...cluster.failures(DEPLOYMENT, deployment(pod({ image: new Secret("Hunter2 !") }))),
    ];
    expect(shown).toHaveLength(2);
    expect(shown.join("\n")).not.toMatch(/hunter2/i);
});

describe("a name that is left out", () => {
    const inputs = { ...deployment(), metadata: { namespace: "app" } };
    it("is made up of the Pulumi name, kept from then on, and made anew for a replacement", () => {
        const check = (old: Properties) =>
            cluster.provider.check({ type: DEPLOYMENT, name: "front", stack: "dev" }, old, inputs).inputs;
        const first = check({});
        expect(first.metadata).toMatchObject({
            name: expect.stringMatching(/^front-[a-z0-9]{8}$/),
            annotations: { "pulumi.com/autonamed": "true" },
        });
        expect(check(first)).toEqual(first);
        expect(check({})).not.toEqual(first);
    });
});

it("knows the fields of the common kinds, for an import", () => {
    const names = cluster.provider.inputNames();
    expect(names["kubernetes:apps/v1:Deployment"]).toEqual(expect.arrayContaining(["metadata", "spec"]));
    expect(names["kubernetes:core/v1:Secret"]).toEqual(
        expect.arrayContaining(["data", "stringData", "immutable", "type"]),
    );
    expect(Object.values(names).every((fields) => fields.includes("metadata"))).toBe(true);
});
