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
import { type ClusterPlan, controlPlaneZones } from "./plan";
import type { ClusterSpec } from "./spec";

export interface ControlPlaneArgs extends ComponentArgs {
    spec: ClusterSpec;
    plan: ClusterPlan;
    network: PlatformNetwork;
    transform?: Transform<eks.ClusterArgs>;
}

/** What the control plane writes down: requests, who made them, and what its own parts did. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The control plane with its keys, its logs, and the add-ons that have to be there before the first node. */
export class ControlPlane extends Component {
    /** Its name in AWS; from the cluster, so that what takes it comes later and goes earlier. */
    public readonly clusterName: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly oidcIssuer: pulumi.Output<string>;
    /** How to reach and to trust it. A secret, though whoever has it still needs credentials of AWS. */
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly securityGroupId: pulumi.Output<string>;
    public readonly nodeSecurityGroupId: pulumi.Output<string>;
    public readonly cluster: eks.Cluster;

    private readonly args: ControlPlaneArgs;

    constructor(name: string, args: ControlPlaneArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:ControlPlane", name, args, options);
        this.args = args;
        const logGroup = this.createLogGroup();
        this.cluster = this.createCluster(logGroup);
        this.clusterName = this.cluster.eksCluster.apply((cluster) => cluster.name);
        this.endpoint = this.cluster.eksCluster.apply((cluster) => cluster.endpoint);
        this.oidcIssuer = this.cluster.oidcIssuer;
        this.kubeconfig = pulumi.secret(this.cluster.kubeconfigJson);
        this.securityGroupId = this.cluster.clusterSecurityGroupId;
        this.nodeSecurityGroupId = this.cluster.nodeSecurityGroupId;
        this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint });
    }

    /** EKS would make one by itself, unencrypted and for ever. */
    private createLogGroup(): pulumi.Output<string> {
        const { logRetentionDays: retentionDays, keyDeletionWindowDays } = this.args.spec;
        const args = {
            ...this.shared,
            purpose: `the control-plane logs of the cluster ${this.displayName()}`,
            names: { "control-plane": `/aws/eks/${this.physicalName(nameLimits.cluster)}/cluster` },
            ...{ retentionDays, keyDeletionWindowDays },
        };
        return new LogGroups(this.childName("logs"), args, this.child).names["control-plane"];
    }

    private createCluster(logGroup: pulumi.Output<string>): eks.Cluster {
        const { spec, plan, network } = this.args;
        const { role, rights } = this.createRole();
        const args: eks.ClusterArgs = {
            // By way of the log group and of the role's rights, which so are there before EKS needs them, and go after.
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
            encryptionConfigKeyArn: this.createKey().keyArn,
            enabledClusterLogTypes: logTypes,
            deletionProtection: this.platform.protect,
            skipDefaultNodeGroup: true,
            createOidcProvider: false,
            kubeProxyAddonOptions: { version: addonVersion("kube-proxy", spec, this.child) },
            vpcCniOptions: {
                addonVersion: addonVersion("vpc-cni", spec, this.child),
                enableNetworkPolicy: true,
                enablePodEni: plan.podSecurityGroups,
                // Pods get their addresses by the sixteen, so that a small node can carry more than a handful.
                enablePrefixDelegation: true,
                // Nodes are behind NAT already. Without this what pods send out of the VPC would pass the node's rules, not theirs.
                cniExternalSnat: true,
                // Network policies hold for pods with a security group of their own, and their probes reach them.
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
