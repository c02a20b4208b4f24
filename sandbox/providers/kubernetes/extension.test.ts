import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Properties, Secret } from "../../rpc/values";
import { deployment, pod, resourceOf, TestCluster } from "./testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const EXTERNAL = "kubernetes:external-secrets.io/v1:ExternalSecret";
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
