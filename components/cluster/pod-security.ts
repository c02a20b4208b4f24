/**
 * The labels that have Kubernetes refuse pods which Pod Security `restricted` doesn't allow. Its version is pinned to the
 * cluster's, so that an upgrade of the cluster changes the rules in a preview and not by itself.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabels(kubernetesVersion: string): Record<string, string> {
    const modes = ["enforce", "audit", "warn"];
    return Object.fromEntries(
        modes.flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, "restricted"],
            [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
        ]),
    );
}
