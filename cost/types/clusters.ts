import { isExtended } from "@plinth/components/cluster/versions";
import { quantity } from "@plinth/components/kubernetes/quantity";
import { isRecord, NotCountedError, type Reader, UnknownInputError, unknown } from "../plan/resource";
import { type Charge, hourly, type PricedType, times, used } from "../priced-type";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** A control plane. A version past its standard support costs six times as much. */
const cluster: PricedType = {
    reads: ["version"],
    charges: (own, { today }) => {
        const version = own.text("version") ?? "";
        return [
            isExtended(version, today)
                ? hourly("eks/cluster-extended", `control plane, Kubernetes ${version} in extended support`)
                : hourly("eks/cluster", "control plane"),
        ];
    },
};

/** The nodes that a group begins with, and their volumes. */
const nodeGroup: PricedType = {
    reads: ["instanceTypes", "scalingConfig", "capacityType", "diskSize"],
    follows: ["launchTemplate"],
    charges: (own) => {
        const { desiredSize, minSize } = own.group("scalingConfig");
        const nodes = Number(desiredSize ?? minSize ?? 0);
        const [instanceType = "t3.medium"] = own.list("instanceTypes").map(String);
        const spot = own.text("capacityType") === "SPOT" ? ", at most: it is a spot instance" : "";
        return [
            hourly(`ec2/${instanceType}`, `${times(nodes)}${instanceType}${spot}`, nodes),
            ...volumes(own).map(({ type, gibibytes }) => ({
                price: `ebs/${type}`,
                quantity: nodes * gibibytes,
                what: `${times(nodes)}${gibibytes} GiB of ${type}`,
            })),
        ];
    },
};

interface Volume {
    type: string;
    gibibytes: number;
}

/** Its price is that of the nodes that are made from it. */
const launchTemplate: PricedType = { reads: ["blockDeviceMappings"], charges: () => [] };

/** The volumes of each node: the launch template's, or the one that EKS gives. */
function volumes(own: Reader): Volume[] {
    const template = own.source("launchTemplate", LAUNCH_TEMPLATE);
    if (!template) return [{ type: "gp3", gibibytes: own.number("diskSize") ?? 20 }];
    return template.list("blockDeviceMappings").flatMap((mapping) => {
        const { ebs } = isRecord(mapping) ? mapping : {};
        if (!isRecord(ebs)) return [];
        return [{ type: String(ebs.volumeType ?? "gp2"), gibibytes: Number(ebs.volumeSize ?? 20) }];
    });
}

const addon: PricedType = {
    reads: ["addonName"],
    charges: (own, { usage }) =>
        own.text("addonName") === "amazon-cloudwatch-observability"
            ? [
                  used(
                      "containerInsightsMillions",
                      usage.containerInsightsMillions,
                      "container-insights/observation",
                      "Container Insights",
                  ),
              ]
            : [],
};

/** Keys of a chart's values under which charts describe a volume. */
const volumeKeys = new Set(["persistentVolume", "persistence"]);

/** The volumes that a chart's values ask for, of the class that the cluster's storage class makes. */
const release: PricedType = {
    reads: ["values"],
    charges: (own) =>
        sizesIn(own.group("values")).map(([path, size]) => ({
            price: "ebs/gp3",
            quantity: gibibytesOf(size),
            what: `volume of ${path}`,
        })),
};

function sizesIn(values: Readonly<Record<string, unknown>>, path: string[] = []): [path: string, size: string][] {
    if (values.enabled === false) return [];
    return Object.entries(values).flatMap(([key, value]) => {
        if (!isRecord(value)) return [];
        if (!volumeKeys.has(key)) return sizesIn(value, [...path, key]);
        if (value.enabled === false || value.size === undefined) return [];
        if (value.size === unknown) throw new UnknownInputError("values");
        return [[path.join("."), String(value.size)] as [string, string]];
    });
}

const claim: PricedType = {
    reads: ["spec"],
    charges: (own) => {
        const { resources } = own.group("spec");
        const requests = isRecord(resources) ? resources.requests : undefined;
        const size = isRecord(requests) ? requests.storage : undefined;
        if (size === unknown) throw new UnknownInputError("spec.resources.requests.storage");
        return [{ price: "ebs/gp3", quantity: gibibytesOf(String(size)), what: "volume" }];
    },
};

/** GiB of a Kubernetes quantity: `20Gi`. */
function gibibytesOf(size: string): number {
    const bytes = quantity(size);
    if (bytes === undefined) throw new NotCountedError(`"${size}" is not the size of a volume, such as 20Gi`);
    return bytes / 2 ** 30;
}

/** EC2 instances that are no nodes of a managed group. */
const instance: PricedType = {
    reads: ["instanceType"],
    charges: (own): Charge[] => {
        const type = own.text("instanceType") ?? "";
        return [hourly(`ec2/${type}`, type)];
    },
};

const repository: PricedType = {
    reads: [],
    charges: (_, { usage }) => [used("repositoryGb", usage.repositoryGb, "ecr/storage", "images")],
};

export const clusters: Readonly<Record<string, PricedType>> = {
    "aws:eks/cluster:Cluster": cluster,
    "aws:eks/nodeGroup:NodeGroup": nodeGroup,
    [LAUNCH_TEMPLATE]: launchTemplate,
    "aws:eks/addon:Addon": addon,
    "aws:ec2/instance:Instance": instance,
    "aws:ecr/repository:Repository": repository,
    "kubernetes:helm.sh/v3:Release": release,
    "kubernetes:core/v1:PersistentVolumeClaim": claim,
};

/**
 * What official components make, where a program sees only the component: its resources are made by another process. A plan of the
 * engine has the resources themselves.
 */
export const componentTypes: Readonly<Record<string, PricedType>> = {
    "eks:index:Cluster": cluster,
    "awsx:ecr:Repository": repository,
};
