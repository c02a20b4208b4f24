import { createHash } from "node:crypto";
import { partitionOf, reverseDnsPrefix, zoneIdOf, zonesOf } from "@plinth/facts";
import type { Entity } from "../../account/account";
import { HOW_TO_RUN_UNEMULATED, REFUSED, type UnemulatedList } from "../../account/unemulated";
import { revealDeep } from "../../rpc/values";
import { ApiError, type Properties, Refusal } from "../provider";
import { SOURCE } from "./facts";
import { digestOf, genericResult } from "./generic/function";
import { getPolicyDocument } from "./policy-document";
import { ADDONS } from "./types/eks/version";
import { offeredKubernetes } from "./types/offered";
import { getSnapshot } from "./types/rds/instance-snapshot";
import { ZONE } from "./types/route53/zone";
import { currentVersion, SECRET_VERSION } from "./types/secretsmanager/secret-version";

/** The region and the account that a function is called in. */
interface Caller {
    region: string;
    accountId: string;
    unemulated?: UnemulatedList;
    /** All resources of a type, with their secrets decrypted. */
    all(type: string): Entity[];
    /** All resources and tombstones, sealed. */
    records(): Entity[];
}

type Function_ = (args: Properties, caller: Caller) => Properties;

/** The hosted zones of Application Load Balancers, by region. https://docs.aws.amazon.com/general/latest/gr/elb.html */
const LOAD_BALANCER_ZONES: Record<string, string> = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
    "ca-central-1": "ZQSVJUPU6J1EY",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-north-1": "Z23TAZ6LKFMNIO",
    "eu-west-1": "Z32O12XQLNTSW2",
    "eu-west-2": "ZHURV8PSTC4K8",
    "eu-west-3": "Z3Q77PNBQS71R4",
    "ap-northeast-1": "Z14GRHDCWA56QT",
    "ap-south-1": "ZP97RAFLXTNZK",
    "ap-southeast-1": "Z1LMS91P8CMLE5",
    "ap-southeast-2": "Z1GM3OXH4ZPM65",
    "sa-east-1": "Z2P70J7HTTTPLU",
};

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

/** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
function balancerName(ingress: Properties): string | undefined {
    const { metadata } = revealDeep(ingress) as { metadata?: { annotations?: Record<string, string> } };
    return metadata?.annotations?.["alb.ingress.kubernetes.io/load-balancer-name"];
}

/** The functions (data sources) that the platform calls. */
const functions: Record<string, Function_> = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_args, { region, accountId }) => ({
        id: accountId,
        accountId,
        arn: `arn:${partitionOf(region).name}:iam::${accountId}:user/sandbox`,
        userId: "AIDASANDBOXSANDBOXSAN",
    }),
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) => getPolicyDocument(args),
    "aws:index/getPartition:getPartition": (_args, { region }) => {
        const own = partitionOf(region);
        const { name, dnsSuffix } = own;
        return { id: name, partition: name, dnsSuffix, reverseDnsPrefix: reverseDnsPrefix(own) };
    },
    "aws:index/getRegion:getRegion": (_args, { region }) => ({
        id: region,
        name: region,
        region,
        endpoint: `ec2.${region}.${partitionOf(region).dnsSuffix}`,
        description: region,
    }),
    "aws:eks/getAddonVersion:getAddonVersion": (args, { region }) => {
        const [name, kubernetes] = [String(args.addonName), String(args.kubernetesVersion)];
        const addon = ADDONS[name];
        if (!addon || !offeredKubernetes().includes(kubernetes))
            throw new ApiError(
                "InvalidParameterException",
                `no release of ${name} for Kubernetes ${kubernetes} is known`,
            );
        return { ...args, id: name, region, version: addon.recent(kubernetes) };
    },
    "aws:lb/getHostedZoneId:getHostedZoneId": (args, { region }) => {
        const wanted = String(args.region ?? region);
        const id = LOAD_BALANCER_ZONES[wanted];
        if (!id) throw new Error(`the sandbox does not know the hosted zone of load balancers in ${wanted}`);
        return { loadBalancerType: "application", ...args, region: wanted, id };
    },
    /** Those that the controller makes for an Ingress which names its load balancer. */
    "aws:lb/getLoadBalancer:getLoadBalancer": (args, { all, region, accountId }) => {
        const name = String(args.name ?? "");
        if (!all(INGRESS).some(({ inputs }) => balancerName(inputs) === name))
            throw new ApiError("LoadBalancerNotFound", `Load balancers '[${name}]' not found`);
        const arnSuffix = `app/${name}/${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
        const arn = `arn:${partitionOf(region).name}:elasticloadbalancing:${region}:${accountId}:loadbalancer/${arnSuffix}`;
        return { ...args, id: arn, ...{ arn, arnSuffix, region }, loadBalancerType: "application", internal: false };
    },
    "aws:route53/getZone:getZone": (args, { all }) => {
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
    "aws:rds/getSnapshot:getSnapshot": (args, { records, region }) => getSnapshot(args, region, records()),
    "aws:index/getAvailabilityZones:getAvailabilityZones": (args, { region }) => {
        const zones = (zonesOf(region) ?? ["a", "b", "c"].map((letter) => region + letter)).map((zone) => ({
            zone,
            id: zoneIdOf(zone),
        }));
        const [withoutNames, withoutIds] = [args.excludeNames, args.excludeZoneIds].map(
            (list) => revealDeep(list ?? []) as string[],
        );
        const seen = zones.filter(({ zone, id }) => !withoutNames?.includes(zone) && !withoutIds?.includes(id));
        return {
            ...args,
            id: region,
            region,
            names: seen.map(({ zone }) => zone),
            zoneIds: seen.map(({ id }) => id),
            groupNames: [region],
        };
    },
    /** The current value of a secret, whether the program or a rotation wrote it. */
    "aws:secretsmanager/getSecretVersion:getSecretVersion": (args, { all }) => {
        const secretId = String(args.secretId);
        const version = currentVersion(secretId, all(SECRET_VERSION));
        if (!version) {
            throw new ApiError(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
            );
        }
        const { versionId, versionStages, secretString } = version.outputs;
        return { id: `${secretId}|AWSCURRENT`, arn: secretId, secretId, versionId, versionStages, secretString };
    },
};

export function invoke(token: string, args: Properties, caller: Caller): Properties {
    const found = functions[token];
    return found ? found(args, caller) : unemulatedResult(token, args, caller);
}

function unemulatedResult(token: string, args: Properties, caller: Caller): Properties {
    const { unemulated = REFUSED } = caller;
    if (unemulated.mode === "refuse")
        throw new Refusal(`the sandbox does not emulate the function ${token}. ${HOW_TO_RUN_UNEMULATED}`);
    const result = genericResult(token, args, caller);
    if (!result) throw new Refusal(`${SOURCE} has no function ${token}`);
    unemulated.add({ kind: "function", token, of: digestOf(args) });
    return result;
}
