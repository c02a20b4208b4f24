/** How many minor versions nodes may be behind the control plane. @see https://kubernetes.io/releases/version-skew-policy/#kubelet */
export const NODE_SKEW = 3;

/** The minor version as a number: 35 for `1.35`. */
export function minorOf(version: string): number {
    return Number(/^1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}

/** The releases of an add-on: which of them support a version of Kubernetes, and the newest one. */
interface Addon {
    recent(kubernetes: string): string;
    /** Whether a release `major.minor` supports the version. */
    fits(release: string, kubernetes: string): boolean;
}

/** An add-on whose releases since `oldest` support all versions of Kubernetes on EKS. */
function independent(recent: string, oldest: string): Addon {
    return { recent: () => recent, fits: (release) => compare(release, oldest) >= 0 };
}

/** The oldest release of CoreDNS for a version of Kubernetes. @see https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html */
const COREDNS: Record<string, string> = {
    "1.31": "1.11",
    "1.32": "1.11",
    "1.33": "1.11",
    "1.34": "1.12",
    "1.35": "1.12",
    "1.36": "1.13",
};

/**
 * The add-ons that are known here. AWS adds builds every few weeks, so a release is judged by its `major.minor`, not by its build.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const ADDONS: Record<string, Addon> = {
    "vpc-cni": independent("v1.21.1-eksbuild.1", "1.18"),
    // It has the version of Kubernetes, and may be as old as nodes may.
    "kube-proxy": {
        recent: (kubernetes) => `v${kubernetes}.0-eksbuild.2`,
        fits: (release, kubernetes) => {
            const behind = minorOf(kubernetes) - minorOf(release);
            return behind >= 0 && behind <= NODE_SKEW;
        },
    },
    coredns: {
        recent: (kubernetes) => (minorOf(kubernetes) >= 35 ? "v1.13.1-eksbuild.1" : "v1.12.4-eksbuild.1"),
        fits: (release, kubernetes) => compare(release, COREDNS[kubernetes] ?? "1.13") >= 0,
    },
    "aws-ebs-csi-driver": independent("v1.54.0-eksbuild.1", "1.38"),
    "eks-pod-identity-agent": independent("v1.3.10-eksbuild.2", "1.2"),
    "metrics-server": independent("v0.8.0-eksbuild.6", "0.7"),
    "amazon-cloudwatch-observability": independent("v4.7.0-eksbuild.1", "2.1"),
};

const RELEASE = /^v(\d+\.\d+)\.\d+-eksbuild\.\d+$/;

/** Whether the release supports the cluster's version. */
export function addonFits(name: string, release: string, kubernetes: string): boolean {
    const majorMinor = RELEASE.exec(release)?.[1];
    return majorMinor !== undefined && (ADDONS[name]?.fits(majorMinor, kubernetes) ?? false);
}

export function isRelease(text: string): boolean {
    return RELEASE.test(text);
}

function compare(one: string, other: string): number {
    const [a = 0, b = 0] = one.split(".").map(Number);
    const [c = 0, d = 0] = other.split(".").map(Number);
    return a - c || b - d;
}
