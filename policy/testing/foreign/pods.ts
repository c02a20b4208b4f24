import * as k8s from "@pulumi/kubernetes";
import { type ForeignCases, on, together } from "./foreign";

const spec = (of: object, container: object = {}) => ({
    containers: [{ name: "app", image: "app:1", ...container }],
    ...of,
});
const pod = (of: object, container: object = {}) => ({ spec: spec(of, container) });
const server = (of: object, container: object = {}) => ({ spec: { template: { spec: spec(of, container) } } });
const container = (of: object) => pod({}, of);
const ports = [{ containerPort: 80 }];
const limited = { resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } } };

export const pods: ForeignCases = {
    "pod-without-needless-token": on(k8s.core.v1.Pod, {
        sound: [pod({ automountServiceAccountToken: false }), pod({ serviceAccountName: "app" })],
        bad: [
            [/automountServiceAccountToken is not false/, pod({})],
            [/account default/, pod({ serviceAccountName: "default" })],
        ],
        unproved: [],
    }),
    "pod-image-pinned": on(k8s.core.v1.Pod, {
        sound: [
            pod({}),
            container({ image: "registry:5000/app@sha256:0123" }),
            container({ image: "registry:5000/app:2" }),
        ],
        bad: [
            [/app → its image has the tag latest/, container({ image: "nginx:latest" })],
            [/app → its image has no tag/, container({ image: "registry:5000/nginx" })],
        ],
        unproved: [],
    }),
    "pod-root-read-only": on(k8s.core.v1.Pod, {
        sound: [container({ securityContext: { readOnlyRootFilesystem: true } })],
        bad: [[/app → readOnlyRootFilesystem is not set/, pod({})]],
        unproved: [],
    }),
    "pod-resources-limited": on(k8s.core.v1.Pod, {
        sound: [container(limited)],
        bad: [[/app → resources sets no requests.cpu, requests.memory, limits.memory/, pod({})]],
        unproved: [],
    }),
    "pod-probed": on(k8s.apps.v1.Deployment, {
        sound: [server({}), server({}, { ports, readinessProbe: { httpGet: { path: "/", port: 80 } } })],
        bad: [[/app → readinessProbe is not set/, server({}, { ports })]],
        unproved: [],
    }),
    "pod-not-in-default-namespace": together(
        on(k8s.apps.v1.DaemonSet, {
            sound: [{ metadata: { namespace: "app" } }, {}],
            bad: [[/metadata.namespace is default/, { metadata: { namespace: "default" } }]],
            unproved: [],
        }),
    ),
};
