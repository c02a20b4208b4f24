import { afterAll, describe, expect, it } from "vitest";
import type { Properties } from "../../rpc/values";
import { deployment, pod, TestCluster } from "./testing";

const cluster = new TestCluster();
afterAll(() => cluster.remove());

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const named = (spec: Properties, name = "x"): Properties => ({ metadata: { name, namespace: "app" }, spec });
const CONTAINER_AT = "spec.template.spec.containers[0]";

describe("what the schema says", () => {
    it.each<[string, string, Properties, string | RegExp]>([
        [
            "a missing field",
            DEPLOYMENT,
            deployment(pod({ image: undefined })),
            `${CONTAINER_AT}.image: Deployment.apps "web" is invalid: ${CONTAINER_AT}.image: Required value`,
        ],
        [
            "a field that there is none of",
            DEPLOYMENT,
            deployment(pod({ imagePullPolice: "Always" })),
            /imagePullPolice: failed to create typed patch object.*: \.spec\.template\.spec\.containers\[0\]\.imagePullPolice: field not declared in schema/,
        ],
        [
            "a field of the object that there is none of",
            DEPLOYMENT,
            { ...deployment(), sepc: {} },
            /^sepc: .*field not declared/,
        ],
        [
            "text for a number",
            DEPLOYMENT,
            deployment(pod(), { replicas: "3" }),
            /^spec\.replicas: .*\.spec\.replicas: expected integer, got string/,
        ],
        [
            "a value that is not listed",
            DEPLOYMENT,
            deployment(pod(), { strategy: { type: "Rolling" } }),
            /spec\.strategy\.type: Unsupported value: "Rolling": supported values: "Recreate", "RollingUpdate"/,
        ],
        [
            "a kind that is gone",
            "kubernetes:extensions/v1beta1:Ingress",
            {},
            /no matches for kind "Ingress" in version "extensions\/v1beta1"/,
        ],
        ["a part that is no kind", "kubernetes:core/v1:PodSpec", {}, /no matches for kind "PodSpec" in version "v1"/],
        ["a list", "kubernetes:core/v1:PodList", {}, /list resources exist for compatibility/],
        ["a patch", "kubernetes:core/v1:PodPatch", {}, /does not emulate kubernetes:core\/v1:PodPatch/],
        [
            "a field of a custom resource that there is none of",
            "kubernetes:external-secrets.io/v1:ExternalSecret",
            named({ secretStoreRef: { name: "s" }, date: [], data: [] }),
            /spec\.date: field not declared/,
        ],
        [
            "a missing field of a custom resource",
            "kubernetes:keda.sh/v1alpha1:ScaledObject",
            named({ triggers: [{ type: "cpu", metadata: {} }] }),
            /spec\.scaleTargetRef: Required value/,
        ],
        [
            "too many security groups",
            "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
            named({ podSelector: {}, securityGroups: { groupIds: ["1", "2", "3", "4", "5", "6"] } }),
            /should have at most 5 items/,
        ],
        [
            "a store without a region",
            "kubernetes:external-secrets.io/v1:SecretStore",
            named({ provider: { aws: { service: "SecretsManager" } } }),
            /spec\.provider\.aws\.region: Required value/,
        ],
    ])("%s", (_, type, inputs, message) => {
        const failures = cluster.failures(type, inputs);
        expect(failures).toContainEqual(typeof message === "string" ? message : expect.stringMatching(message));
        expect(failures).toHaveLength(1);
    });
});
