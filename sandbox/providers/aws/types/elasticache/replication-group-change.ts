import type { Properties } from "../../../../rpc/values";
import { changesBetween } from "../../../diff";
import type { Creation, Rejection, ResourceType, Update } from "../../resource-type";
import { LOG_GROUP } from "../cloudwatch/log-group";
import { modeOf } from "./replication-group-rule";
import { restoreConflicts } from "./snapshot";

export const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";

/** Conflicts of a new group and of an updated one. */
const parameterFamilyMustFit: Rejection<Creation> = {
    code: "InvalidParameterCombination",
    at: "parameterGroupName",
    when: ({ inputs, find }) => {
        const family = find(PARAMETER_GROUP, inputs.text("parameterGroupName"))?.inputs.family;
        return family !== undefined && !String(family).startsWith(inputs.text("engine") || "redis");
    },
    say: ({ inputs }) =>
        `Expected a parameter group of family ${inputs.text("engine")} for engine ${inputs.text("engine")}`,
};

export const groupConflicts: Rejection<Creation>[] = [
    parameterFamilyMustFit,
    ...restoreConflicts,
    {
        code: "InvalidParameterValue",
        at: "logDeliveryConfigurations",
        when: (creation) => strayLogGroups(creation).length > 0,
        say: (creation) => `The log groups ${strayLogGroups(creation).join(", ")} do not exist`,
    },
];

/** Destinations in CloudWatch Logs that do not exist. */
function strayLogGroups({ inputs, find }: Creation): string[] {
    return inputs
        .blocks("logDeliveryConfigurations")
        .filter((block) => block.text("destinationType") === "cloudwatch-logs")
        .map((block) => block.text("destination"))
        .filter((name) => !find(LOG_GROUP, name));
}

/** The inputs of ModifyReplicationGroup, without cluster mode and the parameter group for it. */
const MODIFIED = [
    ...["nodeType", "engine", "engineVersion", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup"],
    ...["automaticFailoverEnabled", "multiAzEnabled", "snapshotRetentionLimit", "snapshotWindow", "maintenanceWindow"],
    ...["authToken", "userGroupIds", "logDeliveryConfigurations", "notificationTopicArn", "autoMinorVersionUpgrade"],
];

function otherChanges({ old, inputs }: Update): string[] {
    return [...changesBetween(old.properties, inputs.properties)]
        .map(({ path }) => String(path[0]))
        .filter((name) => MODIFIED.includes(name));
}

/**
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/35636 what AWS answers where the first step is left out
 */
export const groupUpdateErrors: Rejection<Update>[] = [
    parameterFamilyMustFit,
    {
        code: "InvalidParameterCombination",
        at: "authTokenUpdateStrategy",
        when: ({ old, inputs }) =>
            old.has("authToken") &&
            inputs.has("authToken") &&
            inputs.text("authTokenUpdateStrategy") === "SET" &&
            inputs.text("authToken") !== old.text("authToken"),
        say: () => "SET is allowed only after ROTATE has added the token",
    },
    {
        // https://github.com/hashicorp/terraform-provider-aws/issues/31710
        code: "InvalidParameterCombination",
        at: "userGroupIds",
        when: ({ old, inputs }) =>
            old.has("authToken") && inputs.has("userGroupIds") && inputs.text("authTokenUpdateStrategy") !== "DELETE",
        say: () => "User group can't be associated with auth token enabled. Pass AuthStrategy delete to proceed.",
    },
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
        when: (update) => modeOf(update.old) !== modeOf(update.inputs) && otherChanges(update).length > 0,
        say: (update) => `No other parameters can be modified with ClusterMode: ${otherChanges(update).join(", ")}`,
    },
    {
        code: "InvalidParameterCombination",
        at: "clusterMode",
        when: ({ old, inputs }) =>
            modeOf(old) === "disabled" && modeOf(inputs) === "compatible" && !old.flag("automaticFailoverEnabled"),
        say: () => "Cluster mode compatible needs automatic failover and one replica at least",
    },
    {
        code: "InvalidParameterCombination",
        at: "clusterMode",
        when: ({ old, inputs }) => modeOf(old) === "enabled" && modeOf(inputs) !== "enabled",
        say: () => "Cluster mode cannot be changed back once it is enabled",
    },
];

/** The provider replaces the group for Redis or an older version; AWS upgrades from Redis to Valkey in place. */
export const groupReplaces: ResourceType["replaces"] = {
    engine: (old, next) => !isUpgradeToValkey(old, next),
    engineVersion: (old, next) =>
        !isUpgradeToValkey(old, next) && Number(next.engineVersion) < Number(old.engineVersion),
};

function isUpgradeToValkey(old: Properties, next: Properties): boolean {
    return (old.engine ?? "redis") === "redis" && next.engine === "valkey";
}
