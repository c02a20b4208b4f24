import type { Entity } from "../../../../account/account";
import type { Creation, Rejection, Update } from "../../resource-type";
import { CLUSTER, CLUSTER_INSTANCE, CLUSTER_PARAMETER_GROUP } from "./cluster-rule";
import { changes, familyOf, major } from "./engine-version";
import { PARAMETER_GROUP } from "./instance-change";

const WITHOUT_INSIGHTS = /^db\.t3\./;
const SERVERLESS = "db.serverless";

/** The cluster that a server is of. */
export function clusterOf({ inputs, find }: Creation): Entity | undefined {
    return find(CLUSTER, inputs.text("clusterIdentifier"));
}

function groupFamily({ inputs, find }: Creation, input: string, type: string): string {
    return String(find(type, inputs.text(input))?.inputs.family ?? "");
}

/** A group has to be of the family of the engine's version. */
function familyMustFit(input: string, type: string, wanted: (creation: Creation) => string): Rejection<Creation> {
    const misfit = (creation: Creation): boolean => {
        const [family, needed] = [groupFamily(creation, input, type), wanted(creation)];
        return family !== "" && needed !== "" && family !== needed;
    };
    return {
        code: "InvalidParameterCombination",
        at: input,
        when: misfit,
        say: (creation) =>
            `The parameter group ${creation.inputs.text(input)} with DBParameterGroupFamily ${groupFamily(creation, input, type)} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${wanted(creation)}.`,
    };
}

function ownFamily({ inputs }: Creation): string {
    return inputs.has("engineVersion") ? familyOf(inputs.text("engine"), inputs.text("engineVersion")) : "";
}

function clustersFamily(creation: Creation): string {
    const { engine, engineVersion } = clusterOf(creation)?.outputs ?? {};
    return engine && engineVersion ? familyOf(String(engine), String(engineVersion)) : "";
}

/** Of a new cluster and a changed one alike. */
export const clusterConflicts: Rejection<Creation>[] = [
    familyMustFit("dbClusterParameterGroupName", CLUSTER_PARAMETER_GROUP, ownFamily),
    familyMustFit("dbInstanceParameterGroupName", PARAMETER_GROUP, ownFamily),
];

/** Of a new server and a changed one alike. */
export const serverForbids: Rejection<Creation>[] = [
    {
        code: "InvalidParameterCombination",
        at: "engine",
        when: (creation) =>
            (clusterOf(creation)?.outputs.engine ?? creation.inputs.text("engine")) !== creation.inputs.text("engine"),
        say: (creation) =>
            `The engine name requested for your DB instance (${creation.inputs.text("engine")}) doesn't match the engine name of your DB cluster (${clusterOf(creation)?.outputs.engine}).`,
    },
    familyMustFit("dbParameterGroupName", PARAMETER_GROUP, clustersFamily),
];

/** Of a new server. A changed one is seen before its cluster's change, which may bring what it needs. */
export const serverConflicts: Rejection<Creation>[] = [
    ...serverForbids,
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.create.html
        code: "InvalidDBClusterStateFault",
        at: "instanceClass",
        when: (creation) => {
            const cluster = clusterOf(creation);
            const serverless = creation.inputs.text("instanceClass") === SERVERLESS;
            return serverless && cluster !== undefined && !cluster.inputs.serverlessv2ScalingConfiguration;
        },
        say: () =>
            "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.",
    },
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
        code: "InvalidParameterCombination",
        at: "instanceClass",
        when: (creation) =>
            creation.inputs.text("engine") === "aurora-mysql" &&
            WITHOUT_INSIGHTS.test(creation.inputs.text("instanceClass")) &&
            clusterOf(creation)?.inputs.performanceInsightsEnabled === true,
        say: () => "Performance Insights not supported for this configuration.",
    },
];

/** The group of a server that the upgrade would leave, if it is no default one. */
function customGroup({ inputs, all }: Update): string | undefined {
    const servers = all(CLUSTER_INSTANCE).filter(
        (server) => server.inputs.clusterIdentifier === inputs.text("clusterIdentifier"),
    );
    return servers
        .map((server) => String(server.inputs.dbParameterGroupName ?? "default."))
        .find((name) => !name.startsWith("default."));
}

function isUpgrade({ old, inputs }: Update): boolean {
    return (
        changes(old, inputs, "engineVersion") && major(inputs.text("engineVersion")) > major(old.text("engineVersion"))
    );
}

/**
 * What RDS does not make of a living cluster.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
 */
export const clusterForbids: Rejection<Update>[] = [
    {
        code: "InvalidParameterCombination",
        at: "engineVersion",
        when: ({ old, inputs }) =>
            changes(old, inputs, "engineVersion") &&
            major(inputs.text("engineVersion")) < major(old.text("engineVersion")),
        say: ({ old, inputs }) =>
            `Cannot upgrade ${old.text("engine")} from ${old.text("engineVersion")} to ${inputs.text("engineVersion")}`,
    },
    {
        code: "InvalidParameterCombination",
        at: "allowMajorVersionUpgrade",
        when: (update) => isUpgrade(update) && !update.inputs.flag("allowMajorVersionUpgrade"),
        say: () => "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    },
    {
        // https://github.com/hashicorp/terraform-provider-aws/issues/35912
        code: "InvalidParameterCombination",
        at: "dbInstanceParameterGroupName",
        when: (update) =>
            isUpgrade(update) &&
            customGroup(update) !== undefined &&
            !changes(update.old, update.inputs, "dbInstanceParameterGroupName"),
        say: (update) =>
            `The current DB instance parameter group ${customGroup(update)} is custom. You must explicitly specify a new DB instance parameter group, either default or custom, for the engine version upgrade.`,
    },
    ...clusterConflicts,
];
