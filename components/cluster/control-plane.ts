import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../aws-context";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import type { PlatformNetwork } from "../network";
import { policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import { addonVersion } from "./addon-version";
import type { ClusterNodes } from "./nodes";
import { type ClusterPlan, controlPlaneZones } from "./plan";
import type { ClusterSpec } from "./spec";

export interface ControlPlaneArgs extends ComponentArgs {
    spec: ClusterSpec;
    plan: ClusterPlan;
    network: PlatformNetwork;
    transform?: Transform<eks.ClusterArgs>;
}

/** The logs that the control plane writes: requests, who made them, and what its own parts did. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The control plane with its keys, its logs, and the add-ons that must exist before the first node. */
export class ControlPlane extends Component {
    /** Its name in AWS. It is an output of the cluster, so that what uses it is created after the cluster and deleted before it. */
    public readonly clusterName: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly oidcIssuer: pulumi.Output<string>;
    /** Endpoint and certificate authority. A secret, although its reader still needs AWS credentials. */
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly securityGroupId: pulumi.Output<string>;
    public readonly nodeSecurityGroupId: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: Pick<ClusterNodes, "cluster" | "secretsKey" | "logGroup">;

    private readonly args: ControlPlaneArgs;

    constructor(name: string, args: ControlPlaneArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:ControlPlane", name, args, options);
        this.args = args;
        const logs = this.createLogGroup();
        const key = this.createKey();
        const cluster = this.createCluster(logs.names["control-plane"], key);
        this.nodes = { cluster, secretsKey: key.nodes.key, logGroup: logs.nodes.groups["control-plane"] };
        this.clusterName = cluster.eksCluster.apply((cluster) => cluster.name);
        this.endpoint = cluster.eksCluster.apply((cluster) => cluster.endpoint);
        this.oidcIssuer = cluster.oidcIssuer;
        this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
        this.securityGroupId = cluster.clusterSecurityGroupId;
        this.nodeSecurityGroupId = cluster.nodeSecurityGroupId;
        this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint });
    }

    /** Without it EKS creates one, without encryption and without an end of retention. */
    private createLogGroup(): LogGroups<"control-plane"> {
        const { logRetentionDays: retentionDays, keyDeletionWindowDays } = this.args.spec;
        const args = {
            ...this.shared,
            purpose: `the control-plane logs of the cluster ${this.displayName()}`,
            names: { "control-plane": `/aws/eks/${this.physicalName(nameLimits.cluster)}/cluster` },
            ...{ retentionDays, keyDeletionWindowDays },
        };
        return new LogGroups(this.childName("logs"), args, this.child);
    }

    private createCluster(logGroup: pulumi.Output<string>, key: EncryptionKey): eks.Cluster {
        const { spec, plan, network } = this.args;
        const { role, rights } = this.createRole();
        const args: eks.ClusterArgs = {
            // Depends on the log group and on the role's policies: they must exist before EKS needs them, and be deleted after the cluster.
            name: pulumi.all([logGroup, rights]).apply(([group]) => group.split("/")[3] ?? ""),
            version: spec.version,
            upgradePolicy: { supportType: plan.supportType },
            serviceRole: role,
            vpcId: network.vpcId,
            privateSubnetIds: network.privateSubnetIds.slice(0, controlPlaneZones),
            endpointPrivateAccess: true,
            endpointPublicAccess: spec.publicAccessCidrs.length > 0,
            ...(spec.publicAccessCidrs.length > 0 && { publicAccessCidrs: spec.publicAccessCidrs }),
            authenticationMode: eks.AuthenticationMode.Api,
            encryptionConfigKeyArn: key.keyArn,
            enabledClusterLogTypes: logTypes,
            deletionProtection: this.platform.protect,
            skipDefaultNodeGroup: true,
            createOidcProvider: false,
            kubeProxyAddonOptions: { version: addonVersion("kube-proxy", spec, this.child) },
            vpcCniOptions: {
                addonVersion: addonVersion("vpc-cni", spec, this.child),
                enableNetworkPolicy: true,
                enablePodEni: plan.podSecurityGroups,
                // Addresses are assigned in blocks of sixteen, so that a small node can run more pods.
                enablePrefixDelegation: true,
                // Nodes are behind NAT already. Without this, traffic from pods out of the VPC is judged by the node's security group, not the pod's.
                cniExternalSnat: true,
                // So that network policies apply to pods with their own security group, and probes reach them.
                configurationValues: { env: { POD_SECURITY_GROUP_ENFORCING_MODE: "standard" } },
            },
            tags: this.tags(),
        };
        return new eks.Cluster(this.childName("eks"), transformed(this.args.transform, args), this.stateful);
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            part: "secrets",
            purpose: `the secrets of the cluster ${this.displayName()}`,
            deletionWindowDays: this.args.spec.keyDeletionWindowDays,
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    /** The second policy lets EKS attach the network interfaces of pods that have a security group of their own. */
    private createRole(): { role: aws.iam.Role; rights: pulumi.Output<string>[] } {
        const role = new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role),
                description: "The control plane of a cluster",
                assumeRolePolicy: policyDocument({
                    Sid: "TrustEks",
                    Effect: "Allow",
                    Principal: { Service: "eks.amazonaws.com" },
                    Action: "sts:AssumeRole",
                }),
                tags: this.tags(),
            },
            this.child,
        );
        const policies = [
            "AmazonEKSClusterPolicy",
            ...(this.args.plan.podSecurityGroups ? ["AmazonEKSVPCResourceController"] : []),
        ];
        const rights = policies.map(
            (policy) =>
                new aws.iam.RolePolicyAttachment(
                    this.childName(policy),
                    { role: role.name, policyArn: managedPolicyArn(this.awsContext, policy) },
                    this.child,
                ).role,
        );
        return { role, rights };
    }
}
