import type * as k8s from "@pulumi/kubernetes";
import { podLabels } from "../kubernetes/pod-labels";
import { restrictedContainer, restrictedPod, temporaryMount, temporaryVolume } from "../kubernetes/restricted-pod";
import { databaseJobs } from "./plan";

type JobSpec = k8s.types.input.batch.v1.JobSpec;
type Container = k8s.types.input.core.v1.Container;
type Volume = k8s.types.input.core.v1.Volume;

/** A container that works on the database and ends. */
export interface DatabaseJob {
    /** What it does: `migrate`. */
    name: string;
    image: string;
    command: string[];
    env: k8s.types.input.core.v1.EnvVar[];
    envFrom?: k8s.types.input.core.v1.EnvFromSource[];
    /** Files, as ConfigMaps by the folder that they are put into. */
    files?: Record<string, string>;
    /** The user to run as; undefined for the image's own. */
    userId: number | undefined;
    /** Number of retries. */
    retries: number;
    /** Seconds after which it is stopped. */
    timeoutSeconds: number;
}

/**
 * Annotations for Pulumi: to replace a Job that has failed, because it stays failed.
 */
export const jobAnnotations = { "pulumi.com/replaceUnready": "true" };

/** Pulumi's timeout for the Job: as long as the Job may take, and a minute more. */
export function jobTimeout(timeoutSeconds: number): string {
    return `${timeoutSeconds + 60}s`;
}

/** The Job. It stays when it is done, so that its state and its logs can be looked at. */
export function jobSpec(job: DatabaseJob, imagePullSecrets: readonly string[] = []): JobSpec {
    return {
        backoffLimit: job.retries,
        activeDeadlineSeconds: job.timeoutSeconds,
        template: {
            metadata: { labels: labels(job.name) },
            spec: {
                restartPolicy: "Never",
                ...restrictedPod(databaseJobs, job.userId, imagePullSecrets),
                containers: [container(job)],
                volumes: volumes(job),
            },
        },
    };
}

/** The labels of a Job and its pods. */
export function labels(name: string): Record<string, string> {
    return { ...podLabels(databaseJobs), "app.kubernetes.io/component": name };
}

function container(job: DatabaseJob): Container {
    return {
        name: job.name,
        image: job.image,
        command: job.command,
        // Client programs look for their settings in the home folder.
        env: [{ name: "HOME", value: "/tmp" }, ...job.env],
        envFrom: job.envFrom,
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        securityContext: restrictedContainer,
        volumeMounts: [
            temporaryMount,
            ...Object.keys(job.files ?? {}).map((folder) => ({
                name: volumeName(folder),
                mountPath: folder,
                readOnly: true,
            })),
        ],
    };
}

function volumes(job: DatabaseJob): Volume[] {
    return [
        temporaryVolume,
        ...Object.entries(job.files ?? {}).map(([folder, name]) => ({ name: volumeName(folder), configMap: { name } })),
    ];
}

function volumeName(folder: string): string {
    return folder.slice(1).replaceAll("/", "-");
}
