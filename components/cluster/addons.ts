import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import type { AddonName } from "./addon-names";
import { addonVersion } from "./addon-version";
import { containerLogGroupName, observabilityConfiguration } from "./container-logs";
import { PodIdentity } from "./identity";
import type { ClusterNodes } from "./nodes";
import type { ClusterSpec } from "./spec";

export interface AddonsArgs extends ComponentArgs {
    spec: ClusterSpec;
    clusterName: pulumi.Input<string>;
    clusterArn: pulumi.Input<string>;
    /** What must exist first. */
    after: pulumi.Resource[];
}

/** An add-on of EKS, in the version that the cluster is to have. */
function createAddon(
    name: string,
    addonName: AddonName,
    args: AddonsArgs & { configuration?: object; tags: Record<string, string> },
    options: pulumi.CustomResourceOptions,
): aws.eks.Addon {
    return new aws.eks.Addon(
        name,
        {
            clusterName: args.clusterName,
            addonName,
            // Looked up without dependsOn: with it, the version would be unknown whenever one of the dependencies changes.
            addonVersion: addonVersion(addonName, args.spec, { parent: options.parent }),
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
            ...(args.configuration && { configurationValues: JSON.stringify(args.configuration) }),
            tags: args.tags,
        },
        options,
    );
}

/** What must exist before the first node: the Pod Identity agent, which runs on every node, and the CNI's role. */
export class NodeAddons extends Component {
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: Pick<ClusterNodes, "addons">;

    constructor(name: string, args: AddonsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:NodeAddons", name, args, options);
        const network = new PodIdentity(
            this.childName("cni"),
            {
                ...this.shared,
                part: "cni",
                ...{ clusterName: args.clusterName, clusterArn: args.clusterArn },
                ...{ namespace: "kube-system", serviceAccount: "aws-node" },
                managedPolicy: "AmazonEKS_CNI_Policy",
            },
            this.child,
        );
        const agent = createAddon(
            this.childName("pod-identity-agent"),
            "eks-pod-identity-agent",
            { ...args, tags: this.tags("eks-pod-identity-agent") },
            { ...this.child, dependsOn: args.after },
        );
        this.ready = [network, agent];
        this.nodes = { addons: { "eks-pod-identity-agent": agent } };
        this.registerOutputs({});
    }
}

export interface ClusterAddonsArgs extends AddonsArgs {
    /** The key of the volumes that pods claim. */
    volumeKeyArn: pulumi.Input<string>;
}

/** Add-ons that need nodes to run on: DNS, volumes, metrics, and the agent that sends metrics and logs to CloudWatch. */
export class ClusterAddons extends Component {
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: Pick<ClusterNodes, "addons" | "containerLogGroups">;

    private readonly args: ClusterAddonsArgs;

    constructor(name: string, args: ClusterAddonsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:ClusterAddons", name, args, options);
        this.args = args;
        const logs = this.createLogGroups();
        const addons = {
            coredns: this.create("coredns", {}),
            "metrics-server": this.create("metrics-server", {}),
            "aws-ebs-csi-driver": this.create("aws-ebs-csi-driver", {}, [this.identifyVolumes()]),
            "amazon-cloudwatch-observability": this.create(
                "amazon-cloudwatch-observability",
                observabilityConfiguration,
                [logs, this.identifyObservability()],
            ),
        };
        this.ready = Object.values(addons);
        this.nodes = { addons, containerLogGroups: logs.nodes.groups };
        this.registerOutputs({});
    }

    private create(addonName: AddonName, configuration: object, needs: pulumi.Resource[] = []): aws.eks.Addon {
        return createAddon(
            this.childName(addonName),
            addonName,
            {
                ...this.args,
                ...(Object.keys(configuration).length > 0 && { configuration }),
                tags: this.tags(addonName),
            },
            { ...this.child, dependsOn: [...this.args.after, ...needs] },
        );
    }

    /** Lets the driver create and attach volumes that are encrypted with the cluster's own key. */
    private identifyVolumes(): PodIdentity {
        const identity = this.identify(
            "ebs-csi",
            "kube-system",
            "ebs-csi-controller-sa",
            "service-role/AmazonEBSCSIDriverPolicy",
        );
        // https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
        new aws.iam.RolePolicy(
            this.childName("ebs-csi-key"),
            {
                name: this.physicalName(nameLimits.rolePolicy, "ebs-csi-key"),
                role: identity.role.name,
                policy: policyDocument(
                    {
                        Sid: "AttachVolumes",
                        Effect: "Allow",
                        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                        Resource: this.args.volumeKeyArn,
                        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
                    },
                    {
                        Sid: "EncryptVolumes",
                        Effect: "Allow",
                        Action: [
                            "kms:Encrypt",
                            "kms:Decrypt",
                            "kms:ReEncrypt*",
                            "kms:GenerateDataKey*",
                            "kms:DescribeKey",
                        ],
                        Resource: this.args.volumeKeyArn,
                    },
                ),
            },
            this.child,
        );
        return identity;
    }

    /** For the agent and for Fluent Bit, which share a service account. */
    private identifyObservability(): PodIdentity {
        return this.identify("cloudwatch", "amazon-cloudwatch", "cloudwatch-agent", "CloudWatchAgentServerPolicy");
    }

    private identify(part: string, namespace: string, serviceAccount: string, managedPolicy: string): PodIdentity {
        return new PodIdentity(
            this.childName(part),
            {
                ...this.shared,
                ...{ part, namespace, serviceAccount, managedPolicy },
                ...{ clusterName: this.args.clusterName, clusterArn: this.args.clusterArn },
            },
            this.child,
        );
    }

    /** Without these, Fluent Bit and the agent create them, without encryption and without an end of retention. */
    private createLogGroups(): LogGroups {
        const { logRetentionDays: retentionDays, keyDeletionWindowDays } = this.args.spec;
        const cluster = this.physicalName(nameLimits.cluster);
        const kinds = ["application", "dataplane", "host", "performance"];
        return new LogGroups(
            this.childName("container-logs"),
            {
                ...this.shared,
                keyPart: "container-logs",
                purpose: `the container logs of the cluster ${this.displayName()}`,
                names: Object.fromEntries(kinds.map((kind) => [kind, containerLogGroupName(cluster, kind)])),
                ...{ retentionDays, keyDeletionWindowDays },
            },
            this.child,
        );
    }
}
