import { instanceTypes as offeredTypes } from "@plinth/facts";
import { callersFault } from "../network/block-rules";
import { isAwsToJudge, isRefused, mend, type OfferContext, type OfferKind, whyRefused } from "../offers";
import { nameForm, namePattern } from "../settings/common";
import { listed, type Problem, problemAt, type Rule, repeated } from "../validation";
import { addonNames } from "./addon-names";
import { architecture, instanceTypeForm } from "./instance-types";
import type { ClusterAccess, ClusterSpec } from "./spec";
import { isExtended, standardVersions } from "./versions";

/** A cluster with the number of zones that its network has, and the region that it is for, where it is known. */
type Placed = ClusterSpec & OfferContext & { networkZones: number };

/** The instance types of EC2. */
export function nodeTypes(): OfferKind {
    return { offer: offeredTypes(), file: "instances", label: "an instance type that EC2 has" };
}

const refusedType = (spec: Placed) =>
    spec.instanceTypes.find((type) => instanceTypeForm.test(type) && isRefused(nodeTypes(), type, spec));

/** The most blocks that may call a public endpoint. https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const mostBlocks = 40;

const inSupport = ({ version, extendedSupport }: ClusterSpec) =>
    standardVersions().includes(version) || (extendedSupport && isExtended(version));

/** A version that is newer than all that are known. */
export function isNewer({ version }: ClusterSpec): boolean {
    const minor = (text: string) => Number(/^1\.(\d+)$/.exec(text)?.[1] ?? 0);
    return minor(version) > minor(standardVersions().at(-1) ?? "");
}

export const clusterRules: Rule<Placed>[] = [
    {
        at: "version",
        when: (spec) => !inSupport(spec) && !(isNewer(spec) && isAwsToJudge("support", spec)),
        say: (spec) =>
            isExtended(spec.version)
                ? `"${spec.version}" has left standard support and costs six times as much; give ${listed(standardVersions())}, or set extendedSupport to true`
                : `"${spec.version}" is not a version that EKS supports; give ${listed(standardVersions())}${isNewer(spec) ? `, or ${mend}` : ""}`,
    },
    {
        at: "publicAccessCidrs",
        when: ({ publicAccessCidrs }) => callersFault(publicAccessCidrs, false) !== undefined,
        say: ({ publicAccessCidrs }) => callersFault(publicAccessCidrs, false) ?? "",
    },
    {
        at: "publicAccessCidrs",
        when: ({ publicAccessCidrs }) => publicAccessCidrs.length > mostBlocks,
        say: ({ publicAccessCidrs }) =>
            `${publicAccessCidrs.length} blocks are over EKS's ${mostBlocks}; give fewer, wider ones`,
    },
    {
        at: "zones",
        when: ({ zones, networkZones }) => zones > networkZones,
        say: ({ zones, networkZones }) =>
            `${zones} zones are to share the nodes, and the network has ${networkZones}; give ${networkZones} or fewer`,
    },
    {
        at: "instanceTypes",
        when: ({ instanceTypes }) => instanceTypes.length === 0 || instanceTypes.length > 20,
        say: ({ instanceTypes }) =>
            `${instanceTypes.length} are named, and a node group takes 1 to 20; give one like m6i.large`,
    },
    {
        at: "instanceTypes",
        when: (spec) => refusedType(spec) !== undefined,
        say: (spec) => whyRefused(nodeTypes(), refusedType(spec) ?? "", spec),
    },
    {
        at: "instanceTypes",
        when: ({ instanceTypes }) => repeated(instanceTypes) !== undefined,
        say: ({ instanceTypes }) => `names ${repeated(instanceTypes)} twice; name each type once`,
    },
    {
        at: "instanceTypes",
        when: ({ instanceTypes }) => new Set(instanceTypes.map(architecture)).size > 1,
        say: ({ instanceTypes }) =>
            `${listed(instanceTypes, "and")} have processors of two kinds, and a node group has one image; give Arm types or others, not both`,
    },
    {
        at: "maxNodes",
        when: ({ minNodes, maxNodes }) => maxNodes < minNodes,
        say: ({ minNodes, maxNodes }) => `${maxNodes} is under minNodes, ${minNodes}; give ${minNodes} or more`,
    },
    {
        at: "addonVersions",
        when: (spec) => strangeAddons(spec).length > 0,
        say: (spec) =>
            `"${strangeAddons(spec)[0]}" is not an add-on of the cluster; what can stand there is ${addonNames.join(", ")}`,
    },
];

function strangeAddons({ addonVersions }: ClusterSpec): string[] {
    return Object.keys(addonVersions).filter((name) => !addonNames.some((known) => known === name));
}

/** What is wrong with those who may use the cluster. */
export function accessProblems(where: string, access: Record<string, ClusterAccess>): Problem[] {
    const principals = Object.values(access).map(({ principalArn }) => principalArn);
    return Object.entries(access).flatMap(([name, { principalArn, policy, namespaces = [], groups = [] }]) => {
        const at = `${where}.access.${name}`;
        const problems: Problem[] = [];
        const add = (field: string, message: string) => problems.push(problemAt(`${at}${field}`, message));
        if (!namePattern.test(name)) add("", `"${name}" is not a name; give ${nameForm}`);
        if (principals.filter((one) => one === principalArn).length > 1) {
            add(".principalArn", `"${principalArn}" is in access twice, and AWS accepts it once; give it in one place`);
        }
        const reserved = groups.find((group) => group === "" || group.startsWith("system:"));
        if (reserved !== undefined) {
            const mend = "give one of your own, like platform-secret-readers";
            add(".groups", `"${reserved}" is not a group that EKS lets anyone be put into; ${mend}`);
        }
        if (policy === "cluster-admin" && namespaces.length > 0) {
            const mend = `give admin for ${listed(namespaces, "and")}, or leave namespaces out`;
            add(".namespaces", `cluster-admin is for the whole cluster; ${mend}`);
        }
        return problems;
    });
}
