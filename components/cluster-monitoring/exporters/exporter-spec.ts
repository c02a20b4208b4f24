import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { SecretValue } from "../../encryption";

/** What reads the statistics of a database or a cache, and serves them to Prometheus. */
export interface ExporterSpec {
    /** Its name in the cluster: `postgres-exporter`. */
    name: string;
    image: string;
    /** The port that it serves. */
    port: number;
    userId: number;
    arguments: pulumi.Input<string>[];
    environment: k8s.types.input.core.v1.EnvVar[];
    /** The credentials that it logs in with, and the fields of them that it needs, by the key of its Kubernetes Secret. */
    credentials: { of: SecretValue; fields: Record<string, string> };
    /** Files that are no secrets: the entries of a ConfigMap by the folder that they are put into. */
    files: Record<string, Record<string, string>>;
    /** What answers while it runs, whether it reaches the data store or not: it is to report that, not to be restarted for it. */
    probePath: string;
}
