import { type Inputs, malformed, outside, type Rejection, unlisted } from "../../resource-type";
import { monitoringRejections, systemRejections } from "./monitoring";
import { rdsRejections } from "./shared-rule";
import { WEEKLY_WINDOW, WINDOW, windowsMustNotOverlap } from "./window";

export const CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const CLUSTER_PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

const ENGINES = ["aurora-postgresql", "aurora-mysql"];

const RESERVED: Record<string, RegExp> = {
    "aurora-postgresql": /^(rdsadmin|admin|postgres_admin|public)$/i,
    "aurora-mysql": /^rdsadmin$/i,
};

function capacityOf(inputs: Inputs): { least?: number; most?: number } {
    const block = inputs.block("serverlessv2ScalingConfiguration");
    return { least: block?.number("minCapacity"), most: block?.number("maxCapacity") };
}

function isCapacity(acu: number, least: number): boolean {
    return Number.isInteger(acu * 2) && acu >= least && acu <= 256;
}

/**
 * What RDS refuses of a cluster by its inputs alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
export const clusterRejections: Rejection<Inputs>[] = [
    unlisted("engine", ENGINES),
    {
        code: "InvalidParameterValue",
        at: "masterPassword",
        when: (inputs) => inputs.has("masterPassword") && !/^[!#-.0-?A-~]{8,41}$/.test(inputs.text("masterPassword")),
        say: () =>
            "The parameter MasterUserPassword is not a valid password: 8 to 41 printable ASCII characters besides '/', '@', '\"' and ' '.",
    },
    {
        code: "InvalidParameterValue",
        at: "masterUsername",
        when: (inputs) =>
            inputs.has("masterUsername") &&
            (RESERVED[inputs.text("engine")]?.test(inputs.text("masterUsername")) === true ||
                !/^[A-Za-z]\w{0,62}$/.test(inputs.text("masterUsername"))),
        say: (inputs) =>
            `MasterUsername ${inputs.text("masterUsername")} cannot be used as it is a reserved word used by the engine, or has other than letters, digits and _`,
    },
    malformed("databaseName", /^[A-Za-z]\w{0,62}$/, "a letter first, then letters, digits and _"),
    outside("backtrackWindow", 0, 259_200),
    unlisted("storageType", ["", "aurora", "aurora-iopt1"]),
    malformed("preferredBackupWindow", WINDOW, "hh24:mi-hh24:mi, in UTC"),
    malformed("preferredMaintenanceWindow", WEEKLY_WINDOW, "ddd:hh24:mi-ddd:hh24:mi, in UTC"),
    windowsMustNotOverlap("preferredBackupWindow", "preferredMaintenanceWindow"),
    ...rdsRejections,
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html
        code: "InvalidParameterValue",
        at: "serverlessv2ScalingConfiguration",
        when: (inputs) => {
            const { least = 0, most = 1 } = capacityOf(inputs);
            return !isCapacity(least, 0) || !isCapacity(most, 1) || most < least;
        },
        say: (inputs) => {
            const { least, most } = capacityOf(inputs);
            return `Serverless v2 capacity ${least} to ${most} isn't valid: half steps from 0 to 256, the maximum at least 1 and no less than the minimum`;
        },
    },
    ...monitoringRejections,
];

/** What RDS refuses of a cluster's server by its inputs alone. */
export const serverRejections: Rejection<Inputs>[] = [
    unlisted("engine", ENGINES),
    malformed("preferredMaintenanceWindow", WEEKLY_WINDOW, "ddd:hh24:mi-ddd:hh24:mi, in UTC"),
    ...systemRejections,
];
