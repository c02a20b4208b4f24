import type { Entity } from "../../account/account";
import { ApiError, type Properties } from "../provider";
import { ADDONS, KUBERNETES_VERSIONS } from "./types/eks-versions";
import { ZONE } from "./types/route53";

/** What functions look up: the resources of a type, of whatever stack, since the engine does not say which one asks. */
type All = (type: string) => Entity[];

type Function_ = (args: Properties, region: string, accountId: string, all: All) => Properties;

/** Regions with other than three zones that every account sees, November 2026. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const ZONES: Record<string, string> = {
    "us-east-1": "abcdef",
    "us-west-2": "abcd",
    "us-west-1": "ab",
    "ca-central-1": "abd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
};

/** The functions (data sources) that the platform calls. */
const functions: Record<string, Function_> = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_args, _region, accountId) => ({
        id: accountId,
        accountId,
        arn: `arn:aws:iam::${accountId}:user/sandbox`,
        userId: "AIDASANDBOXSANDBOXSAN",
    }),
    "aws:index/getPartition:getPartition": () => ({
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:index/getRegion:getRegion": (_args, region) => ({
        id: region,
        name: region,
        region,
        endpoint: `ec2.${region}.amazonaws.com`,
        description: region,
    }),
    "aws:eks/getAddonVersion:getAddonVersion": (args, region) => {
        const [name, kubernetes] = [String(args.addonName), String(args.kubernetesVersion)];
        const addon = ADDONS[name];
        if (!addon || !KUBERNETES_VERSIONS.some((known) => known === kubernetes))
            throw new ApiError(
                "InvalidParameterException",
                `no release of ${name} for Kubernetes ${kubernetes} is known`,
            );
        return { ...args, id: name, region, version: addon.recent(kubernetes) };
    },
    "aws:route53/getZone:getZone": (args, _region, _accountId, all) => {
        const bare = (name: unknown) => String(name ?? "").replace(/\.$/, "");
        const zone = all(ZONE).find(({ id, inputs }) =>
            args.zoneId === undefined ? bare(inputs.name) === bare(args.name) : id === args.zoneId,
        );
        if (!zone)
            throw new ApiError(
                "NoSuchHostedZone",
                `no matching Route 53 Hosted Zone found: ${args.zoneId ?? args.name}`,
            );
        return {
            ...{ callerReference: "", comment: "", linkedServiceDescription: "", linkedServicePrincipal: "" },
            ...{ privateZone: false, resourceRecordSetCount: 2, tags: {}, ...zone.outputs },
            ...{ id: zone.id, zoneId: zone.id, name: bare(zone.inputs.name) },
        };
    },
    "aws:index/getAvailabilityZones:getAvailabilityZones": (args, region) => {
        const names = [...(ZONES[region] ?? "abc")].map((letter) => `${region}${letter}`);
        const prefix = region.replace(/^(..)-(.)[a-z]+-(\d)$/, "$1$2$3");
        return {
            ...args,
            id: region,
            region,
            names,
            zoneIds: names.map((_, index) => `${prefix}-az${index + 1}`),
            groupNames: [region],
        };
    },
};

export function invoke(token: string, args: Properties, region: string, accountId: string, all: All): Properties {
    const found = functions[token];
    if (!found)
        throw new Error(
            `the sandbox does not emulate the function ${token}: add it to sandbox/providers/aws/functions.ts`,
        );
    return found(args, region, accountId, all);
}
