import type * as k8s from "@pulumi/kubernetes";
import { fromSecret } from "../../kubernetes/restricted-pod";

/** The Kubernetes Secret with the credentials of an exporter. */
export function credentialsSecret(exporter: string): string {
    return `${exporter}-credentials`;
}

/** A variable of an exporter's container with an entry of its Secret. */
export function fromCredentials(exporter: string, variable: string, key: string): k8s.types.input.core.v1.EnvVar {
    return fromSecret(variable, credentialsSecret(exporter), key);
}
