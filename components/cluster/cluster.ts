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
import { serviceLogGroupName } from "./container-logs";
import { ControlPlane } from "./control-plane";
import { PodIdentity } from "./identity";
import { NodeGroups } from "./node-groups";
import type { ClusterNodes } from "./nodes";
import { clusterWarnings, planCluster } from "./plan";
import type { ClusterSpec } from "./spec";

export interface ClusterArgs extends ClusterSpec, ComponentArgs {
    /** The network; the cluster is placed in its private subnets. */
    network: PlatformNetwork;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        cluster?: Transform<eks.ClusterArgs>;
        launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
        /** Applied to every node group. */
        nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    };
}

/**
 * A Kubernetes cluster on EKS: private nodes behind a private endpoint, secrets and volumes encrypted with its own keys, all
 * logs kept, permissions of pods through Pod Identity, network policies on. It has CoreDNS, volumes, metrics, Container Insights, the
 * AWS Load Balancer Controller, the cluster autoscaler and External Secrets.
 *
 * Costs a tenth of a dollar an hour for the control plane, the nodes by the hour, three keys and two for logs at a dollar a
 * month each, and the logs by the GiB. The identity that creates it is its administrator: EKS's component grants that and has no
 * option against it, and the same program needs it to create what is inside. All others are named in `access`.
 * @see https://aws.amazon.com/eks/pricing/
 */
export class Cluster extends Component implements SecretsCluster {
    public readonly clusterName: pulumi.Output<string>;
    /** URL of the Kubernetes API. */
    public readonly endpoint: pulumi.Output<string>;
    /** The version of Kubernetes. */
    public readonly version: string;
    /** The issuer of the service accounts' tokens, without `https://`. */
    public readonly oidcIssuer: pulumi.Output<string>;
    /** Configuration for `kubectl`, which also needs the AWS CLI and credentials. A secret. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** ARN of the role of the nodes. */
    public readonly nodeRoleArn: pulumi.Output<string>;
    /** The group of the control plane's network interfaces. */
    public readonly securityGroupId: pulumi.Output<string>;
    public readonly nodeSecurityGroupId: pulumi.Output<string>;
    public readonly podSecurityGroups: boolean;
    public readonly kubernetes: k8s.Provider;
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: ClusterNodes;

    private readonly arn: pulumi.Output<string>;
    private readonly secretsRole: aws.iam.Role;

    constructor(name: string, args: ClusterArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planCluster(name, args, args.network.privateSubnetIds.length);
        super("plinth:cluster:Cluster", name, args, options);
        this.warn(clusterWarnings(args));
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
            { ...common, after: [controlPlane.nodes.cluster] },
            this.child,
        );
        const nodeGroups = new NodeGroups(
            this.childName("nodes"),
            {
                ...{ ...common, plan, transform },
                securityGroupId: controlPlane.nodeSecurityGroupId,
                subnetIds: network.privateSubnetIds,
                after: [...network.resources, controlPlane.nodes.cluster, ...nodeAddons.ready],
            },
            this.child,
        );
        const addons = new ClusterAddons(
            this.childName("addons"),
            { ...common, volumeKeyArn: nodeGroups.volumeKeyArn, after: nodeGroups.nodes.nodeGroups },
            this.child,
        );
        this.kubernetes = this.createProvider(controlPlane);
        const storage = this.createStorageClass(nodeGroups.volumeKeyArn, addons.ready);
        const charts = new Charts(
            this.childName("charts"),
            {
                ...{ ...common, name: this.physicalName(nameLimits.cluster) },
                ...{ kubernetes: this.kubernetes, vpcId: network.vpcId },
                after: [...nodeGroups.nodes.nodeGroups, ...addons.ready],
            },
            this.child,
        );
        this.ready = [...nodeGroups.nodes.nodeGroups, ...addons.ready, storage, ...charts.ready];
        this.secretsRole = charts.secretsRole;
        this.nodes = {
            ...controlPlane.nodes,
            ...nodeGroups.nodes,
            ...addons.nodes,
            ...charts.nodes,
            addons: { ...nodeAddons.nodes.addons, ...addons.nodes.addons },
            storageClass: storage,
        };

        this.version = args.version;
        this.endpoint = controlPlane.endpoint;
        this.oidcIssuer = controlPlane.oidcIssuer;
        this.kubeconfig = controlPlane.kubeconfig;
        this.nodeRoleArn = nodeGroups.roleArn;
        this.securityGroupId = controlPlane.securityGroupId;
        this.nodeSecurityGroupId = controlPlane.nodeSecurityGroupId;
        this.podSecurityGroups = plan.podSecurityGroups;
        this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, nodeRoleArn: this.nodeRoleArn });
    }

    identity(name: string, of: ServiceAccountRef): WorkloadIdentity {
        const args = { ...this.shared, ...of, part: name, clusterName: this.clusterName, clusterArn: this.arn };
        return new PodIdentity(this.childName(`${name}-identity`), args, this.child);
    }

    logGroupName(service: string): string {
        return serviceLogGroupName(this.physicalName(nameLimits.cluster), service);
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
                    // The session tags of the controller are passed on.
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

    /** The ARN of a role, made from its name, which is known before the role exists. */
    private arnOf({ name }: aws.iam.Role): pulumi.Output<string> {
        const { accountId, partition } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:iam::${accountId}:role/${name}`;
    }

    /** The ARN that AWS will give it. Known at preview, so that policies that name it can be checked before the cluster exists. */
    private createArn(): pulumi.Output<string> {
        const { accountId, partition, region } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:cluster/${this.physicalName(nameLimits.cluster)}`;
    }

    private createProvider({ kubeconfig, clusterName }: ControlPlane): k8s.Provider {
        // Identified by its name: another certificate or endpoint is still the same cluster, and replaces nothing in it.
        // Otherwise a changed ConfigMap with a fixed name is deleted and created again while pods read it.
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
                // The volume is created in the zone of the pod that claims it.
                volumeBindingMode: "WaitForFirstConsumer",
                reclaimPolicy: "Delete",
            },
            { ...this.child, provider: this.kubernetes, dependsOn: after },
        );
    }
}
