import { kubernetesSupport } from "@plinth/facts";
import { expiryWarning, expiryWarnings, supportWarning } from "../offers";
import { specProblems } from "../settings";
import { type Problem, throwIfInvalid } from "../validation";
import { amiType, carriesPodInterfaces } from "./instance-types";
import { accessProblems, clusterRules, isNewer, nodeTypes } from "./rules";
import { type ClusterSpec, clusterSettings } from "./spec";

/**
 * Zones that the control plane has its network interfaces in. EKS takes no other zones later, so these are the first two,
 * which every network has from the beginning.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const controlPlaneZones = 2;

/** The node group of a zone. */
export interface NodeGroupPlan {
    /** The zone's place among the network's. */
    zone: number;
    minSize: number;
    maxSize: number;
}

/** What is worked out before anything is made. */
export interface ClusterPlan {
    /** A group for each zone: what stands in one zone can only be moved within it, as volumes are. */
    nodeGroups: NodeGroupPlan[];
    amiType: string;
    capacityType: "ON_DEMAND" | "SPOT";
    /** Whether every node can carry pods with a security group of their own. */
    podSecurityGroups: boolean;
    supportType: "STANDARD" | "EXTENDED";
}

/**
 * Works out the cluster for a network of so many zones.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function planCluster(name: string, spec: ClusterSpec, networkZones: number): ClusterPlan {
    throwIfInvalid(`Cluster "${name}"`, clusterProblems(name, spec, networkZones));
    return {
        nodeGroups: nodeGroups(spec, networkZones),
        amiType: amiType(spec.instanceTypes),
        capacityType: spec.capacityType === "spot" ? "SPOT" : "ON_DEMAND",
        podSecurityGroups: spec.instanceTypes.every(carriesPodInterfaces),
        supportType: spec.extendedSupport ? "EXTENDED" : "STANDARD",
    };
}

/**
 * All that is wrong with `spec` in a network of so many zones; `where` stands in front of the names of fields.
 * @param region the region that it is for; without it, an instance type is good that any region has
 */
export function clusterProblems(where: string, spec: ClusterSpec, networkZones: number, region?: string): Problem[] {
    return [
        ...specProblems(where, clusterSettings, { ...spec, networkZones, region }, clusterRules),
        ...accessProblems(where, spec.access),
    ];
}

/** What may soon be wrong with `spec`, or is for AWS to judge. */
export function clusterWarnings(spec: ClusterSpec): string[] {
    const { version, instanceTypes, extendedSupport, allowUnlisted } = spec;
    const ending = supportWarning(`Kubernetes ${version}`, kubernetesSupport(version));
    return [
        ...(ending && !extendedSupport ? [ending] : []),
        ...(isNewer(spec) && !allowUnlisted ? [expiryWarning(version, "a version that EKS has")] : []),
        ...expiryWarnings(nodeTypes(), instanceTypes, spec),
    ];
}

/** A group's bounds depend on its own place and the spec alone, so that further zones change no group that is there. */
export function nodeGroups({ zones, minNodes, maxNodes }: ClusterSpec, networkZones: number): NodeGroupPlan[] {
    return Array.from({ length: networkZones }, (_, zone) => ({
        zone,
        minSize: zone < zones ? Math.floor(minNodes / zones) + (zone < minNodes % zones ? 1 : 0) : 0,
        maxSize: maxNodes,
    }));
}
