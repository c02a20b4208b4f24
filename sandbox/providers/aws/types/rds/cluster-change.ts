import type { Entity } from "../../../../account/account";
import type { Creation, Rejection, Update } from "../../resource-type";
import { CLUSTER, CLUSTER_INSTANCE, CLUSTER_PARAMETER_GROUP } from "./cluster-rule";
import { changes, familyOf, major } from "./engine-version";
import { PARAMETER_GROUP } from "./instance-change";

const WITHOUT_INSIGHTS = /^db\.t3\./;
const SERVERLESS = "db.serverless";

/** The cluster of a server. */
export function clusterOf({ inputs, find }: Creation): Entity | undefined {
    return find(CLUSTER, inputs.text("clusterIdentifier"));
}

function groupFamily({ inputs, find }: Creation, input: string, type: string): string {
    return String(find(type, inputs.text(input))?.inputs.family ?? "");
}

/** Rejects a parameter group whose family is not the one of the engine version. */
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

/** Conflicts of a new cluster and of an updated one. */
export const clusterConflicts: Rejection<Creation>[] = [
    familyMustFit("dbClusterParameterGroupName", CLUSTER_PARAMETER_GROUP, ownFamily),
    familyMustFit("dbInstanceParameterGroupName", PARAMETER_GROUP, ownFamily),
];

/** Conflicts of a new server and of an updated one. */
export const serverUpdateErrors: Rejection<Creation>[] = [
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

/** Conflicts of a new server only: an update of a server precedes its cluster's, which may resolve them. */
export const serverConflicts: Rejection<Creation>[] = [
    ...serverUpdateErrors,
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

/** A parameter group of a server that does not fit the new version, unless it is a default group. */
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
export const clusterUpdateErrors: Rejection<Update>[] = [
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
