import { keyDeletionWindow } from "../encryption";
import { logRetention } from "../logs";
import { parseCidr } from "../network/cidr";
import { listed, oneOf, type Problem, problemAt, type Rule, range } from "../validation";
import { addonNames } from "./addon-names";
import { architecture, isInstanceType } from "./instance-types";
import { type ClusterAccess, type ClusterSpec, capacityTypes, clusterAccessPolicies } from "./spec";
import { extendedSupport, standardSupport } from "./versions";

/** A cluster with the number of zones that its network has. */
type Placed = ClusterSpec & { networkZones: number };

/** The fewest bits that a block which may call a public endpoint has to fix. */
const widestPrefix = 8;
/** Node groups, and nodes of one, that AWS's first quotas allow. */
const mostNodes = 450;

const inSupport = ({ version, extendedSupport: extended }: ClusterSpec) =>
    version in standardSupport || (extended && version in extendedSupport);

export const clusterRules: Rule<Placed>[] = [
    {
        at: "version",
        when: (spec) => !inSupport(spec),
        say: ({ version }) =>
            version in extendedSupport
                ? `"${version}" has left standard support and costs six times as much; give ${listed(Object.keys(standardSupport))}, or set extendedSupport to true`
                : `"${version}" is not a version that EKS supports; give ${listed(Object.keys(standardSupport))}`,
    },
    ...blockRules(),
    range("zones", { from: 1, to: 8, of: "Plinth" }),
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
        when: ({ instanceTypes }) => !instanceTypes.every(isInstanceType),
        say: ({ instanceTypes }) =>
            `"${instanceTypes.find((type) => !isInstanceType(type))}" is not an instance type; give one like m6i.large`,
    },
    {
        at: "instanceTypes",
        when: ({ instanceTypes }) => new Set(instanceTypes.map(architecture)).size > 1,
        say: ({ instanceTypes }) =>
            `${listed(instanceTypes, "and")} have processors of two kinds, and a node group has one image; give Arm types or others, not both`,
    },
    oneOf("capacityType", capacityTypes, "a kind of capacity"),
    range("minNodes", { from: 1, to: mostNodes, of: "EKS" }),
    range("maxNodes", { from: 1, to: mostNodes, of: "EKS" }),
    {
        at: "maxNodes",
        when: ({ minNodes, maxNodes }) => maxNodes < minNodes,
        say: ({ minNodes, maxNodes }) => `${maxNodes} is under minNodes, ${minNodes}; give ${minNodes} or more`,
    },
    range("nodeVolumeGiB", { from: 20, to: 16_384, of: "EBS" }),
    {
        at: "addonVersions",
        when: (spec) => strangeAddons(spec).length > 0,
        say: (spec) =>
            `"${strangeAddons(spec)[0]}" is not an add-on of the cluster; what can stand there is ${addonNames.join(", ")}`,
    },
    {
        at: "addonVersions",
        when: ({ addonVersions }) => Object.values(addonVersions).some((version) => !addonVersion.test(version)),
        say: ({ addonVersions }) =>
            `"${Object.values(addonVersions).find((version) => !addonVersion.test(version))}" is not a version of an add-on; give one like v1.12.1-eksbuild.2`,
    },
    range("controllerReplicas", { from: 1, to: 5, of: "Plinth" }),
    logRetention("logRetentionDays"),
    keyDeletionWindow,
];

const addonVersion = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

function strangeAddons({ addonVersions }: ClusterSpec): string[] {
    return Object.keys(addonVersions).filter((name) => !addonNames.some((known) => known === name));
}

function blockRules(): Rule<Placed>[] {
    const wrong = (test: (cidr: string) => boolean) => (spec: Placed) => spec.publicAccessCidrs.find(test);
    const rule = (test: (cidr: string) => boolean, mend: string): Rule<Placed> => ({
        at: "publicAccessCidrs",
        when: (spec) => wrong(test)(spec) !== undefined,
        say: (spec) => `${wrong(test)(spec)} ${mend}`,
    });
    const world = (cidr: string) => /\/0$/.test(cidr);
    return [
        rule(world, "is the whole internet; give the blocks of those who may call the endpoint, like 203.0.113.0/24"),
        rule(
            (cidr) => !world(cidr) && parseCidr(cidr) === undefined,
            "is not a block of IPv4 addresses; give one like 203.0.113.0/24",
        ),
        rule(
            (cidr) => !world(cidr) && Number(cidr.split("/")[1]) < widestPrefix,
            `is wider than /${widestPrefix}; give the blocks of those who may call the endpoint, like 203.0.113.0/24`,
        ),
    ];
}

/** A role or a user, and not the whole account. */
const principal = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;
const namespace = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with those who may use the cluster. */
export function accessProblems(where: string, access: Record<string, ClusterAccess>): Problem[] {
    const principals = Object.values(access).map(({ principalArn }) => principalArn);
    return Object.entries(access).flatMap(([name, { principalArn, policy, namespaces = [], groups = [] }]) => {
        const at = (field: string) => `${where}.access.${name}${field}`;
        const strange = namespaces.find((one) => !namespace.test(one));
        return [
            ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)
                ? []
                : [
                      problemAt(
                          at(""),
                          `"${name}" is not a name; give lower-case letters, digits and single hyphens, a letter first`,
                      ),
                  ]),
            ...(principal.test(principalArn)
                ? []
                : [
                      problemAt(
                          at(".principalArn"),
                          `"${principalArn}" is not the ARN of a role or user; give one like arn:aws:iam::123456789012:role/engineers`,
                      ),
                  ]),
            ...(principals.filter((one) => one === principalArn).length > 1
                ? [
                      problemAt(
                          at(".principalArn"),
                          `"${principalArn}" stands in access twice, and AWS takes it once; give it in one place`,
                      ),
                  ]
                : []),
            ...(clusterAccessPolicies.includes(policy)
                ? []
                : [
                      problemAt(
                          at(".policy"),
                          `"${policy}" is not an access policy; give ${listed(clusterAccessPolicies)}`,
                      ),
                  ]),
            ...(strange === undefined
                ? []
                : [problemAt(at(".namespaces"), `"${strange}" is not a namespace; give one like app`)]),
            ...(groups.some((group) => group === "" || group.startsWith("system:"))
                ? [
                      problemAt(
                          at(".groups"),
                          `"${groups.find((group) => group === "" || group.startsWith("system:"))}" is not a group that EKS lets anyone be put into; give one of your own, like platform-secret-readers`,
                      ),
                  ]
                : []),
            ...(policy === "cluster-admin" && namespaces.length > 0
                ? [
                      problemAt(
                          at(".namespaces"),
                          `cluster-admin is for the whole cluster; give admin for ${listed(namespaces, "and")}, or leave namespaces out`,
                      ),
                  ]
                : []),
        ];
    });
}
