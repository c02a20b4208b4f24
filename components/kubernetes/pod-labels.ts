/** The labels that select the pods of a service. */
export function podLabels(service: string): Record<string, string> {
    return { "app.kubernetes.io/name": service };
}
