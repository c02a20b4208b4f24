import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { podLabels } from "../../kubernetes/pod-labels";
import { restrictedContainer, restrictedPod } from "../../kubernetes/restricted-pod";
import type { ExporterSpec } from "./exporter-spec";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;

/** The ConfigMap with the files of an exporter's folder. */
export function filesName(exporter: string, folder: string): string {
    return `${exporter}${folder.replaceAll("/", "-")}`;
}

/** The Deployment of an exporter. A pod does not see changes of its environment, so another `version` replaces it. */
export function exporterDeployment(spec: ExporterSpec, version: pulumi.Input<string>): DeploymentSpec {
    const labels = podLabels(spec.name);
    const folders = Object.keys(spec.files).map((folder) => ({ folder, name: filesName(spec.name, folder) }));
    const probe = { httpGet: { path: spec.probePath, port: "metrics" }, periodSeconds: 10, timeoutSeconds: 5 };
    return {
        replicas: 1,
        revisionHistoryLimit: 5,
        selector: { matchLabels: labels },
        template: {
            metadata: { labels, annotations: { "plinth/configuration-version": version } },
            spec: {
                ...restrictedPod(spec.name, spec.userId),
                containers: [
                    {
                        name: spec.name,
                        image: spec.image,
                        args: spec.arguments,
                        env: spec.environment,
                        ports: [{ name: "metrics", containerPort: spec.port, protocol: "TCP" }],
                        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
                        securityContext: { ...restrictedContainer, privileged: false },
                        readinessProbe: probe,
                        livenessProbe: { ...probe, failureThreshold: 6 },
                        volumeMounts: folders.map(({ folder, name }) => ({ name, mountPath: folder, readOnly: true })),
                    },
                ],
                volumes: folders.map(({ name }) => ({ name, configMap: { name } })),
            },
        },
    };
}
