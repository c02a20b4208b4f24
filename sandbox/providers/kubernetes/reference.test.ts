import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../rpc/values";
import { InitError } from "../provider";
import { deployment, pod, resourceOf, TestCluster } from "./testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SECRET = "kubernetes:core/v1:Secret";
const CONFIG = "kubernetes:core/v1:ConfigMap";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const RESTRICTED = { "pod-security.kubernetes.io/enforce": "restricted" };

let cluster: TestCluster;
beforeEach(async () => {
    cluster = new TestCluster();
    await cluster.make(NAMESPACE, { metadata: { name: "app", labels: RESTRICTED } });
});
afterEach(() => cluster.remove());

const named = (name: string, rest: Properties = {}): Properties => ({ metadata: { name, namespace: "app" }, ...rest });
const chart = (name: string, rest: Properties = {}): Properties => ({
    name,
    chart: name,
    version: "1.0.0",
    namespace: "kube-system",
    ...rest,
});
const store = named("store", { spec: { provider: { aws: { service: "SecretsManager", region: "eu-west-1" } } } });
const ingress = (number = 80): Properties =>
    named("web", {
        spec: {
            ingressClassName: "alb",
            rules: [
                {
                    http: {
                        paths: [
                            { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number } } } },
                        ],
                    },
                },
            ],
        },
    });
const service = named("web", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
describe("an object that refers to what is not there", () => {
    const env = (source: Properties) => deployment(pod({ env: [{ name: "A", valueFrom: source }] }));
    it.each<[string, string, Properties, RegExp]>([
        [
            "a namespace",
            SERVICE,
            { ...service, metadata: { name: "web", namespace: "lost" } },
            /resource lost\/web was not successfully created by the Kubernetes API server: namespaces "lost" not found/,
        ],
        [
            "a service account",
            DEPLOYMENT,
            deployment(pod({}, { serviceAccountName: "web" })),
            /error looking up service account app\/web: serviceaccount "web" not found/,
        ],
        ["a secret", DEPLOYMENT, env({ secretKeyRef: { name: "s", key: "k" } }), /secret "s" not found/],
        [
            "a config map",
            DEPLOYMENT,
            deployment(pod({ envFrom: [{ configMapRef: { name: "c" } }] })),
            /configmap "c" not found/,
        ],
        [
            "a secret as a volume",
            DEPLOYMENT,
            deployment(pod({}, { volumes: [{ name: "v", secret: { secretName: "s" } }] })),
            /secret "s" not found/,
        ],
        [
            "a claim",
            DEPLOYMENT,
            deployment(pod({}, { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] })),
            /persistentvolumeclaim "c" not found/,
        ],
        [
            "a priority",
            DEPLOYMENT,
            deployment(pod({}, { priorityClassName: "high" })),
            /no PriorityClass with name high was found/,
        ],
        ["a service behind an Ingress", INGRESS, ingress(), /names the Service "web", which does not exist/],
        [
            "the target of a scaler",
            "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
            named("h", {
                spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
            }),
            /deployments\.apps "web" not found/,
        ],
        [
            "a role",
            BINDING,
            named("b", { roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" } }),
            /role\.rbac\.authorization\.k8s\.io "r" not found/,
        ],
        [
            "a storage class",
            "kubernetes:core/v1:PersistentVolumeClaim",
            named("c", {
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: "fast",
                    resources: { requests: { storage: "1Gi" } },
                },
            }),
            /storageclass\.storage\.k8s\.io "fast" not found/,
        ],
        ["the kind's chart", STORE, store, /no matches for kind "SecretStore".*the chart external-secrets/],
        [
            "the kind",
            "kubernetes:example.com/v1:Thing",
            named("t"),
            /no matches for kind "Thing" in version "example\.com\/v1".*EXTENSIONS/,
        ],
        ["the namespace of a release", RELEASE, chart("keda", { namespace: "lost" }), /namespaces "lost" not found/],
    ])("%s is refused", async (_, type, inputs, message) => {
        await expect(cluster.make(type, inputs)).rejects.toThrow(message);
    });

    it("names the key that a secret or a config map has not, and lets an optional one be", async () => {
        await cluster.make(SECRET, named("s", { stringData: { here: "1" } }));
        await cluster.make(CONFIG, named("c", { data: { here: "1" } }));
        await expect(cluster.make(DEPLOYMENT, env({ secretKeyRef: { name: "s", key: "gone" } }))).rejects.toThrow(
            "couldn't find key gone in Secret app/s",
        );
        const other = (inputs: Properties) => ({ ...inputs, metadata: { name: "other", namespace: "app" } });
        await expect(
            cluster.make(DEPLOYMENT, other(env({ configMapKeyRef: { name: "c", key: "gone" } }))),
        ).rejects.toThrow("couldn't find key gone in ConfigMap app/c");
        const third = {
            ...env({ secretKeyRef: { name: "lost", key: "k", optional: true } }),
            metadata: { name: "third", namespace: "app" },
        };
        await expect(cluster.make(DEPLOYMENT, third)).resolves.toMatchObject({ id: "app/third" });
    });

    it("is there all the same where Pulumi waits for it, and heals once what it needs has come", async () => {
        const inputs = env({ secretKeyRef: { name: "s", key: "k" } });
        const failure: unknown = await cluster.make(DEPLOYMENT, inputs).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(InitError);
        const read = () => cluster.provider.read(resourceOf(DEPLOYMENT, inputs), "app/web");
        await expect(read()).rejects.toThrow(InitError);
        await cluster.make(SECRET, named("s", { stringData: { k: "v" } }));
        expect((await read())?.outputs.status).toMatchObject({ readyReplicas: 1 });
    });

    it("is not waited for where it says so", async () => {
        const inputs = env({ secretKeyRef: { name: "s", key: "k" } });
        const skipping = {
            ...inputs,
            metadata: { name: "web", namespace: "app", annotations: { "pulumi.com/skipAwait": "true" } },
        };
        await expect(cluster.make(DEPLOYMENT, skipping)).resolves.toMatchObject({ id: "app/web" });
    });
});
