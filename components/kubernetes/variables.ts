/**
 * The most characters of variables in one object of Kubernetes, a ConfigMap or the template of a pod.
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export const mostCharacters = 1_000_000;

/** How many bytes variables take, names and all. */
export function charactersOf(variables: Readonly<Record<string, string>>): number {
    return Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}

/** What is wrong with variables that have more than {@link mostCharacters}. */
export function tooLong(variables: Readonly<Record<string, string>>): string {
    return `has ${charactersOf(variables)} characters in all, and Kubernetes keeps no more than ${mostCharacters} together; give less, and put large texts into the image`;
}
