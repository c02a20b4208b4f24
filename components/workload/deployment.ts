import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { logGroupLabel, podLabels } from "../kubernetes/pod-labels";
import {
    fromSecret,
    restrictedContainer,
    restrictedPod,
    temporaryMount,
    temporaryVolume,
} from "../kubernetes/restricted-pod";
import type { ProbeSpec, WorkloadSpec } from "./spec";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;
type Container = types.input.core.v1.Container;
type Probe = types.input.core.v1.Probe;
type Constraint = types.input.core.v1.TopologySpreadConstraint;

/** What a Deployment depends on, besides the spec of its service. */
export interface DeploymentDependencies {
    /** The service's name. */
    service: string;
    serviceAccount: string;
    /** The ConfigMap whose values every service has as environment variables. */
    configMap: string;
    /** The Kubernetes Secret whose values every service has likewise; undefined for none. */
    secretConfiguration?: string | undefined;
    /** The Kubernetes Secrets with which its image is pulled. */
    imagePullSecrets?: readonly string[] | undefined;
    /** URL of the only queue that the service reaches; undefined where it reaches none or several. */
    queueUrl?: pulumi.Input<string> | undefined;
    /** Another text whenever those values, or the Secrets that services share, have changed. */
    configurationVersion: pulumi.Input<string>;
}

/**
 * The Deployment of a service. It states no number of pods: that is for the autoscaler, and a number here would undo its
 * work at every update. Its security settings are those that Pod Security's `restricted` requires, and a read-only root.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function deploymentSpec(spec: WorkloadSpec, dependencies: DeploymentDependencies): DeploymentSpec {
    const labels = podLabels(dependencies.service);
    const secrets = Object.entries(spec.secretFiles).map(([mountPath, secretName], index) => ({
        mountPath,
        secretName,
        volume: `secret-${index}`,
    }));
    return {
        revisionHistoryLimit: 5,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: labels },
        template: {
            // A pod does not see changes of its environment, so it is replaced.
            metadata: {
                labels: { ...labels, [logGroupLabel]: dependencies.service },
                annotations: { "plinth/configuration-version": dependencies.configurationVersion },
            },
            spec: {
                ...restrictedPod(dependencies.serviceAccount, spec.runAsUser, dependencies.imagePullSecrets),
                terminationGracePeriodSeconds: spec.terminationGraceSeconds,
                topologySpreadConstraints: spread(labels),
                containers: [
                    {
                        ...container(spec, dependencies),
                        volumeMounts: [
                            temporaryMount,
                            ...secrets.map(({ mountPath, volume }) => ({ name: volume, mountPath, readOnly: true })),
                        ],
                    },
                ],
                volumes: [
                    temporaryVolume,
                    // Readable by the service's own group alone.
                    ...secrets.map(({ secretName, volume }) => ({
                        name: volume,
                        secret: { secretName, defaultMode: 0o440 },
                    })),
                ],
            },
        },
    };
}

/** The variable that the services of one queue have for its URL. */
const queueVariable = "SQS_QUEUE_URL";

function isGiven({ environment, secrets }: WorkloadSpec, variable: string): boolean {
    return variable in environment || variable in secrets;
}

function container(
    spec: WorkloadSpec,
    { service, configMap, secretConfiguration, queueUrl }: DeploymentDependencies,
): Container {
    const { resources, port } = spec;
    return {
        name: service,
        image: spec.image,
        command: spec.command,
        args: spec.arguments,
        ports: port === undefined ? undefined : [{ name: "http", containerPort: port, protocol: "TCP" }],
        envFrom: [
            { configMapRef: { name: configMap } },
            ...(secretConfiguration ? [{ secretRef: { name: secretConfiguration } }] : []),
        ],
        env: [
            // The service's own, so that another queue of the platform takes it from nobody.
            ...(queueUrl !== undefined && !isGiven(spec, queueVariable)
                ? [{ name: queueVariable, value: queueUrl }]
                : []),
            ...Object.entries(spec.environment).map(([name, value]) => ({ name, value })),
            ...Object.entries(spec.secrets).map(([name, { secret, key }]) => fromSecret(name, secret, key)),
        ],
        resources: {
            requests: { cpu: resources.cpuRequest, memory: resources.memoryRequest },
            limits: { cpu: resources.cpuLimit, memory: resources.memoryLimit },
        },
        securityContext: { ...restrictedContainer, privileged: false },
        ...probes(spec.probes, port),
        // The cluster sleeps for the container, so an image needs no shell for it.
        lifecycle: port === undefined ? undefined : { preStop: { sleep: { seconds: spec.drainSeconds } } },
    };
}

/**
 * The same check for three probes: until the startup probe succeeds, the others wait; while the readiness probe fails, the pod
 * gets no requests; when the liveness probe fails for twice as long, the container is restarted.
 */
function probes(
    { path, command, startupSeconds, periodSeconds }: ProbeSpec,
    port: number | undefined,
): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
    if (!command && port === undefined) return {};
    const question: Probe = command ? { exec: { command } } : { httpGet: { path, port: "http" } };
    const ask = (period: number, failureThreshold: number): Probe => ({
        ...question,
        periodSeconds: period,
        timeoutSeconds: Math.min(5, period),
        failureThreshold,
    });
    const startupPeriod = Math.min(5, startupSeconds);
    return {
        startupProbe: ask(startupPeriod, Math.ceil(startupSeconds / startupPeriod)),
        readinessProbe: ask(periodSeconds, 3),
        livenessProbe: ask(periodSeconds, 6),
    };
}

/**
 * Pods must be spread evenly over zones, and over nodes where there are enough. Each revision is counted separately, so that the
 * result of a rolling update is even; nodes that are being removed don't count, so a lost zone blocks nothing.
 */
function spread(labels: Record<string, string>): Constraint[] {
    const constraint = {
        maxSkew: 1,
        labelSelector: { matchLabels: labels },
        matchLabelKeys: ["pod-template-hash"],
        nodeTaintsPolicy: "Honor",
    };
    return [
        { ...constraint, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
        { ...constraint, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
    ];
}
