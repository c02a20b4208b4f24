import { afterAll, describe, expect, it } from "vitest";
import type { Properties } from "../../../rpc/values";
import { CONTAINER, deployment, job, pod, TestCluster } from "../testing";

const cluster = new TestCluster();
afterAll(() => cluster.remove());

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const named = (spec: Properties, name = "x"): Properties => ({ metadata: { name, namespace: "app" }, spec });

describe("what the API server says beyond the schema", () => {
    const container = (more: Properties) => deployment(pod(more));
    const port = (more: Properties) => named({ selector: { app: "web" }, ports: [{ port: 80, ...more }] });
    const rule = (path: Properties) => named({ rules: [{ http: { paths: [path] } }] });
    const backend = { service: { name: "web", port: { number: 80 } } };
    it.each<[string, string, Properties, RegExp]>([
        [
            "a name that is no DNS name",
            DEPLOYMENT,
            { ...deployment(), metadata: { name: "Web", namespace: "app" } },
            /metadata\.name: Invalid value: "Web": a lowercase RFC 1123 subdomain/,
        ],
        [
            "a namespace with a dot",
            "kubernetes:core/v1:Namespace",
            { metadata: { name: "a.b" } },
            /metadata\.name: Invalid value: "a\.b": a lowercase RFC 1123 label/,
        ],
        ["a service that starts with a digit", SERVICE, named({ ports: [{ port: 80 }] }, "1web"), /DNS-1035/],
        [
            "a label value with a blank",
            DEPLOYMENT,
            { ...deployment(), metadata: { name: "web", namespace: "app", labels: { a: "b c" } } },
            /metadata\.labels: Invalid value: "b c": a valid label/,
        ],
        [
            "a label key with two slashes",
            DEPLOYMENT,
            { ...deployment(), metadata: { name: "web", namespace: "app", labels: { "a/b/c": "d" } } },
            /metadata\.labels: Invalid value: "a\/b\/c": name part/,
        ],
        [
            "a level of pod security that there is none of",
            "kubernetes:core/v1:Namespace",
            { metadata: { name: "a", labels: { "pod-security.kubernetes.io/enforce": "strict" } } },
            /must be one of privileged, baseline, restricted/,
        ],
        [
            "a selector that misses the template",
            DEPLOYMENT,
            deployment(pod(), { selector: { matchLabels: { app: "api" } } }),
            /`selector` does not match template `labels`/,
        ],
        ["an empty selector", DEPLOYMENT, deployment(pod(), { selector: {} }), /empty selector is invalid/],
        [
            "no surge and none unavailable",
            DEPLOYMENT,
            deployment(pod(), { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }),
            /may not be 0 when `maxSurge` is 0/,
        ],
        [
            "an image with a blank",
            DEPLOYMENT,
            container({ image: "my app:1" }),
            /image: Invalid value: "my app:1": couldn't parse image reference/,
        ],
        ["an image in capitals", DEPLOYMENT, container({ image: "MyApp:1" }), /couldn't parse image reference/],
        [
            "a request above its limit",
            DEPLOYMENT,
            container({ resources: { requests: { memory: "1Gi" }, limits: { memory: "512Mi" } } }),
            /requests\.memory: Invalid value: "1Gi": must be less than or equal to memory limit of 512Mi/,
        ],
        [
            "a quantity that is none",
            DEPLOYMENT,
            container({ resources: { requests: { memory: "512MB" } } }),
            /requests\.memory: Invalid value: "512MB": quantities must match/,
        ],
        [
            "a variable twice",
            DEPLOYMENT,
            container({
                env: [
                    { name: "A", value: "1" },
                    { name: "A", value: "2" },
                ],
            }),
            /env\[1\]\.name: Duplicate value: "A"/,
        ],
        [
            "a variable with two sources",
            DEPLOYMENT,
            container({
                env: [
                    {
                        name: "A",
                        valueFrom: { secretKeyRef: { name: "s", key: "k" }, configMapKeyRef: { name: "s", key: "k" } },
                    },
                ],
            }),
            /may not have more than one field specified/,
        ],
        [
            "a port twice",
            DEPLOYMENT,
            container({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
            /ports\[1\]\.containerPort: Duplicate value: 80/,
        ],
        [
            "a port out of range",
            DEPLOYMENT,
            container({ ports: [{ containerPort: 80000 }] }),
            /must be between 1 and 65535/,
        ],
        [
            "a probe of a port that has no such name",
            DEPLOYMENT,
            container({ livenessProbe: { httpGet: { port: "http" } } }),
            /livenessProbe\.httpGet\.port: Invalid value: "http": no port of the container/,
        ],
        [
            "a probe without a handler",
            DEPLOYMENT,
            container({ livenessProbe: { periodSeconds: 5 } }),
            /livenessProbe: Required value: must specify a handler type/,
        ],
        [
            "a mount of a volume that there is none of",
            DEPLOYMENT,
            container({ volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }),
            /volumeMounts\[0\]\.name: Not found: "tmp"/,
        ],
        [
            "a volume twice",
            DEPLOYMENT,
            deployment(
                pod(
                    {},
                    {
                        volumes: [
                            { name: "a", emptyDir: {} },
                            { name: "a", emptyDir: {} },
                        ],
                    },
                ),
            ),
            /volumes\[1\]\.name: Duplicate value: "a"/,
        ],
        [
            "a container twice",
            DEPLOYMENT,
            deployment(pod({}, { containers: [CONTAINER, CONTAINER] })),
            /containers\[1\]\.name: Duplicate value: "web"/,
        ],
        [
            "pods of a Deployment that end",
            DEPLOYMENT,
            deployment(pod({}, { restartPolicy: "Never" })),
            /restartPolicy: Unsupported value: "Never": supported values: "Always"/,
        ],
        [
            "pods of a Job that never end",
            JOB,
            job({ restartPolicy: undefined }),
            /restartPolicy: Required value: valid values: "OnFailure", "Never"/,
        ],
        [
            "fewer replicas at most than at least",
            HPA,
            named({ scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 5, maxReplicas: 2 }),
            /spec\.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`/,
        ],
        [
            "a metric without its source",
            HPA,
            named({
                scaleTargetRef: { kind: "Deployment", name: "web" },
                maxReplicas: 2,
                metrics: [{ type: "Resource" }],
            }),
            /metrics\[0\]\.resource: Required value/,
        ],
        [
            "a budget that says both",
            "kubernetes:policy/v1:PodDisruptionBudget",
            named({ minAvailable: 1, maxUnavailable: 1 }),
            /minAvailable and maxUnavailable cannot be both set/,
        ],
        ["a service without ports", SERVICE, named({ selector: { app: "web" } }), /spec\.ports: Required value/],
        [
            "a node port of an inner service",
            SERVICE,
            port({ nodePort: 30000 }),
            /nodePort: Forbidden: may not be used when `type` is 'ClusterIP'/,
        ],
        [
            "two ports without names",
            SERVICE,
            named({ ports: [{ port: 80, name: "a" }, { port: 81 }] }),
            /ports\[1\]\.name: Required value/,
        ],
        ["an Ingress without a path type", INGRESS, rule({ path: "/", backend }), /pathType: Required value/],
        [
            "a path that is not absolute",
            INGRESS,
            rule({ path: "api", pathType: "Prefix", backend }),
            /must be an absolute path/,
        ],
        [
            "a backend with two ports",
            INGRESS,
            rule({
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "web", port: { number: 80, name: "http" } } },
            }),
            /cannot set both port name & port number/,
        ],
        [
            "a range that is none",
            POLICY,
            named({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/33" } }] }] }),
            /cidr: Invalid value: "10\.0\.0\.0\/33": must be a valid CIDR value/,
        ],
        [
            "an exception that is not inside",
            POLICY,
            named({
                podSelector: {},
                egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] } }] }],
            }),
            /must be a strict subset of `cidr`/,
        ],
        [
            "a peer that is two things",
            POLICY,
            named({ podSelector: {}, ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }] }] }),
            /may not specify both ipBlock and another peer/,
        ],
        [
            "a key with a blank",
            "kubernetes:core/v1:ConfigMap",
            { metadata: { name: "c", namespace: "app" }, data: { "a b": "1" } },
            /a valid config key/,
        ],
        [
            "a role without verbs",
            "kubernetes:rbac.authorization.k8s.io/v1:Role",
            {
                metadata: { name: "r", namespace: "app" },
                rules: [{ apiGroups: [""], resources: ["secrets"], verbs: [] }],
            },
            /verbs must contain at least one value/,
        ],
        [
            "a claim of nothing",
            "kubernetes:core/v1:PersistentVolumeClaim",
            named({ accessModes: ["ReadWriteOnce"], resources: {} }),
            /spec\.resources\.requests\.storage: Required value|spec\.resources\[storage\]/,
        ],
        [
            "a schedule that is none",
            "kubernetes:batch/v1:CronJob",
            named({ schedule: "daily", jobTemplate: { spec: job().spec as Properties } }),
            /schedule: Invalid value: "daily": expected exactly 5 fields/,
        ],
    ])("%s", (_, type, inputs, message) => {
        const failures = cluster.failures(type, inputs);
        expect(failures).toContainEqual(expect.stringMatching(message));
        expect(failures).toHaveLength(1);
    });
});
