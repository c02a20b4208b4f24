import { types } from "../graph/types";

/**
 * What AWS fills in for an input that a case removes: unknown at the first preview, then this value. The recordings do
 * not show it, because the program sets these inputs.
 */
export const awsDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    [types.securityGroup]: { ingress: [], egress: [], vpcId: "vpc-0default" },
    [types.defaultSecurityGroup]: { ingress: [], egress: [] },
    [types.routeTable]: { routes: [], propagatingVgws: [] },
    [types.networkAcl]: { ingress: [], egress: [], subnetIds: [] },
    [types.vpcEndpoint]: {
        policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    },
    [types.key]: { policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"}}]}' },
    [types.backupVault]: { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/0aws" },
    [types.secret]: { policy: "" },
    [types.queue]: { policy: "", sqsManagedSseEnabled: false },
    [types.cluster]: {
        enabledClusterLogTypes: [],
        vpcConfig: { endpointPrivateAccess: false, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
    },
    [types.nodeGroup]: { diskSize: 20 },
    [types.accessEntry]: { kubernetesGroups: [] },
    [types.launchTemplate]: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } },
    [types.databaseInstance]: {
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        performanceInsightsKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        dbSubnetGroupName: "default",
        parameterGroupName: "default.postgres16",
        vpcSecurityGroupIds: ["sg-0default"],
        snapshotIdentifier: "",
        resourceId: "db-0123",
    },
    [types.databaseCluster]: {
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        storageEncrypted: false,
        performanceInsightsKmsKeyId: "",
        dbSubnetGroupName: "default",
        dbClusterParameterGroupName: "default.aurora-postgresql16",
        vpcSecurityGroupIds: ["sg-0default"],
        clusterResourceId: "cluster-0123",
    },
    [types.databaseProxy]: { vpcSecurityGroupIds: ["sg-0default"] },
    [types.databaseProxyEndpoint]: { vpcSecurityGroupIds: ["sg-0default"] },
    [types.databaseClusterInstance]: {
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        publiclyAccessible: false,
    },
    [types.replicationGroup]: {
        atRestEncryptionEnabled: false,
        transitEncryptionEnabled: false,
        transitEncryptionMode: "",
        subnetGroupName: "default",
        securityGroupIds: [],
    },
};
