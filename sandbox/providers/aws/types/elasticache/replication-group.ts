import type { Properties } from "../../../../rpc/values";
import { type CreationWithId, type Inputs, malformed, type ResourceType } from "../../resource-type";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { KEY } from "../kms/key";
import { cacheFamilies, cacheVersionOffered, familyOffered, nodeTypeOffered } from "../offered";
import { groupConflicts, groupReplaces, groupUpdateErrors, PARAMETER_GROUP } from "./replication-group-change";
import { groupRules, modeOf, nodes } from "./replication-group-rule";
import { SNAPSHOT } from "./snapshot";
import { USER_GROUP } from "./user";

const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNET_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";

export const elasticache: Record<string, ResourceType> = {
    [SUBNET_GROUP]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, inputs, find, region, accountId, partition }) => ({
            arn: `arn:${partition}:elasticache:${region}:${accountId}:subnetgroup:${id}`,
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
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:elasticache:${region}:${accountId}:parametergroup:${id}`,
        }),
        name: "name",
        exists: "CacheParameterGroupAlreadyExists",
        rejects: [
            malformed(
                "name",
                /^[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/,
                "lower-case letters, digits and single hyphens, a letter first",
            ),
        ],
        offered: [familyOffered(cacheFamilies, "caches")],
        notFound: "CacheParameterGroupNotFound",
        inUse: "InvalidCacheParameterGroupState",
    },
    [REPLICATION_GROUP]: {
        id: ({ inputs }) => inputs.text("replicationGroupId"),
        outputs: (made) => groupOutputs(made, `${made.hex(6)}.${zoneOf(made.region)}.cache.${made.dnsSuffix}`),
        updates: (update) => groupOutputs(update, hostsIn(update.outputs)),
        name: "replicationGroupId",
        exists: "ReplicationGroupAlreadyExists",
        refersTo: {
            subnetGroupName: SUBNET_GROUP,
            parameterGroupName: PARAMETER_GROUP,
            securityGroupIds: SECURITY_GROUP,
            userGroupIds: USER_GROUP,
            kmsKeyId: { type: KEY, weak: true },
        },
        rejects: groupRules,
        offered: [nodeTypeOffered, cacheVersionOffered],
        conflicts: groupConflicts,
        updateErrors: groupUpdateErrors,
        deleteBlockers: [
            {
                code: "SnapshotAlreadyExistsFault",
                when: ({ inputs, all }) =>
                    inputs.has("finalSnapshotIdentifier") &&
                    all(SNAPSHOT).some(({ id }) => id === inputs.text("finalSnapshotIdentifier")),
                say: ({ inputs }) =>
                    `Snapshot with specified name already exists: ${inputs.text("finalSnapshotIdentifier")}`,
            },
        ],
        tombstone: ({ inputs }) =>
            inputs.has("finalSnapshotIdentifier")
                ? { type: SNAPSHOT, id: inputs.text("finalSnapshotIdentifier"), reason: "the final snapshot" }
                : undefined,
        notFound: "ReplicationGroupNotFoundFault",
        replaces: groupReplaces,
    },
};

/** The constant part of the endpoints: everything after the name of the group. */
function hostsIn(outputs: Inputs): string {
    const endpoint = outputs.text("configurationEndpointAddress") || outputs.text("primaryEndpointAddress");
    return endpoint.split(".").slice(2).join(".");
}

function zoneOf(region: string): string {
    return region.replace(/[aeiou]|-/g, "").slice(0, 4);
}

function groupOutputs({ id, inputs, region, partition, accountId }: CreationWithId, hosts: string): Properties {
    const mode = modeOf(inputs);
    const clustered = mode !== "disabled";
    const engine = inputs.text("engine") || "redis";
    const version = inputs.text("engineVersion") || (engine === "valkey" ? "8.0" : "7.1");
    const members = Array.from({ length: nodes(inputs) }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`);
    return {
        arn: `arn:${partition}:elasticache:${region}:${accountId}:replicationgroup:${id}`,
        clusterEnabled: mode === "enabled",
        configurationEndpointAddress: clustered ? `clustercfg.${id}.${hosts}` : "",
        primaryEndpointAddress: clustered ? "" : `master.${id}.${hosts}`,
        readerEndpointAddress: clustered ? "" : `replica.${id}.${hosts}`,
        memberClusters: members,
        engine,
        engineVersion: version,
        engineVersionActual: `${version}.0`,
        port: inputs.number("port") ?? 6379,
        numCacheClusters: members.length,
        numNodeGroups: inputs.number("numNodeGroups") ?? 1,
        replicasPerNodeGroup: inputs.number("replicasPerNodeGroup") ?? members.length - 1,
        clusterMode: mode,
    };
}
