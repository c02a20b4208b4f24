import { types } from "../graph/types";
import { type Declared, ref } from "./stack";

const trust = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** The statement that lets pods of one service account, of one cluster, take a role. */
export const podsOfBackend = {
    Sid: "TrustPods",
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
        StringEquals: {
            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:111122223333:cluster/plinth-dev-cluster",
            "aws:RequestTag/kubernetes-namespace": "app",
            "aws:RequestTag/kubernetes-service-account": "backend",
        },
    },
};

const service = (name: string) => ({
    ...{ Sid: "TrustService", Effect: "Allow", Action: "sts:AssumeRole" },
    Principal: { Service: `${name}.amazonaws.com` },
});

/** How the nodes' root volume is encrypted. */
export const rootVolume = { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: ref("nodes-key", "arn") } };

/** What of the cluster's network is not left to EKS. */
export const clusterNetwork = {
    subnetIds: [ref("network-private-0"), ref("network-private-1")],
    securityGroupIds: [ref("cluster-group")],
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
};

/** The platform's cluster, its nodes, its repositories and the role of one service account, in small. */
export const cluster: readonly Declared[] = [
    { type: types.securityGroup, name: "cluster-group", props: { vpcId: ref("network-vpc") } },
    { type: types.securityGroup, name: "nodes-group", props: { vpcId: ref("network-vpc") } },
    { type: types.role, name: "cluster-role", props: { assumeRolePolicy: trust(service("eks")) } },
    { type: types.role, name: "nodes-role", props: { assumeRolePolicy: trust(service("ec2")) } },
    { type: types.role, name: "backend-role", props: { assumeRolePolicy: trust(podsOfBackend) } },
    {
        type: types.cluster,
        name: "cluster",
        props: {
            name: "plinth-dev-cluster",
            roleArn: ref("cluster-role", "arn"),
            vpcConfig: clusterNetwork,
            encryptionConfig: { provider: { keyArn: ref("cluster-key", "arn") }, resources: ["secrets"] },
            enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        },
    },
    {
        type: types.accessEntry,
        name: "engineers",
        props: { clusterName: ref("cluster", "name"), principalArn: "arn:aws:iam::111122223333:role/engineers" },
    },
    {
        type: types.launchTemplate,
        name: "nodes-template",
        props: {
            vpcSecurityGroupIds: [ref("nodes-group")],
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            blockDeviceMappings: [rootVolume],
        },
    },
    ...[0, 1].map((zone) => ({
        type: types.nodeGroup,
        name: `nodes-${zone}`,
        props: {
            clusterName: ref("cluster", "name"),
            subnetIds: [ref(`network-private-${zone}`)],
            launchTemplate: { id: ref("nodes-template"), version: ref("nodes-template", "latestVersion") },
        },
    })),
    {
        type: types.repository,
        name: "backend",
        props: {
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: ref("registry-key", "arn") }],
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
        },
    },
    {
        type: types.repositoryPolicy,
        name: "backend-policy",
        props: {
            repository: ref("backend", "name"),
            policy: trust({
                ...{ Sid: "Pull", Effect: "Allow", Action: "ecr:BatchGetImage" },
                Principal: { AWS: "arn:aws:iam::444455556666:root" },
            }),
        },
    },
];
