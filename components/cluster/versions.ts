/**
 * The versions of Kubernetes that EKS supports without extra charge, November 2026, with the day on which that ends as far
 * as AWS has named it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const standardSupport: Record<string, string | undefined> = {
    "1.34": "2026-12-02",
    "1.35": "2027-03-27",
    "1.36": undefined,
};

/** The versions in extended support, at six times the price, with the day on which AWS upgrades them. */
export const extendedSupport: Record<string, string> = {
    "1.31": "2026-11-26",
    "1.32": "2027-03-23",
    "1.33": "2027-07-29",
};
