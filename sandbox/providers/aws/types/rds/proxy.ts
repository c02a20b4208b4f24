import type { Entity } from "../../../../account/account";
import {
    type Creation,
    type CreationWithId,
    type Deletion,
    type Rejection,
    type ResourceType,
    sameInputs,
} from "../../resource-type";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { SECRET } from "../secretsmanager/secret-version";
import { CLUSTER } from "./cluster-rule";
import { INSTANCE } from "./instance-change";
import {
    endpointConflicts,
    endpointRejections,
    ofProxy,
    PROXY,
    PROXY_ENDPOINT,
    PROXY_TARGET,
    poolConflicts,
    poolRejections,
    proxyConflicts,
    proxyRejections,
} from "./proxy-rule";

const POOL = "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup";

/** Engines by the protocol that a proxy speaks. */
const FAMILIES: Record<string, RegExp> = { POSTGRESQL: /postgres/, MYSQL: /mysql|mariadb/, SQLSERVER: /sqlserver/ };

/** The instance or the cluster that a target refers to. */
function targetOf({ inputs, find }: Pick<Creation, "inputs" | "find">): Entity | undefined {
    return inputs.has("dbClusterIdentifier")
        ? find(CLUSTER, inputs.text("dbClusterIdentifier"))
        : find(INSTANCE, inputs.text("dbInstanceIdentifier"));
}

/** The identifier of the target in RDS's list of a proxy's targets. */
function targetId({ inputs }: Pick<Creation, "inputs">): string {
    return inputs.text("dbClusterIdentifier") || inputs.text("dbInstanceIdentifier");
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RegisterDBProxyTargets.html */
const targetConflicts: Rejection<Creation>[] = [
    {
        code: "InvalidParameterValue",
        at: "dbProxyName",
        when: ({ inputs, find }) => {
            const family = String(find(PROXY, inputs.text("dbProxyName"))?.inputs.engineFamily ?? "");
            const engine = String(targetOf({ inputs, find })?.outputs.engine ?? "");
            return engine !== "" && FAMILIES[family]?.test(engine) === false;
        },
        say: ({ inputs, find }) =>
            `A proxy of the engine family ${find(PROXY, inputs.text("dbProxyName"))?.inputs.engineFamily} can't connect to ${targetId({ inputs })}.`,
    },
    {
        code: "InvalidDBInstanceState",
        at: "dbInstanceIdentifier",
        when: (creation) => String(targetOf(creation)?.inputs.replicateSourceDb ?? "") !== "",
        say: () => "You can associate a proxy only with the writer DB instance, not a read replica.",
    },
];

/** The host name of a proxy; all in one account and region have the same suffix. */
function host(name: string, { region, dnsSuffix, hex, all }: CreationWithId): string {
    const known = all(PROXY).flatMap(({ outputs }) => String(outputs.endpoint ?? "").split(".proxy-")[1] ?? []);
    return `${name}.proxy-${known[0] ?? `${hex(12)}.${region}.rds.${dnsSuffix}`}`;
}

/** What is deleted together with a proxy: its pool, its targets and its endpoints. */
function belongings({ entity, all }: Deletion): Entity[] {
    return [PROXY_ENDPOINT, PROXY_TARGET, POOL].flatMap((type) => ofProxy(type, entity.id, all));
}

const placement: ResourceType["refersTo"] = { vpcSubnetIds: SUBNET, vpcSecurityGroupIds: SECURITY_GROUP };

export const rdsProxies: Record<string, ResourceType> = {
    [PROXY]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: (made) => ({
            arn: `arn:${made.partition}:rds:${made.region}:${made.accountId}:db-proxy:prx-0${made.hex(16)}`,
            endpoint: host(made.id, made),
            endpointNetworkType: "IPV4",
            targetConnectionNetworkType: "IPV4",
            defaultAuthScheme: "NONE",
            idleClientTimeout: 1800,
            vpcSecurityGroupIds: [],
        }),
        name: "name",
        exists: "DBProxyAlreadyExistsFault",
        refersTo: {
            ...placement,
            roleArn: { type: ROLE, weak: true, notFound: "InvalidParameterValue" },
            "auths.secretArn": { type: SECRET, weak: true },
        },
        rejects: proxyRejections,
        conflicts: proxyConflicts,
        cascadeDelete: belongings,
        notFound: "DBProxyNotFoundFault",
    },
    [POOL]: {
        id: ({ inputs }) => inputs.text("dbProxyName"),
        outputs: ({ region, accountId, hex, partition }) => ({
            arn: `arn:${partition}:rds:${region}:${accountId}:target-group:prx-tg-0${hex(16)}`,
            name: "default",
        }),
        refersTo: { dbProxyName: { type: PROXY, weak: true } },
        rejects: poolRejections,
        conflicts: poolConflicts,
        notFound: "DBProxyTargetGroupNotFoundFault",
    },
    [PROXY_TARGET]: {
        id: ({ inputs }) => {
            const type = inputs.has("dbClusterIdentifier") ? "TRACKED_CLUSTER" : "RDS_INSTANCE";
            return [inputs.text("dbProxyName"), inputs.text("targetGroupName"), type, targetId({ inputs })].join("/");
        },
        outputs: (made) => {
            const { inputs } = made;
            const isCluster = inputs.has("dbClusterIdentifier");
            const target = targetOf(made)?.outputs ?? {};
            return {
                endpoint: isCluster ? "" : (target.address ?? ""),
                port: Number(target.port ?? 0),
                rdsResourceId: targetId(made),
                targetArn: "",
                trackedClusterId: "",
                type: isCluster ? "TRACKED_CLUSTER" : "RDS_INSTANCE",
            };
        },
        // A database can be deleted while it is a target; the target is then unavailable.
        refersTo: {
            dbProxyName: { type: PROXY, weak: true },
            dbInstanceIdentifier: { type: INSTANCE, weak: true },
            dbClusterIdentifier: { type: CLUSTER, weak: true },
        },
        rejects: [
            {
                code: "InvalidParameterCombination",
                when: (inputs) => inputs.has("dbInstanceIdentifier") === inputs.has("dbClusterIdentifier"),
                say: () => "Exactly one of dbInstanceIdentifier and dbClusterIdentifier must be given.",
            },
            {
                code: "DBProxyTargetGroupNotFoundFault",
                at: "targetGroupName",
                when: (inputs) => inputs.has("targetGroupName") && inputs.text("targetGroupName") !== "default",
                say: (inputs) =>
                    `A proxy has the target group default and no other, got ${inputs.text("targetGroupName")}`,
            },
        ],
        unique: [
            {
                code: "DBProxyTargetAlreadyRegisteredFault",
                key: sameInputs("dbProxyName"),
                say: (inputs) => `The proxy ${inputs.text("dbProxyName")} has a target already, and takes one.`,
            },
        ],
        conflicts: targetConflicts,
        notFound: "DBProxyTargetNotFoundFault",
    },
    [PROXY_ENDPOINT]: {
        id: ({ inputs }) => `${inputs.text("dbProxyName")}/${inputs.text("dbProxyEndpointName")}`,
        outputs: (made) => {
            const { inputs, region, partition, accountId, hex, find } = made;
            const name = inputs.text("dbProxyEndpointName");
            return {
                arn: `arn:${partition}:rds:${region}:${accountId}:db-proxy-endpoint:prx-endpoint-0${hex(16)}`,
                endpoint: host(`${name}.endpoint`, made),
                isDefault: false,
                targetRole: "READ_WRITE",
                vpcId: find(SUBNET, inputs.texts("vpcSubnetIds")[0] ?? "")?.outputs.vpcId ?? "",
                vpcSecurityGroupIds: [],
            };
        },
        name: "dbProxyEndpointName",
        exists: "DBProxyEndpointAlreadyExistsFault",
        refersTo: { ...placement, dbProxyName: { type: PROXY, weak: true } },
        rejects: endpointRejections,
        conflicts: endpointConflicts,
        notFound: "DBProxyEndpointNotFoundFault",
    },
};
