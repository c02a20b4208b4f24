import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Properties, Secret, UNKNOWN } from "../../rpc/values";
import { clusterEntity, deployment, ENDPOINT, job, kubeconfigFor, pod, resourceOf, TestCluster } from "./testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const SECRET = "kubernetes:core/v1:Secret";
const CONFIG = "kubernetes:core/v1:ConfigMap";
const SERVICE = "kubernetes:core/v1:Service";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const RESTRICTED = { "pod-security.kubernetes.io/enforce": "restricted" };

let cluster: TestCluster;
beforeEach(async () => {
    cluster = new TestCluster();
    await cluster.make(NAMESPACE, { metadata: { name: "app", labels: RESTRICTED } });
});
afterEach(() => cluster.remove());

const named = (name: string, rest: Properties = {}): Properties => ({ metadata: { name, namespace: "app" }, ...rest });
const service = named("web", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
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

    it("is refused where it makes a claim smaller", async () => {
        const type = "kubernetes:core/v1:PersistentVolumeClaim";
        const claim = (storage: string) =>
            named("data", { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } } });
        const update = (storage: string) =>
            cluster.provider.update(
                resourceOf(type, claim("2Gi")),
                { id: "app/data", inputs: claim("2Gi"), outputs: claim("2Gi") },
                claim(storage),
                true,
            );
        await expect(update("1Gi")).rejects.toThrow("field can not be less than status.capacity");
        await expect(update("3Gi")).resolves.toBeDefined();
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
