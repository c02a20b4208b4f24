/**
 * Fields of Kubernetes 1.35 that the published schemas of 1.33 do not have: those that 1.34 and 1.35 added and a cluster of 1.35
 * serves without a feature gate.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.35/
 */
const NEWER = [
    /\.(containers|initContainers)\[\d+\]\.restartPolicyRules(\W|$)/,
    /(^|\.)spec\.hostnameOverride$/,
    /\.env\[\d+\]\.valueFrom\.fileKeyRef(\W|$)/,
    /\.projected\.sources\[\d+\]\.podCertificate(\W|$)/,
];

export function isNewerField(path: string): boolean {
    return NEWER.some((form) => form.test(path));
}
