// A program of the official remote components, as small as it can be: tests/remote-components.test.ts runs it.
"use strict";
const aws = require("@pulumi/aws");
const awsx = require("@pulumi/awsx");
const eks = require("@pulumi/eks");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const vpcId = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }).id;
const subnetIds = ["a", "b"].map(
    (zone, index) =>
        new aws.ec2.Subnet(`subnet-${zone}`, {
            vpcId,
            cidrBlock: `10.0.${index}.0/24`,
            availabilityZone: `eu-west-1${zone}`,
        }).id,
);
const key = new aws.kms.Key("key", {});
const nodeRole = new aws.iam.Role("node", { assumeRolePolicy: "{}" });

const own = new aws.Provider("own", { region: "eu-west-1" });
const repositoryArgs = {
    name: "p-dev-backend",
    imageTagMutability: "IMMUTABLE",
    forceDelete: false,
    tags: { app: "p" },
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }],
    imageScanningConfiguration: { scanOnPush: true },
    lifecyclePolicy: { rules: [{ description: "keep 10", tagStatus: "any", maximumNumberOfImages: 10 }] },
};
const repository = new awsx.ecr.Repository(config.get("repository") ?? "backend", repositoryArgs, {
    providers: [own],
    protect: config.getBoolean("protect"),
    aliases: [{ name: "backend" }],
});
const cluster = new eks.Cluster("k", {
    vpcId,
    privateSubnetIds: subnetIds,
    authenticationMode: "API",
    createOidcProvider: false,
    skipDefaultNodeGroup: true,
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
    nodeAssociatePublicIpAddress: false,
    version: config.require("version"),
    encryptionConfigKeyArn: key.arn,
    enabledClusterLogTypes: ["api", "audit"],
});
new eks.ManagedNodeGroup("ng", {
    cluster,
    nodeRole,
    subnetIds,
    instanceTypes: ["t3.medium"],
    scalingConfig: { minSize: 1, maxSize: 4, desiredSize: 2 },
    enableIMDSv2: true,
    diskSize: 50,
});
new eks.Addon("coredns", { cluster, addonName: "coredns" });

module.exports = {
    url: repository.url,
    endpoint: cluster.core.apply(({ endpoint }) => endpoint),
    clusterName: cluster.eksCluster.name,
    ownGroup: cluster.eksCluster.vpcConfig.clusterSecurityGroupId,
    server: cluster.kubeconfigJson.apply((text) => JSON.parse(text).clusters[0].cluster.server),
    oidcIssuer: cluster.oidcIssuer,
};
