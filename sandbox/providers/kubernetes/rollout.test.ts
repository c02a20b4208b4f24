import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../rpc/values";
import { deployment, job, resourceOf, TestCluster } from "./testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../rpc/server", () => ({ engineIsAlive: () => true }));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const RESTRICTED = { "pod-security.kubernetes.io/enforce": "restricted" };

let cluster: TestCluster;
beforeEach(async () => {
    cluster = new TestCluster();
    await cluster.make(NAMESPACE, { metadata: { name: "app", labels: RESTRICTED } });
});
afterEach(() => cluster.remove());

const named = (name: string, rest: Properties = {}): Properties => ({ metadata: { name, namespace: "app" }, ...rest });
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
    it("completes, unless a failure is injected, and then stays failed until it is replaced", async () => {
        expect((await cluster.make(JOB, job())).outputs.status).toMatchObject({ succeeded: 1 });
        cluster.injectFailures("app/second");
        const second = job({}, "second");
        await expect(cluster.make(JOB, second)).rejects.toThrow(
            /app\/second was successfully created.*BackoffLimitExceeded/,
        );
        cluster.injectFailures();
        await expect(cluster.provider.read(resourceOf(JOB, second), "app/second")).rejects.toThrow(
            "BackoffLimitExceeded",
        );
    });
});
