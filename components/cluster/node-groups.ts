import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../aws-context";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import type { ClusterNodes } from "./nodes";
import type { ClusterPlan, NodeGroupPlan } from "./plan";
import type { ClusterSpec } from "./spec";

export interface NodeGroupsArgs extends ComponentArgs {
    spec: ClusterSpec;
    plan: ClusterPlan;
    clusterName: pulumi.Input<string>;
    /** The group that the nodes are in. */
    securityGroupId: pulumi.Input<string>;
    /** Private subnets, one per zone. */
    subnetIds: pulumi.Input<string>[];
    /** What must exist before a node joins, and is deleted after the last node. */
    after: pulumi.Resource[];
    transform?: {
        launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
        nodeGroup?: Transform<aws.eks.NodeGroupArgs>;
    };
}

/** What every node needs. */
const nodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];
/** What Systems Manager needs of a node. */
const sessionPolicy = "AmazonSSMManagedInstanceCore";

/** The nodes: a managed node group for each zone, all from one launch template. */
export class NodeGroups extends Component {
    public readonly roleArn: pulumi.Output<string>;
    /** The key of the nodes' volumes and of those that pods claim. */
    public readonly volumeKeyArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: Pick<ClusterNodes, "nodeGroups" | "launchTemplate" | "nodeRole" | "volumeKey">;

    private readonly args: NodeGroupsArgs;

    constructor(name: string, args: NodeGroupsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:NodeGroups", name, args, options);
        this.args = args;
        const key = this.createKey();
        this.volumeKeyArn = key.keyArn;
        const { role, policies } = this.createRole();
        const launchTemplate = this.createLaunchTemplate();
        const nodeGroups = args.plan.nodeGroups.map((group) => this.createGroup(group, role, launchTemplate, policies));
        this.nodes = { nodeGroups, launchTemplate, nodeRole: role, volumeKey: key.nodes.key };
        this.roleArn = role.arn;
        this.registerOutputs({ roleArn: this.roleArn });
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            part: "volumes",
            purpose: `the volumes of the cluster ${this.displayName()}`,
            deletionWindowDays: this.args.spec.keyDeletionWindowDays,
            statements: this.allowAutoScalingToEncrypt(),
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    /**
     * EC2 Auto Scaling's service-linked role starts the nodes. It is named in a condition and not as the principal: KMS
     * refuses a principal that does not exist, as in an account where nothing has scaled yet.
     * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
     */
    private allowAutoScalingToEncrypt(): PolicyStatement[] {
        const { accountId, partition } = this.awsContext;
        const autoScaling = pulumi.interpolate`arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
        const who = {
            StringEquals: { "kms:CallerAccount": accountId },
            ArnEquals: { "aws:PrincipalArn": autoScaling },
        };
        const statement = { Effect: "Allow" as const, Principal: "*" as const, Resource: "*" };
        return [
            {
                ...statement,
                Sid: "LetAutoScalingEncrypt",
                Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                Condition: who,
            },
            {
                ...statement,
                Sid: "LetAutoScalingAttachVolumes",
                Action: "kms:CreateGrant",
                Condition: { ...who, Bool: { "kms:GrantIsForAWSResource": "true" } },
            },
        ];
    }

    /** What a node needs to join and to pull images. Pods, the CNI's included, have their own roles. */
    private createRole(): { role: aws.iam.Role; policies: pulumi.Resource[] } {
        const role = new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role, "node"),
                description: "The nodes of a cluster",
                assumeRolePolicy: policyDocument({
                    Sid: "TrustEc2",
                    Effect: "Allow",
                    Principal: { Service: "ec2.amazonaws.com" },
                    Action: "sts:AssumeRole",
                }),
                tags: this.tags("node"),
            },
            this.child,
        );
        const policies = [...nodePolicies, ...(this.args.spec.sessionManager ? [sessionPolicy] : [])].map(
            (policy) =>
                new aws.iam.RolePolicyAttachment(
                    this.childName(policy),
                    { role: role.name, policyArn: managedPolicyArn(this.awsContext, policy) },
                    this.child,
                ),
        );
        return { role, policies };
    }

    private createLaunchTemplate(): aws.ec2.LaunchTemplate {
        const args: aws.ec2.LaunchTemplateArgs = {
            name: this.physicalName(nameLimits.launchTemplate, "node"),
            description: "Nodes of a cluster",
            updateDefaultVersion: true,
            vpcSecurityGroupIds: [this.args.securityGroupId],
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                // One hop ends at the node, so that no pod can use the node's role: pods have their own.
                httpPutResponseHopLimit: 1,
            },
            blockDeviceMappings: [
                {
                    // The root device of Amazon Linux 2023.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: this.args.spec.nodeVolumeGiB,
                        encrypted: "true",
                        kmsKeyId: this.volumeKeyArn,
                        deleteOnTermination: "true",
                    },
                },
            ],
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: this.tags("node"),
            })),
            tags: this.tags("node"),
        };
        return new aws.ec2.LaunchTemplate(
            this.childName("launch-template"),
            transformed(this.args.transform?.launchTemplate, args),
            this.child,
        );
    }

    private createGroup(
        { zone, minSize, maxSize }: NodeGroupPlan,
        role: aws.iam.Role,
        template: aws.ec2.LaunchTemplate,
        policies: pulumi.Resource[],
    ): aws.eks.NodeGroup {
        const { spec, plan, clusterName, subnetIds, after } = this.args;
        const args: aws.eks.NodeGroupArgs = {
            // No name, so the provider generates one: a new group then exists next to the one that it replaces until the pods have moved.
            clusterName,
            version: spec.version,
            nodeRoleArn: role.arn,
            subnetIds: subnetIds.slice(zone, zone + 1),
            amiType: plan.amiType,
            capacityType: plan.capacityType,
            instanceTypes: spec.instanceTypes,
            launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
            scalingConfig: { minSize, maxSize, desiredSize: minSize },
            updateConfig: { maxUnavailable: 1 },
            nodeRepairConfig: { enabled: true },
            tags: this.tags(`zone-${zone}`),
        };
        return new aws.eks.NodeGroup(
            this.childName(`zone-${zone}`),
            transformed(this.args.transform?.nodeGroup, args),
            // The autoscaler decides the number of nodes.
            { ...this.child, dependsOn: [...after, ...policies], ignoreChanges: ["scalingConfig.desiredSize"] },
        );
    }
}
