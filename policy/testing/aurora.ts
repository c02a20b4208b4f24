import { types } from "../graph/types";
import { adding } from "./platform";
import { type Declared, ref } from "./stack";

/** Aurora: what its instances leave out is their cluster's. */
const cluster: readonly Declared[] = [
    {
        type: types.databaseClusterParameterGroup,
        name: "aurora-parameter-group",
        props: { family: "aurora-mysql8.0", parameters: [{ name: "require_secure_transport", value: "1" }] },
    },
    {
        type: types.databaseCluster,
        name: "aurora",
        props: {
            storageEncrypted: true,
            kmsKeyId: ref("database-key", "arn"),
            masterPassword: ref("database-password", "result"),
            dbSubnetGroupName: ref("database-subnet-group", "name"),
            vpcSecurityGroupIds: [ref("database-server")],
            dbClusterParameterGroupName: ref("aurora-parameter-group", "name"),
            performanceInsightsEnabled: true,
            performanceInsightsKmsKeyId: ref("database-key", "arn"),
        },
    },
    ...["aurora-writer", "aurora-reader-1"].map((name) => ({
        type: types.databaseClusterInstance,
        name,
        props: { clusterIdentifier: ref("aurora"), publiclyAccessible: false },
    })),
];

/** Puts a sound Aurora cluster beside the platform's database, with the same network and key. */
export const withCluster = adding(...cluster);
