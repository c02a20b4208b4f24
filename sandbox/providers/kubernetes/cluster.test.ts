import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Properties, Secret, UNKNOWN } from "../../rpc/values";
import { InitError } from "../provider";
import { clusterEntity, deployment, ENDPOINT, job, kubeconfigFor, pod, resourceOf, TestCluster } from "./testing";

// The provider exits where the engine that asked has died; here there is none.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const SECRET = "kubernetes:core/v1:Secret";
const CONFIG = "kubernetes:core/v1:ConfigMap";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const EXTERNAL = "kubernetes:external-secrets.io/v1:ExternalSecret";
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
const external = (key: string, rest: Properties = {}): Properties =>
    named("it", {
        spec: {
            secretStoreRef: { name: "store" },
            target: { name: "made" },
            data: [{ secretKey: "url", remoteRef: { key, ...rest } }],
        },
    });
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
const secretInAws = () =>
    cluster.account.put({
        ...{ type: "aws:secretsmanager/secret:Secret", id: "arn:1", name: "s", region: "eu-west-1", run: "r" },
        ...{ inputs: { name: "db" }, outputs: { name: "db", arn: "arn:1" } },
    });

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

describe("pod security", () => {
    const bare = deployment({ containers: [{ name: "web", image: "nginx:1" }] });
    it("fails the rollout of a Deployment with every control it violates, and turns a Pod away", async () => {
        await expect(cluster.make(DEPLOYMENT, bare)).rejects.toThrow(
            /\[FailedCreate\] Error creating: pods "web-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation.*, runAsNonRoot.*, seccompProfile.*, unrestricted capabilities/,
        );
        const lone = named("lone", { spec: { containers: [{ name: "web", image: "nginx:1" }] } });
        await expect(cluster.make("kubernetes:core/v1:Pod", lone)).rejects.toThrow(
            /not successfully created.*pods "lone" is forbidden/,
        );
    });

    it("is seen at preview already, for a namespace that is only planned too", async () => {
        const fresh = { metadata: { name: "new", labels: RESTRICTED } };
        await cluster.provider.create(resourceOf(NAMESPACE, fresh), fresh, true);
        const there = { ...bare, metadata: { name: "web", namespace: "new" } };
        await expect(cluster.provider.create(resourceOf(DEPLOYMENT, there), there, true)).rejects.toThrow(
            /violates PodSecurity/,
        );
        const open = { ...bare, metadata: { name: "web", namespace: "default" } };
        await expect(cluster.provider.create(resourceOf(DEPLOYMENT, open), open, true)).resolves.toMatchObject({
            id: "",
        });
    });
});

describe("a job", () => {
    it("completes, unless it is told to fail, and then stays failed until it is another", async () => {
        expect((await cluster.make(JOB, job())).outputs.status).toMatchObject({ succeeded: 1 });
        cluster.tellToFail("app/second");
        const second = job({}, "second");
        await expect(cluster.make(JOB, second)).rejects.toThrow(
            /app\/second was successfully created.*BackoffLimitExceeded/,
        );
        cluster.tellToFail();
        await expect(cluster.provider.read(resourceOf(JOB, second), "app/second")).rejects.toThrow(
            "BackoffLimitExceeded",
        );
    });
});

describe("what a chart brings", () => {
    it("is there once its release is, and at preview before", async () => {
        await expect(cluster.provider.create(resourceOf(STORE, store), store, true)).resolves.toMatchObject({ id: "" });
        await cluster.make(RELEASE, chart("external-secrets"));
        expect((await cluster.make(STORE, store)).outputs.status).toMatchObject({
            conditions: [{ type: "Ready", status: "True" }],
        });
    });

    it("makes the Secret of an ExternalSecret, from a store and a secret of AWS that exist", async () => {
        await cluster.make(RELEASE, chart("external-secrets"));
        await expect(cluster.make(EXTERNAL, external("db"))).rejects.toThrow(
            'could not get SecretStore "store", not found',
        );
        await cluster.make(STORE, store);
        await expect(cluster.make(EXTERNAL, external("db"))).rejects.toThrow(/ResourceNotFoundException.*"db"/);
        secretInAws();
        await cluster.make(EXTERNAL, external("db"));
        const using = (key: string, name: string) => ({
            ...deployment(pod({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "made", key } } }] })),
            metadata: { name, namespace: "app" },
        });
        await expect(cluster.make(DEPLOYMENT, using("lost", "a"))).rejects.toThrow(
            "couldn't find key lost in Secret app/made",
        );
        await expect(cluster.make(DEPLOYMENT, using("url", "b"))).resolves.toMatchObject({ id: "app/b" });
    });

    it("knows the properties of a secret that the program wrote", async () => {
        await cluster.make(RELEASE, chart("external-secrets"));
        await cluster.make(STORE, store);
        secretInAws();
        cluster.account.put({
            ...{
                type: "aws:secretsmanager/secretVersion:SecretVersion",
                id: "v",
                name: "v",
                region: "eu-west-1",
                run: "r",
            },
            ...{ inputs: {}, outputs: { secretId: "arn:1", secretString: JSON.stringify({ host: "h" }) } },
        });
        await expect(cluster.make(EXTERNAL, external("arn:1", { property: "user" }))).rejects.toThrow(
            "key user does not exist in secret arn:1",
        );
        await expect(cluster.make(EXTERNAL, external("arn:1", { property: "host" }))).resolves.toBeDefined();
    });

    it("takes an Ingress of its class, and gives it a load balancer", async () => {
        await cluster.make(SERVICE, service);
        await expect(cluster.make(INGRESS, ingress())).rejects.toThrow('no IngressClass "alb" exists');
        await cluster.make(
            RELEASE,
            chart("aws-load-balancer-controller", { chart: "eks/aws-load-balancer-controller" }),
        );
        const healed = await cluster.provider.read(resourceOf(INGRESS, ingress()), "app/web");
        expect(healed?.outputs.status).toMatchObject({
            loadBalancer: { ingress: [{ hostname: expect.stringMatching(/\.eu-west-1\.elb\.amazonaws\.com$/) }] },
        });
        const wrong = { ...ingress(8080), metadata: { name: "wrong", namespace: "app" } };
        await expect(cluster.make(INGRESS, wrong)).rejects.toThrow('the Service "web" has no port 8080');
    });

    it("is also what a CustomResourceDefinition defines", async () => {
        const definition = {
            metadata: { name: "things.example.com" },
            spec: {
                group: "example.com",
                scope: "Namespaced",
                names: { kind: "Thing", plural: "things" },
                versions: [
                    { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
                ],
            },
        };
        await cluster.make("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", definition);
        await expect(cluster.make("kubernetes:example.com/v1:Thing", named("t"))).resolves.toMatchObject({
            id: "app/t",
        });
    });
});

describe("a release", () => {
    it.each<[string, Properties, RegExp]>([
        ["no version", chart("keda", { version: undefined }), /an exact version is required/],
        [
            "a range of versions",
            chart("keda", { version: "^2.0" }),
            /must be one exact version such as 1\.14\.0, got "\^2\.0"/,
        ],
        ["an input that there is none of", chart("keda", { valeus: {} }), /valeus is no input/],
        [
            "a repository that is no URL",
            chart("keda", { repositoryOpts: { repo: "kedacore" } }),
            /"kedacore" is no URL/,
        ],
        ["a name that is too long", chart("k".repeat(54), { chart: "keda" }), /exceeds max length of 53/],
    ])("is refused with %s", (_, inputs, message) => {
        expect(cluster.failures(RELEASE, inputs)).toEqual([expect.stringMatching(message)]);
    });

    it("is deployed, upgraded, and seals its secret values", async () => {
        const inputs = chart("keda", {
            namespace: "keda",
            createNamespace: true,
            values: { token: new Secret("hunter2") },
        });
        const { id, outputs } = await cluster.make(RELEASE, inputs);
        expect(outputs.status).toMatchObject({ status: "deployed", revision: 1, version: "1.0.0" });
        expect(JSON.stringify(cluster.account.records())).not.toContain("hunter2");
        await expect(
            cluster.make(SERVICE, { ...service, metadata: { name: "web", namespace: "keda" } }),
        ).resolves.toBeDefined();
        const next = { ...inputs, version: "1.1.0" };
        const upgraded = await cluster.provider.update(resourceOf(RELEASE), { id, inputs, outputs }, next, false);
        expect(upgraded.status).toMatchObject({ revision: 2, version: "1.1.0" });
    });
});

describe("what a change replaces", () => {
    const diff = (type: string, old: Properties, next: Properties) => {
        const { inputs } = cluster.provider.check(resourceOf(type, old), {}, old);
        const { inputs: nextInputs } = cluster.provider.check(resourceOf(type, next), inputs, next);
        return cluster.provider.diff(resourceOf(type, old), { id: "", inputs, outputs: {} }, nextInputs);
    };
    const selecting = (app: string) => ({
        ...deployment(),
        spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: pod() } },
    });
    it.each<[string, string, Properties, Properties, string[]]>([
        ["an image, nothing", DEPLOYMENT, deployment(), deployment(pod({ image: "nginx:2" })), []],
        ["a selector", DEPLOYMENT, selecting("a"), selecting("b"), ["spec.selector.matchLabels.app"]],
        ["the pods of a Job", JOB, job(), job({ serviceAccountName: "x" }), ["spec.template.spec.serviceAccountName"]],
        [
            "the data of a ConfigMap",
            CONFIG,
            named("c", { data: { a: "1" } }),
            named("c", { data: { a: "2" } }),
            ["data.a"],
        ],
        ["a namespace", CONFIG, named("c"), { metadata: { name: "c", namespace: "default" } }, ["metadata.namespace"]],
        [
            "a role",
            BINDING,
            named("b", { roleRef: { name: "a" } }),
            named("b", { roleRef: { name: "b" } }),
            ["roleRef.name"],
        ],
        [
            "the ports of a Service, nothing",
            SERVICE,
            service,
            named("web", { spec: { selector: { app: "web" }, ports: [{ port: 81 }] } }),
            [],
        ],
        [
            "an image of a Pod",
            "kubernetes:core/v1:Pod",
            named("p", { spec: pod() }),
            named("p", { spec: pod({ image: "nginx:2" }) }),
            ["spec.containers[0].image"],
        ],
    ])("%s", (_, type, old, next, replaces) => {
        expect(diff(type, old, next).replaces).toEqual(replaces);
    });

    it("goes first where the name is given, and comes first where it was made up", () => {
        const made = (app: string): Properties => ({ metadata: { namespace: "app" }, spec: selecting(app).spec });
        expect(diff(DEPLOYMENT, selecting("a"), selecting("b")).deleteBeforeReplace).toBe(true);
        expect(diff(DEPLOYMENT, made("a"), made("b")).deleteBeforeReplace).toBe(false);
    });

    it("is refused where the API server never makes it", async () => {
        const immutable = named("c", { data: { a: "1" }, immutable: true });
        const { id, inputs, outputs } = await cluster.make(CONFIG, immutable);
        const update = cluster.provider.update(
            resourceOf(CONFIG, immutable),
            { id, inputs, outputs },
            { ...inputs, immutable: false },
            true,
        );
        await expect(update).rejects.toThrow("field is immutable when `immutable` is set");
    });
});

describe("a cluster", () => {
    it("has each name once, and takes everything in a namespace with it", async () => {
        await cluster.make(SERVICE, service);
        await expect(cluster.make(SERVICE, service)).rejects.toThrow('services "web" already exists');
        cluster.provider.delete(resourceOf(NAMESPACE), { id: "app", inputs: {}, outputs: {} });
        expect(cluster.account.records()).toEqual([clusterEntity(ENDPOINT)]);
        cluster.provider.delete(resourceOf(SERVICE), { id: "app/web", inputs: {}, outputs: {} });
    });

    it("keeps what is in a Secret from the journal, and gives it as data", async () => {
        const { outputs } = await cluster.make(SECRET, named("s", { stringData: { token: "hunter2" } }));
        expect(outputs.data).toEqual(new Secret({ token: Buffer.from("hunter2").toString("base64") }));
        expect(outputs.stringData).toBeInstanceOf(Secret);
        expect(JSON.stringify(cluster.account.records())).not.toMatch(/hunter2|aHVudGVyMg/);
    });

    it("is told from another by its endpoint, whose objects may have the same names", async () => {
        await cluster.make(SERVICE, service);
        const other = "https://other.eks.amazonaws.com";
        cluster.account.put({ ...clusterEntity(other), id: "other" });
        cluster.provider.configure({ kubeconfig: kubeconfigFor(other) });
        await cluster.make(NAMESPACE, { metadata: { name: "app" } });
        await expect(cluster.make(SERVICE, service)).resolves.toMatchObject({ id: "app/web" });
        cluster.provider.configure({ kubeconfig: kubeconfigFor(ENDPOINT) });
        expect(await cluster.provider.read(resourceOf(SERVICE), "app/web")).toBeDefined();
    });

    it.each([
        [
            "that is not in the account",
            kubeconfigFor("https://gone.eks.amazonaws.com"),
            /gone\.eks\.amazonaws\.com.*connection refused/,
        ],
        ["that the kubeconfig does not name", "{}", /the kubeconfig names no server/],
    ])("%s can neither be written to nor read", async (_, kubeconfig, message) => {
        cluster.provider.configure({ kubeconfig });
        await expect(cluster.make(SERVICE, service)).rejects.toThrow(message);
        await expect(cluster.provider.read(resourceOf(SERVICE), "app/web")).rejects.toThrow(message);
        expect(() => cluster.provider.delete(resourceOf(SERVICE), { id: "app/web", inputs: {}, outputs: {} })).toThrow(
            message,
        );
        cluster.provider.configure({ kubeconfig, deleteUnreachable: "true" });
        expect(await cluster.provider.read(resourceOf(SERVICE), "app/web")).toBeUndefined();
    });

    it("is previewed before its endpoint is known", async () => {
        cluster.provider.configure({ kubeconfig: UNKNOWN });
        await expect(cluster.provider.create(resourceOf(SERVICE, service), service, true)).resolves.toMatchObject({
            id: "",
        });
        expect(cluster.failures(SERVICE, named("web", { spec: {} }))).toHaveLength(1);
    });

    it("is replaced with all that is in it where the kubeconfig leads to another", () => {
        const [here, there] = [{ kubeconfig: kubeconfigFor(ENDPOINT) }, { kubeconfig: kubeconfigFor("https://other") }];
        expect(cluster.provider.diffConfig(here, there).replaces).toEqual(["kubeconfig"]);
        expect(cluster.provider.diffConfig(here, { kubeconfig: UNKNOWN }).replaces).toEqual([]);
        expect(
            cluster.provider.diffConfig({ ...here, clusterIdentifier: "a" }, { ...there, clusterIdentifier: "a" })
                .replaces,
        ).toEqual([]);
        expect(cluster.provider.diffConfig(here, here).changes).toEqual([]);
    });
});
