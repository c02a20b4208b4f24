import { isObject, type Properties } from "../../../../rpc/values";
import type { ResourceType } from "../../resource-type";
import { SUBNET, VPC } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { KEY } from "../kms/key";
import { kubernetesOffered, offeredKubernetes } from "../offered";
import { clusterRejections, clusterUpdateErrors, network, ofSubnets, placement } from "./cluster-rule";
import { CLUSTER, NODE_GROUP } from "./token";

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const cluster: ResourceType = {
    id: ({ inputs }) => inputs.text("name"),
    name: "name",
    exists: "ResourceInUseException",
    outputs: ({ id, hex, region, accountId, inputs, find, partition, dnsSuffix }) => {
        const identity = hex(32).toUpperCase();
        const [vpcId = ""] = ofSubnets(network(inputs).texts("subnetIds"), find, "vpcId");
        return {
            arn: `arn:${partition}:eks:${region}:${accountId}:cluster/${id}`,
            clusterId: "",
            createdAt: new Date().toISOString(),
            status: "ACTIVE",
            version: offeredKubernetes().at(-1) ?? "",
            platformVersion: "eks.1",
            endpoint: `https://${identity}.gr7.${region}.eks.${dnsSuffix}`,
            certificateAuthority: { data: Buffer.from(`the certificate authority of ${id}`).toString("base64") },
            identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.${dnsSuffix}/id/${identity}` }] }],
            vpcConfig: { clusterSecurityGroupId: `sg-0${hex(16)}`, vpcId },
            accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
            kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16", serviceIpv6Cidr: "" },
            upgradePolicy: { supportType: "EXTENDED" },
        };
    },
    // https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
    companions: ({ id, region, accountId, outputs, partition }) => {
        const { clusterSecurityGroupId, vpcId } = isObject(outputs.vpcConfig) ? outputs.vpcConfig : {};
        const group: Properties = {
            name: `eks-cluster-sg-${id}-1`,
            description:
                "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
            vpcId,
            tags: { [`kubernetes.io/cluster/${id}`]: "owned" },
        };
        const sgId = String(clusterSecurityGroupId);
        return [
            {
                type: SECURITY_GROUP,
                id: sgId,
                inputs: group,
                outputs: {
                    ...group,
                    ownerId: accountId,
                    arn: `arn:${partition}:ec2:${region}:${accountId}:security-group/${sgId}`,
                },
            },
        ];
    },
    refersTo: {
        "vpcConfig.subnetIds": SUBNET,
        "vpcConfig.securityGroupIds": SECURITY_GROUP,
        // IAM deletes a role although a service uses it, and KMS a key.
        roleArn: { type: ROLE, weak: true },
        "encryptionConfig.provider.keyArn": { type: KEY, weak: true },
    },
    // Its network interfaces are in the VPC.
    uses: ({ outputs }) => {
        const { vpcId } = isObject(outputs.vpcConfig) ? outputs.vpcConfig : {};
        return typeof vpcId === "string" ? [{ type: VPC, handle: vpcId }] : [];
    },
    rejects: clusterRejections,
    offered: [kubernetesOffered],
    conflicts: placement,
    updateErrors: clusterUpdateErrors,
    updateConflicts: placement,
    deleteBlockers: [
        {
            code: "InvalidRequestException",
            when: ({ inputs }) => inputs.flag("deletionProtection"),
            say: ({ entity }) => `Cannot delete cluster ${entity.id}: deletion protection is enabled`,
        },
        {
            code: "ResourceInUseException",
            when: ({ entity, all }) => all(NODE_GROUP).some(({ inputs }) => inputs.clusterName === entity.id),
            say: () => "Cluster has nodegroups attached",
        },
    ],
    notFound: "ResourceNotFoundException",
    inUse: "ResourceInUseException",
};

export const eks: Record<string, ResourceType> = { [CLUSTER]: cluster };
