import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../rpc/values";
import type { Properties, Resource } from "../provider";
import { TestCluster } from "./testing";

const SERVICE = "kubernetes:core/v1:Service";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const service = (name: string): Properties => ({
    metadata: { name, namespace: "app" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
});

let cluster: TestCluster;
beforeEach(async () => {
    cluster = new TestCluster();
    await cluster.make(NAMESPACE, { metadata: { name: "app" } });
});
afterEach(() => cluster.remove());

const resource = (type: string, name: string): Resource => ({
    ...{ type, name, stack: "dev" },
    urn: `urn:pulumi:dev::plinth::${type}::${name}`,
});

/** What the preview of a creation comes to. */
const preview = (type: string, name: string, inputs: Properties) =>
    cluster.provider.create(resource(type, name), inputs, true);

describe("a preview in a cluster", () => {
    it("refuses a name that an earlier preview gave to another object, in the API server's words", async () => {
        await preview(SERVICE, "first", service("web"));
        await expect(preview(SERVICE, "second", service("web"))).rejects.toThrow(
            'resource app/web was not successfully created by the Kubernetes API server: services "web" already exists',
        );
        await preview(SERVICE, "third", service("api"));
        await preview("kubernetes:core/v1:ConfigMap", "fourth", { metadata: { name: "web", namespace: "app" } });
        await preview(SERVICE, "first", service("web"));
    });

    it("refuses a second release of one name, and leaves what is not known for later", async () => {
        const release = { name: "addon", namespace: "app", chart: "c" };
        await preview(RELEASE, "first", release);
        await expect(preview(RELEASE, "second", release)).rejects.toThrow("cannot re-use a name that is still in use");
        await preview(RELEASE, "third", { ...release, namespace: "other" });
        const nameless = { ...service("web"), metadata: { name: UNKNOWN, namespace: "app" } };
        await preview(SERVICE, "first", nameless);
        await preview(SERVICE, "second", nameless);
    });

    it("refuses what is there already under another URN, and lets a replacement keep its name", async () => {
        const inputs = service("web");
        const living = await cluster.provider.create(resource(SERVICE, "web"), inputs, false);
        await expect(preview(SERVICE, "other", inputs)).rejects.toThrow("already exists");
        await preview(SERVICE, "web", inputs);
        await expect(preview(NAMESPACE, "system", { metadata: { name: "kube-system" } })).rejects.toThrow(
            'namespaces "kube-system" already exists',
        );
        cluster.provider.delete(resource(SERVICE, "web"), { ...living, inputs });
    });

    it("knows a living object by its alias", async () => {
        const inputs = service("web");
        const living = await cluster.provider.create(resource(SERVICE, "web"), inputs, false);
        cluster.provider.diff(resource(SERVICE, "renamed"), { ...living, inputs }, inputs);
        await preview(SERVICE, "renamed", inputs);
    });
});
