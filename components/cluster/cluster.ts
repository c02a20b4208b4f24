import * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import type { PlatformNetwork } from "../network";
import { policyDocument } from "../policy-document";
import type { Transform } from "../transform";
import type { SecretsCluster, ServiceAccountRef, WorkloadIdentity } from "./access";
import { AccessEntries } from "./access-entries";
import { ClusterAddons, NodeAddons } from "./addons";
import { Charts } from "./charts";
import { ControlPlane } from "./control-plane";
import { PodIdentity } from "./identity";
import { NodeGroups } from "./node-groups";
import { planCluster } from "./plan";
import type { ClusterSpec } from "./spec";

export interface ClusterArgs extends ClusterSpec, ComponentArgs {
    /** Where it stands: in the private subnets. */
    network: PlatformNetwork;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        cluster?: Transform<eks.ClusterArgs>;
        launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
        /** Applied to every node group. */
        nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    };
}

/**
 * A Kubernetes cluster on EKS: private nodes behind a private endpoint, secrets and volumes encrypted with its own keys, all
 * logs kept, rights of pods by Pod Identity, network policies on. It has CoreDNS, volumes, metrics, Container Insights, the
 * AWS Load Balancer Controller, the cluster autoscaler and External Secrets.
 *
 * Costs a tenth of a dollar an hour for the control plane, the nodes by the hour, three keys and two for logs at a dollar a
 * month each, and the logs by the GiB. Whoever creates it may do everything in it: EKS's component sees to that and can't be
 * told otherwise, and it is how the same program makes what is inside. All others are named in `access`.
 * @see https://aws.amazon.com/eks/pricing/
 */
export class Cluster extends Component implements SecretsCluster {
    public readonly clusterName: pulumi.Output<string>;
    /** URL of the Kubernetes API. */
    public readonly endpoint: pulumi.Output<string>;
    /** The version of Kubernetes. */
    public readonly version: string;
    /** Whose tokens the service accounts of the cluster have, without `https://`. */
    public readonly oidcIssuer: pulumi.Output<string>;
    /** For `kubectl`, with the AWS CLI and credentials. A secret. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** The role that the nodes have. */
    public readonly nodeRoleArn: pulumi.Output<string>;
    /** The group of the control plane's network interfaces. */
    public readonly securityGroupId: pulumi.Output<string>;
    public readonly nodeSecurityGroupId: pulumi.Output<string>;
    public readonly podSecurityGroups: boolean;
    public readonly kubernetes: k8s.Provider;
    public readonly ready: pulumi.Resource[];

    private readonly arn: pulumi.Output<string>;
    private readonly secretsRole: aws.iam.Role;

    constructor(name: string, args: ClusterArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planCluster(name, args, args.network.privateSubnetIds.length);
        super("plinth:cluster:Cluster", name, args, options);
        this.arn = this.createArn();
        const { network, transform } = args;

        const controlPlane = new ControlPlane(
            this.childName("control-plane"),
            { ...this.shared, spec: args, plan, network, transform: transform?.cluster },
            this.child,
        );
        this.clusterName = controlPlane.clusterName;
        const common = { ...this.shared, spec: args, clusterName: this.clusterName, clusterArn: this.arn };
        new AccessEntries(this.childName("access"), { ...common, access: args.access }, this.child);
        const nodeAddons = new NodeAddons(
            this.childName("node-addons"),
            { ...common, after: [controlPlane.cluster] },
            this.child,
        );
        const nodes = new NodeGroups(
            this.childName("nodes"),
            {
                ...{ ...common, plan, transform },
                securityGroupId: controlPlane.nodeSecurityGroupId,
                subnetIds: network.privateSubnetIds,
                after: [...network.resources, controlPlane.cluster, ...nodeAddons.ready],
            },
            this.child,
        );
        const addons = new ClusterAddons(
            this.childName("addons"),
            { ...common, volumeKeyArn: nodes.volumeKeyArn, after: nodes.groups },
            this.child,
        );
        this.kubernetes = this.createProvider(controlPlane);
        const storage = this.createStorageClass(nodes.volumeKeyArn, addons.ready);
        const charts = new Charts(
            this.childName("charts"),
            {
                ...{ ...common, name: this.physicalName(nameLimits.cluster) },
                ...{ kubernetes: this.kubernetes, vpcId: network.vpcId },
                after: [...nodes.groups, ...addons.ready],
            },
            this.child,
        );
        this.ready = [...nodes.groups, ...addons.ready, storage, ...charts.ready];
        this.secretsRole = charts.secretsRole;

        this.version = args.version;
        this.endpoint = controlPlane.endpoint;
        this.oidcIssuer = controlPlane.oidcIssuer;
        this.kubeconfig = controlPlane.kubeconfig;
        this.nodeRoleArn = nodes.roleArn;
        this.securityGroupId = controlPlane.securityGroupId;
        this.nodeSecurityGroupId = controlPlane.nodeSecurityGroupId;
        this.podSecurityGroups = plan.podSecurityGroups;
        this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
    }

    identity(name: string, of: ServiceAccountRef): WorkloadIdentity {
        const args = { ...this.shared, ...of, part: name, clusterName: this.clusterName, clusterArn: this.arn };
        return new PodIdentity(this.childName(`${name}-identity`), args, this.child);
    }

    secretReader(name: string): aws.iam.Role {
        const role = new aws.iam.Role(
            this.childName(`${name}-secret-reader`),
            {
                name: this.physicalName(nameLimits.role, `${name}-secret-reader`),
                description: "What External Secrets reads secrets as",
                assumeRolePolicy: policyDocument({
                    Sid: "TrustExternalSecrets",
                    Effect: "Allow",
                    Principal: { AWS: this.arnOf(this.secretsRole) },
                    // The tags of the controller's own session come along.
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                }),
                tags: this.tags(`${name}-secret-reader`),
            },
            this.child,
        );
        new aws.iam.RolePolicy(
            this.childName(`${name}-secret-reader-taken`),
            {
                name: this.physicalName(nameLimits.rolePolicy, `take-${name}-secret-reader`),
                role: this.secretsRole.name,
                policy: policyDocument({
                    Sid: "TakeRole",
                    Effect: "Allow",
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                    Resource: role.arn,
                }),
            },
            this.child,
        );
        return role;
    }

    /** The ARN of a role by its name, which is known before the role is there. */
    private arnOf({ name }: aws.iam.Role): pulumi.Output<string> {
        const { accountId, partition } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:iam::${accountId}:role/${name}`;
    }

    /** As AWS will make it: known at once, so that what names it can be judged before the cluster is there. */
    private createArn(): pulumi.Output<string> {
        const { accountId, partition, region } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:cluster/${this.physicalName(nameLimits.cluster)}`;
    }

    private createProvider({ kubeconfig, clusterName }: ControlPlane): k8s.Provider {
        // By its name: another certificate or endpoint is still the same cluster, and replaces nothing in it.
        // A ConfigMap with a name of its own would be deleted before it is made anew, under the pods that read it.
        const args = { kubeconfig, clusterIdentifier: clusterName, enableConfigMapMutable: true };
        return new k8s.Provider(this.childName("kubernetes"), args, this.child);
    }

    private createStorageClass(kmsKeyId: pulumi.Input<string>, after: pulumi.Resource[]): k8s.storage.v1.StorageClass {
        return new k8s.storage.v1.StorageClass(
            this.childName("storage-class"),
            {
                metadata: {
                    name: "gp3",
                    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
                },
                provisioner: "ebs.csi.aws.com",
                parameters: { type: "gp3", encrypted: "true", kmsKeyId },
                allowVolumeExpansion: true,
                // In the zone of the pod that wants it.
                volumeBindingMode: "WaitForFirstConsumer",
                reclaimPolicy: "Delete",
            },
            { ...this.child, provider: this.kubernetes, dependsOn: after },
        );
    }
}
