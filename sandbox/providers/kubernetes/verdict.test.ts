import { afterAll, describe, expect, it } from "vitest";
import type { Properties } from "../../rpc/values";
import { job, pod, TestCluster } from "./testing";

const cluster = new TestCluster();
afterAll(() => cluster.remove());

const POD = "kubernetes:core/v1:Pod";
const SERVICE = "kubernetes:core/v1:Service";
const SECRET = "kubernetes:core/v1:Secret";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const CRON = "kubernetes:batch/v1:CronJob";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

const at = (name: string) => ({ metadata: { name, namespace: "app" } });
const spec = (inner: Properties): Properties => ({ ...at("x"), spec: inner });
const container = (more: Properties) => spec(pod(more));
const variable = (from: Properties) => container({ env: [{ name: "A", valueFrom: from }] });
const volume = (source: Properties) => spec(pod({}, { volumes: [{ name: "v", ...source }] }));
const service = (port: Properties, more: Properties = {}) => spec({ ports: [{ port: 80, ...port }], ...more });
const claim = (resources: Properties) => spec({ accessModes: ["ReadWriteOnce"], resources });
const cron = (schedule: string) => spec({ schedule, jobTemplate: { spec: (job() as { spec: Properties }).spec } });
const deployment = (more: Properties) => {
    const labels = { app: "x" };
    return spec({ selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod() }, ...more });
};
const hpa = (more: Properties) =>
    spec({ scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "x" }, maxReplicas: 2, ...more });
const cpu = (target: Properties) => hpa({ metrics: [{ type: "Resource", resource: { name: "cpu", target } }] });
const ingress = (path: Properties) => spec({ rules: [{ http: { paths: [path] } }] });
const backend = { service: { name: "web", port: { number: 80 } } };
const schema = { type: "object", description: "any", "x-kubernetes-preserve-unknown-fields": true };
const crd = (openAPIV3Schema: Properties) => ({
    metadata: { name: "things.example.com" },
    spec: {
        ...{ group: "example.com", scope: "Namespaced", names: { plural: "things", kind: "Thing" } },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
    },
});

describe("what the API server takes", () => {
    it.each<[string, string, Properties]>([
        [
            "H24: a description",
            "kubernetes:scheduling.k8s.io/v1:PriorityClass",
            { ...at("x"), value: 1, description: "first" },
        ],
        ["H24: x-kubernetes-…", CRD, crd(schema)],
        [
            "H24: x-kubernetes-…, as Pulumi writes it",
            CRD,
            crd({ type: "object", x_kubernetes_preserve_unknown_fields: true }),
        ],
        [
            "H25: VolumeAttributesClass",
            "kubernetes:storage.k8s.io/v1:VolumeAttributesClass",
            { ...at("x"), driverName: "ebs.csi.aws.com" },
        ],
        ["H25: DeviceClass", "kubernetes:resource.k8s.io/v1:DeviceClass", { ...at("x"), spec: {} }],
        ["H25: ResourceClaim", "kubernetes:resource.k8s.io/v1:ResourceClaim", { ...at("x"), spec: {} }],
        [
            "H26: serviceAccountTokenInSecrets",
            "kubernetes:storage.k8s.io/v1:CSIDriver",
            { ...at("x"), spec: { serviceAccountTokenInSecrets: true } },
        ],
        [
            "H26: restartPolicyRules",
            POD,
            container({ restartPolicy: "Never", restartPolicyRules: [{ action: "Restart" }] }),
        ],
        ["H26: workloadRef", POD, spec(pod({}, { workloadRef: { name: "w", podGroup: "g" } }))],
        ["H26: stopSignal", POD, spec({ ...pod({ lifecycle: { stopSignal: "SIGUSR1" } }), os: { name: "linux" } })],
        ["H28: a service port of a long name", SERVICE, service({ name: "a-name-of-more-than-15" })],
        ["H28: a service port named by digits", SERVICE, service({ name: "80" })],
        ["H29: a role without its group", BINDING, { ...at("x"), roleRef: { kind: "Role", name: "r" }, subjects: [] }],
        [
            "H29: an account without its namespace",
            BINDING,
            { ...at("x"), roleRef: { kind: "Role", name: "r" }, subjects: [{ kind: "ServiceAccount", name: "a" }] },
        ],
        ["H30: a policy without podSelector", POLICY, spec({ policyTypes: ["Ingress"] })],
        ["H30: a volume without a source", POD, volume({})],
        [
            "H30: a claim with a limit below its request",
            CLAIM,
            claim({ requests: { storage: "2Gi" }, limits: { storage: "1Gi" } }),
        ],
        ["H30: targetPort 0", SERVICE, service({ targetPort: 0 })],
        ["H30: nodePort 0", SERVICE, service({ nodePort: 0 })],
        [
            "H30: a source range with blanks",
            SERVICE,
            service({}, { type: "LoadBalancer", loadBalancerSourceRanges: [" 10.0.0.0/8 "] }),
        ],
        ["H30: base64 with a newline at its end", SECRET, { ...at("x"), data: { a: "YQ==\n" } }],
        ["H30: an empty type", SERVICE, service({}, { type: "", clusterIP: "" })],
        [
            "H30: an empty restart policy",
            DEPLOYMENT,
            deployment({ template: { metadata: { labels: { app: "x" } }, spec: pod({}, { restartPolicy: "" }) } }),
        ],
        ...["*/5 * * * *", "0 0 1,15 JAN-jun mon-FRI", "@hourly", "@every 1h30m", "0-30/10 ? * * 0"].map(
            (schedule): [string, string, Properties] => [`the schedule ${schedule}`, CRON, cron(schedule)],
        ),
        ["a GPU with its limit", POD, container({ resources: { limits: { "nvidia.com/gpu": 1 } } })],
        ["a path of any kind without text", INGRESS, ingress({ pathType: "ImplementationSpecific", backend })],
    ])("%s", (_, type, inputs) => expect(cluster.failures(type, inputs)).toEqual([]));
});

describe("what only some versions of Kubernetes have", () => {
    it.each<[string, string, Properties, string, RegExp | undefined]>([
        [
            "a kind, before",
            "kubernetes:resource.k8s.io/v1:DeviceClass",
            { ...at("x"), spec: {} },
            "1.33",
            /no matches for kind/,
        ],
        ["a kind, since", "kubernetes:resource.k8s.io/v1:DeviceClass", { ...at("x"), spec: {} }, "1.34", undefined],
        [
            "a field, before",
            POD,
            container({ restartPolicyRules: [] }),
            "1.33",
            /restartPolicyRules: field not declared/,
        ],
        [
            "a field, after",
            POD,
            spec(pod({}, { workloadRef: { name: "w", podGroup: "g" } })),
            "1.36",
            /workloadRef: field not declared/,
        ],
        ["a version that is not known yet", POD, spec(pod()), "1.99", undefined],
    ])("%s", (_, type, inputs, version, message) => {
        const cluster = new TestCluster(version);
        const failures = cluster.failures(type, inputs);
        cluster.remove();
        expect(failures).toEqual(message ? [expect.stringMatching(message)] : []);
    });
});

describe("what the API server refuses", () => {
    it.each<[string, string, Properties, RegExp]>([
        ...[
            ["60 * * * *", /end of range \(60\) above maximum \(59\)/],
            ["0 0 * * 7", /end of range \(7\) above maximum \(6\)/],
            ["*/0 * * * *", /step of range should be a positive number/],
            ["0 0 * *", /expected exactly 5 fields, found 4/],
            ["5-1 * * * *", /beginning of range \(5\) beyond end of range \(1\)/],
            ["0 0 * foo *", /failed to parse int from foo/],
            ["TZ=UTC 0 0 * * *", /cannot use TZ or CRON_TZ/],
            ["@daly", /unrecognized descriptor/],
        ].map((one): [string, string, Properties, RegExp] => [
            `the schedule ${one[0]}`,
            CRON,
            cron(String(one[0])),
            one[1] as RegExp,
        ]),
        [
            "a bad name in secretKeyRef",
            POD,
            variable({ secretKeyRef: { name: "My_Secret", key: "k" } }),
            /secretKeyRef\.name: Invalid value: "My_Secret"/,
        ],
        [
            "a bad key in secretKeyRef",
            POD,
            variable({ secretKeyRef: { name: "s", key: "a key" } }),
            /secretKeyRef\.key: Invalid value: "a key"/,
        ],
        [
            "no key in configMapKeyRef",
            POD,
            variable({ configMapKeyRef: { name: "s", key: "" } }),
            /configMapKeyRef\.key: Required value/,
        ],
        [
            "envFrom without a name",
            POD,
            container({ envFrom: [{ secretRef: { name: "" } }] }),
            /envFrom\[0\]\.secretRef\.name: Required value/,
        ],
        [
            "envFrom of a bad name",
            POD,
            container({ envFrom: [{ configMapRef: { name: "A" } }] }),
            /envFrom\[0\]\.configMapRef\.name: Invalid value/,
        ],
        [
            "a probe without an action",
            POD,
            container({ livenessProbe: { periodSeconds: 5 } }),
            /livenessProbe: Required value: must specify a handler type/,
        ],
        [
            "a GPU without a limit",
            POD,
            container({ resources: { requests: { "nvidia.com/gpu": 1 } } }),
            /Limit must be set for non overcommitable/,
        ],
        ["half a GPU", POD, container({ resources: { limits: { "nvidia.com/gpu": "500m" } } }), /must be an integer/],
        [
            "a resource that there is none of",
            POD,
            container({ resources: { requests: { cpus: 1 } } }),
            /standard resource type or fully qualified/,
        ],
        [
            "a window of more than an hour",
            HPA,
            hpa({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
            /must be less than or equal to 3600/,
        ],
        [
            "a period of more than half an hour",
            HPA,
            hpa({ behavior: { scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 1801 }] } } }),
            /must be less than or equal to 1800/,
        ],
        ["no policies", HPA, hpa({ behavior: { scaleUp: { policies: [] } } }), /must specify at least one Policy/],
        [
            "a target without a value",
            HPA,
            cpu({ type: "AverageValue" }),
            /must set one of averageUtilization, averageValue/,
        ],
        [
            "a path with two slashes",
            INGRESS,
            ingress({ path: "/a//b", pathType: "Prefix", backend }),
            /must not contain '\/\/'/,
        ],
        [
            "a relative path of any kind",
            INGRESS,
            ingress({ path: "a", pathType: "ImplementationSpecific", backend }),
            /must be an absolute path/,
        ],
        [
            "a backend of a bad name",
            INGRESS,
            ingress({ path: "/", pathType: "Prefix", backend: { service: { name: "1a", port: { number: 80 } } } }),
            /service\.name: Invalid value: "1a": a DNS-1035/,
        ],
        ["no paths", INGRESS, spec({ rules: [{ http: { paths: [] } }] }), /paths: Required value/],
        [
            "minReadySeconds of the deadline by default",
            DEPLOYMENT,
            deployment({ minReadySeconds: 600 }),
            /must be greater than minReadySeconds/,
        ],
        [
            "a class of load balancers without one",
            SERVICE,
            service({}, { loadBalancerClass: "service.k8s.aws/nlb" }),
            /may only be used when `type` is 'LoadBalancer'/,
        ],
        [
            "a traffic policy for nobody outside",
            SERVICE,
            service({}, { externalTrafficPolicy: "Local" }),
            /externally-accessible/,
        ],
        [
            "a cluster binding without a namespace",
            "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            {
                ...at("x"),
                roleRef: { kind: "ClusterRole", name: "r" },
                subjects: [{ kind: "ServiceAccount", name: "a" }],
            },
            /subjects\[0\]\.namespace: Required value/,
        ],
        ["a list for a map", SECRET, { ...at("x"), data: ["a"] }, /\.data: expected map, got list/],
    ])("%s", (_, type, inputs, message) => {
        const failures = cluster.failures(type, inputs);
        expect(failures).toEqual([expect.stringMatching(message)]);
    });
});
