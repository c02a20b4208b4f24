import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/* What pods of the platform have in common: what Pod Security's `restricted` demands, and a read-only root. */

type EnvVar = types.input.core.v1.EnvVar;
type PodSpec = types.input.core.v1.PodSpec;
type SecurityContext = types.input.core.v1.SecurityContext;

/** A pod as that user, or as the image's own; without a token of the cluster's API. */
export function restrictedPod(
    serviceAccountName: string,
    user: number | undefined,
    imagePullSecrets: readonly string[] = [],
) {
    return {
        serviceAccountName,
        ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
        automountServiceAccountToken: false,
        // Otherwise pods get the addresses of every Service as environment variables, which nothing needs and which reveal other services.
        enableServiceLinks: false,
        securityContext: {
            runAsNonRoot: true,
            ...(user !== undefined && { runAsUser: user, runAsGroup: user, fsGroup: user }),
            seccompProfile: { type: "RuntimeDefault" },
        },
    } satisfies Partial<PodSpec>;
}

export const restrictedContainer = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
} satisfies SecurityContext;

/** The one folder that a container with a read-only root can write to. */
export const temporaryVolume = { name: "tmp", emptyDir: { sizeLimit: "256Mi" } };
export const temporaryMount = { name: "tmp", mountPath: "/tmp" };

/** A variable whose value is an entry of a Kubernetes Secret. */
export function fromSecret(name: string, secret: pulumi.Input<string>, key: string): EnvVar {
    return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
