/** What the pods of a service are found by. */
export function podLabels(service: string): Record<string, string> {
    return { "app.kubernetes.io/name": service };
}
