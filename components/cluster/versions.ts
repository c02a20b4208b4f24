import { kubernetesSupport, kubernetesVersions } from "@plinth/facts";

/** The versions of Kubernetes that EKS supports without extra charge, oldest first. */
export function standardVersions(): string[] {
    return kubernetesVersions("standard");
}

/** Whether EKS has the version only in extended support, at six times the price: on the day of the facts, unless another is given. */
export function isExtended(version: string, day?: string): boolean {
    return kubernetesSupport(version, day).state === "extended";
}
