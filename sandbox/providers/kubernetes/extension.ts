import type { ClusterState } from "./cluster-state";
import type { Field } from "./field";
import type { Kind } from "./kind";
import { chartName } from "./reference";

/** The charts and add-ons that install kinds which Kubernetes itself does not have. */
interface Extension {
    versions: string[];
    kinds: string[];
    /** Charts that install the kinds. */
    charts?: string[];
    /** EKS add-ons that install the kinds. */
    addons?: string[];
}

/** By API group. Add missing groups here, with the chart that installs them. */
export const EXTENSIONS: Record<string, Extension> = {
    "external-secrets.io": {
        versions: ["v1"],
        kinds: ["SecretStore", "ClusterSecretStore", "ExternalSecret", "ClusterExternalSecret"],
        charts: ["external-secrets"],
    },
    "elbv2.k8s.aws": {
        versions: ["v1beta1"],
        kinds: ["TargetGroupBinding", "IngressClassParams"],
        charts: ["aws-load-balancer-controller"],
    },
    "vpcresources.k8s.aws": {
        versions: ["v1beta1", "v1alpha1"],
        kinds: ["SecurityGroupPolicy", "CNINode"],
        addons: ["vpc-cni"],
    },
    "crd.k8s.amazonaws.com": { versions: ["v1alpha1"], kinds: ["ENIConfig"], addons: ["vpc-cni"] },
    "keda.sh": {
        versions: ["v1alpha1"],
        kinds: ["ScaledObject", "ScaledJob", "TriggerAuthentication", "ClusterTriggerAuthentication"],
        charts: ["keda"],
    },
    "karpenter.sh": { versions: ["v1"], kinds: ["NodePool", "NodeClaim"], charts: ["karpenter", "karpenter-crd"] },
    "karpenter.k8s.aws": { versions: ["v1"], kinds: ["EC2NodeClass"], charts: ["karpenter", "karpenter-crd"] },
    "cert-manager.io": {
        versions: ["v1"],
        kinds: ["Certificate", "CertificateRequest", "Issuer", "ClusterIssuer"],
        charts: ["cert-manager"],
        addons: ["cert-manager"],
    },
    "snapshot.storage.k8s.io": {
        versions: ["v1"],
        kinds: ["VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent"],
        charts: ["snapshot-controller"],
        addons: ["snapshot-controller"],
    },
    "monitoring.coreos.com": {
        versions: ["v1"],
        kinds: ["ServiceMonitor", "PodMonitor", "PrometheusRule"],
        charts: ["kube-prometheus-stack", "prometheus-operator-crds"],
    },
    "secrets-store.csi.x-k8s.io": {
        versions: ["v1"],
        kinds: ["SecretProviderClass"],
        charts: ["secrets-store-csi-driver"],
    },
};

export function extensionOf({ group, version, kind }: Kind): Extension | undefined {
    const extension = EXTENSIONS[group];
    return extension?.kinds.includes(kind) && extension.versions.includes(version) ? extension : undefined;
}

/** Whether a chart or an add-on that installs the kinds is in the cluster. */
export function isInstalled(cluster: ClusterState, extension: Extension): boolean {
    return (
        cluster.releases().some((release) => extension.charts?.includes(chartName(release))) ||
        (extension.addons ?? []).some((addon) => cluster.hasAddon(addon))
    );
}

/** Whether a CustomResourceDefinition defines this kind. */
export function defines(definition: Field, { group, version, kind }: Kind): boolean {
    const spec = definition.at("spec");
    const served = spec
        .at("versions")
        .items()
        .some((one) => one.at("name").text() === version && one.at("served").flag() !== false);
    return served && spec.at("group").text() === group && spec.at("names", "kind").text() === kind;
}

/** The API server's message for an unknown kind, and what installs the kind. */
export function noMatches(kind: Kind): string {
    const words = `no matches for kind "${kind.kind}" in version "${kind.apiVersion}"`;
    const extension = extensionOf(kind);
    if (extension) {
        const who = [
            ...(extension.charts ?? []).map((chart) => `the chart ${chart} (kubernetes:helm.sh/v3:Release)`),
            ...(extension.addons ?? []).map((addon) => `the EKS add-on ${addon}`),
        ];
        return `${words}: it comes with ${who.join(" or ")}, which the cluster does not have; create that first (dependsOn)`;
    }
    return `${words}: the cluster has no CustomResourceDefinition of it; where a chart installs the kind, add it to EXTENSIONS in sandbox/providers/kubernetes/extension.ts`;
}
