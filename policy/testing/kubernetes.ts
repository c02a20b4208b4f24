import type { Declared } from "./stack";
import { ref } from "./stack";

const metadata = (name: string) => ({ namespace: ref("app-namespace", "metadata.name"), name });

/** A container as Pod Security restricted wants it. */
export const container = {
    name: "backend",
    image: "registry.example.com/backend:1.4.2",
    env: [
        { name: "LOG_LEVEL", value: "info" },
        { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "platform-database", key: "DATABASE_URL" } } },
    ],
    ports: [{ containerPort: 8080 }],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

/** A pod as Pod Security restricted wants it, after a change of its own and one of its container. */
export const pod = (change: object = {}, ofContainer: object = {}) => ({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ ...container, ...ofContainer }],
    volumes: [{ name: "tmp", emptyDir: {} }],
    ...change,
});

/** The inputs of an object that runs such pods. */
export const running = (spec: unknown) => ({ spec: { template: { spec } } });

/** The labels of a namespace that enforces Pod Security restricted. */
export const restricted = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "v1.35",
};

/** What may look into a Secret. */
export const readSecret = {
    ...{ apiGroups: [""], resources: ["secrets"] },
    ...{ resourceNames: ["platform-database"], verbs: ["get"] },
};

/** What the program makes in the cluster, in small. */
export const application: readonly Declared[] = [
    {
        type: "kubernetes:core/v1:Namespace",
        name: "app-namespace",
        props: { metadata: { name: "app", labels: restricted } },
    },
    {
        type: "kubernetes:core/v1:ConfigMap",
        name: "app-config",
        props: {
            metadata: metadata("app-config"),
            data: { SQS_QUEUE_URL: ref("orders", "url"), UPSTREAM: "https://api.example.com:8443/v1" },
        },
    },
    {
        type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
        name: "app-secret-readers",
        props: { metadata: metadata("secret-readers"), rules: [readSecret] },
    },
    {
        type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
        name: "app-secret-readers-binding",
        props: {
            metadata: metadata("secret-readers"),
            roleRef: { kind: "Role", name: "secret-readers" },
            subjects: [{ kind: "Group", name: "platform-secret-readers" }],
        },
    },
    {
        type: "kubernetes:apps/v1:Deployment",
        name: "app-backend",
        props: { metadata: metadata("backend"), ...running(pod()) },
    },
    {
        type: "kubernetes:batch/v1:Job",
        name: "app-migrate",
        props: { metadata: metadata("migrate"), ...running(pod()) },
    },
    {
        type: "kubernetes:batch/v1:CronJob",
        name: "app-nightly",
        props: { metadata: metadata("nightly"), spec: { jobTemplate: running(pod()) } },
    },
];
