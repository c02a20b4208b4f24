/** The labels that select the pods of a service. */
export function podLabels(service: string): Record<string, string> {
    return { "app.kubernetes.io/name": service };
}

/** The label by which a pod says which service's log group its containers' logs go to. */
export const logGroupLabel = "plinth/log-group";
