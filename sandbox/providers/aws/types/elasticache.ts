import {
    type Inputs,
    malformed,
    outside,
    type Rejection,
    type ResourceType,
    type Update,
    unlisted,
} from "../resource-type";
import { SUBNET } from "./ec2";
import { KEY } from "./kms";
import { SECURITY_GROUP } from "./security-groups";

const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNET_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";
const SNAPSHOT = "aws:elasticache/snapshot:Snapshot";

/** Cluster mode, which follows from the shards where it is not given. */
function modeOf(inputs: Inputs): string {
    return inputs.text("clusterMode") || (inputs.has("numNodeGroups") ? "enabled" : "disabled");
}

function isSharded(inputs: Inputs): boolean {
    return modeOf(inputs) === "enabled";
}

function nodes(inputs: Inputs): number {
    if (inputs.has("numNodeGroups"))
        return (inputs.number("numNodeGroups") ?? 1) * (1 + (inputs.number("replicasPerNodeGroup") ?? 0));
    return inputs.number("numCacheClusters") ?? 1;
}

const groupRules: Rejection<Inputs>[] = [
    malformed(
        "replicationGroupId",
        /^[a-z](?!.*--)[a-z0-9-]{0,39}(?<!-)$/,
        "1 to 40 lower-case letters, digits and hyphens, a letter first, no two hyphens together and none at the end",
    ),
    unlisted("engine", ["redis", "valkey"]),
    {
        code: "InvalidParameterValue",
        at: "engineVersion",
        when: (inputs) =>
            inputs.has("engineVersion") &&
            !(inputs.text("engine") === "valkey" ? /^([78])\.\d+$/ : /^([67]\.\d+|5\.0\.6)$/).test(
                inputs.text("engineVersion"),
            ),
        say: (inputs) => `Cannot find version ${inputs.text("engineVersion")} for ${inputs.text("engine") || "redis"}`,
    },
    malformed(
        "nodeType",
        /^cache\.[a-z0-9-]+\.[a-z0-9]+$/,
        "it is one of ElastiCache's node types, such as cache.t4g.micro",
    ),
    outside("snapshotRetentionLimit", 0, 35),
    outside("replicasPerNodeGroup", 0, 5),
    outside("numNodeGroups", 1, 500),
    outside("numCacheClusters", 1, 6),
    malformed("snapshotWindow", /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "hh24:mi-hh24:mi, in UTC"),
    malformed(
        "maintenanceWindow",
        /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i,
        "ddd:hh24:mi-ddd:hh24:mi, in UTC",
    ),
    {
        code: "InvalidParameterCombination",
        at: "multiAzEnabled",
        when: (inputs) => inputs.flag("multiAzEnabled") && !inputs.flag("automaticFailoverEnabled"),
        say: () => "Multi-AZ can only be enabled with automatic failover",
    },
    {
        code: "InvalidParameterCombination",
        at: "automaticFailoverEnabled",
        when: (inputs) => inputs.flag("automaticFailoverEnabled") && !isSharded(inputs) && nodes(inputs) < 2,
        say: () => "Automatic failover is not supported for replication groups with less than 2 nodes",
    },
    {
        code: "InvalidParameterCombination",
        at: "authToken",
        when: (inputs) => inputs.has("authToken") && !inputs.flag("transitEncryptionEnabled"),
        say: () => "AUTH token is only allowed when transit encryption is enabled",
    },
    {
        code: "InvalidParameterValue",
        at: "authToken",
        when: (inputs) => inputs.has("authToken") && !/^[A-Za-z0-9!&#$^<>-]{16,128}$/.test(inputs.text("authToken")),
        say: () => "AuthToken must be 16 to 128 letters, digits and !&#$^<>-",
    },
    {
        code: "InvalidParameterCombination",
        at: "transitEncryptionMode",
        when: (inputs) => inputs.has("transitEncryptionMode") && !inputs.flag("transitEncryptionEnabled"),
        say: () => "TransitEncryptionMode needs transit encryption",
    },
    {
        code: "InvalidParameterCombination",
        at: "snapshotRetentionLimit",
        when: (inputs) =>
            (inputs.number("snapshotRetentionLimit") ?? 0) > 0 && /^cache\.t1\./.test(inputs.text("nodeType")),
        say: () => "Snapshotting is not supported on cache.t1 nodes",
    },
];

/**
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/35636 what AWS answers where the first step is left out
 */
const groupForbids: Rejection<Update>[] = [
    {
        code: "InvalidParameterCombination",
        at: "parameterGroupName",
        when: ({ old, inputs }) => modeOf(old) === "disabled" && modeOf(inputs) === "enabled",
        say: () =>
            "The parameter cluster-enabled has a different value in the requested parameter group than the current parameter group. " +
            "This parameter value cannot be changed for a cache cluster: cluster mode is to be compatible before it is enabled",
    },
    {
        code: "InvalidParameterCombination",
        at: "clusterMode",
        when: ({ old, inputs }) => modeOf(old) === "enabled" && modeOf(inputs) !== "enabled",
        say: () => "Cluster mode cannot be changed back once it is enabled",
    },
];

export const elasticache: Record<string, ResourceType> = {
    [SUBNET_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, inputs, find, region, accountId }) => ({
            arn: `arn:aws:elasticache:${region}:${accountId}:subnetgroup:${id}`,
            vpcId: find(SUBNET, inputs.texts("subnetIds")[0] ?? "")?.outputs.vpcId ?? "",
        }),
        name: "name",
        exists: "CacheSubnetGroupAlreadyExists",
        refersTo: { subnetIds: SUBNET },
        rejects: [malformed("name", /^[a-z0-9-]{1,255}$/, "lower-case letters, digits and hyphens")],
        notFound: "CacheSubnetGroupNotFoundFault",
        inUse: "CacheSubnetGroupInUse",
    },
    [PARAMETER_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId }) => ({
            arn: `arn:aws:elasticache:${region}:${accountId}:parametergroup:${id}`,
        }),
        name: "name",
        exists: "CacheParameterGroupAlreadyExists",
        rejects: [
            malformed(
                "name",
                /^[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/,
                "lower-case letters, digits and single hyphens, a letter first",
            ),
            unlisted("family", ["redis6.x", "redis7", "valkey7", "valkey8"]),
        ],
        notFound: "CacheParameterGroupNotFound",
        inUse: "InvalidCacheParameterGroupState",
    },
    [REPLICATION_GROUP]: {
        id: ({ inputs }) => inputs.text("replicationGroupId"),
        outputs: ({ id, inputs, region, accountId, hex }) => {
            const suffix = `${hex(6)}.${region.replace(/[aeiou]|-/g, "").slice(0, 4)}.cache.amazonaws.com`;
            const sharded = isSharded(inputs);
            const engine = inputs.text("engine") || "redis";
            const version = inputs.text("engineVersion") || (engine === "valkey" ? "8.0" : "7.1");
            return {
                arn: `arn:aws:elasticache:${region}:${accountId}:replicationgroup:${id}`,
                clusterEnabled: sharded,
                configurationEndpointAddress: sharded ? `clustercfg.${id}.${suffix}` : "",
                primaryEndpointAddress: sharded ? "" : `master.${id}.${suffix}`,
                readerEndpointAddress: sharded ? "" : `replica.${id}.${suffix}`,
                memberClusters: Array.from(
                    { length: nodes(inputs) },
                    (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`,
                ),
                engine,
                engineVersion: version,
                engineVersionActual: `${version}.0`,
                port: inputs.number("port") ?? 6379,
                numCacheClusters: nodes(inputs),
                numNodeGroups: inputs.number("numNodeGroups") ?? 1,
                replicasPerNodeGroup: inputs.number("replicasPerNodeGroup") ?? nodes(inputs) - 1,
                clusterMode: modeOf(inputs),
            };
        },
        name: "replicationGroupId",
        exists: "ReplicationGroupAlreadyExists",
        refersTo: {
            subnetGroupName: SUBNET_GROUP,
            parameterGroupName: PARAMETER_GROUP,
            securityGroupIds: SECURITY_GROUP,
            kmsKeyId: { type: KEY, weak: true },
        },
        rejects: groupRules,
        conflicts: [
            {
                code: "InvalidParameterCombination",
                at: "parameterGroupName",
                when: ({ inputs, find }) => {
                    const family = find(PARAMETER_GROUP, inputs.text("parameterGroupName"))?.inputs.family;
                    return family !== undefined && !String(family).startsWith(inputs.text("engine") || "redis");
                },
                say: ({ inputs }) =>
                    `Expected a parameter group of family ${inputs.text("engine")} for engine ${inputs.text("engine")}`,
            },
        ],
        forbids: groupForbids,
        keeps: [
            {
                code: "SnapshotAlreadyExistsFault",
                when: ({ inputs, all }) =>
                    inputs.has("finalSnapshotIdentifier") &&
                    all(SNAPSHOT).some(({ id }) => id === inputs.text("finalSnapshotIdentifier")),
                say: ({ inputs }) =>
                    `Snapshot with specified name already exists: ${inputs.text("finalSnapshotIdentifier")}`,
            },
        ],
        leaves: ({ inputs }) =>
            inputs.has("finalSnapshotIdentifier")
                ? { type: SNAPSHOT, id: inputs.text("finalSnapshotIdentifier"), because: "the final snapshot" }
                : undefined,
        notFound: "ReplicationGroupNotFoundFault",
        // Towards Redis it is replaced; from Redis to Valkey AWS upgrades in place.
        replaces: { engine: (old, next) => !(old.engine === "redis" && next.engine === "valkey") },
    },
};
