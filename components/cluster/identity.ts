import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../aws-context";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import type { ServiceAccountRef } from "./access";

export interface PodIdentityArgs extends ComponentArgs, ServiceAccountRef {
    /** Its part of names: `backend`. */
    part: string;
    /** The cluster's name, from the cluster itself, so that it is there first. */
    clusterName: pulumi.Input<string>;
    /** The cluster's ARN as it will be, known before the cluster is. */
    clusterArn: pulumi.Input<string>;
    /** The policy of AWS's own that the role gets, by its name and the path before that. */
    managedPolicy?: string;
}

/**
 * A role for the pods of one service account, through EKS Pod Identity. EKS tags each session with the cluster, the namespace
 * and the service account that it is for, and the role's trust policy takes no others.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodIdentity extends Component {
    public readonly role: aws.iam.Role;

    constructor(name: string, args: PodIdentityArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:PodIdentity", name, args, options);
        const { clusterName, clusterArn, namespace, serviceAccount } = args;
        this.role = new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role, args.part),
                description: `The pods of the service account ${serviceAccount}`,
                assumeRolePolicy: policyDocument({
                    Sid: "TrustPodsOfServiceAccount",
                    Effect: "Allow",
                    Principal: { Service: "pods.eks.amazonaws.com" },
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                    Condition: {
                        StringEquals: {
                            "aws:RequestTag/eks-cluster-arn": clusterArn,
                            "aws:RequestTag/kubernetes-namespace": namespace,
                            "aws:RequestTag/kubernetes-service-account": serviceAccount,
                        },
                    },
                }),
                tags: this.tags(args.part),
            },
            this.child,
        );
        if (args.managedPolicy !== undefined) {
            const policyArn = managedPolicyArn(this.awsContext, args.managedPolicy);
            new aws.iam.RolePolicyAttachment(this.childName("policy"), { role: this.role.name, policyArn }, this.child);
        }
        new aws.eks.PodIdentityAssociation(
            this.childName("association"),
            { clusterName, namespace, serviceAccount, roleArn: this.role.arn, tags: this.tags(args.part) },
            this.child,
        );
        this.registerOutputs({ roleArn: this.role.arn });
    }
}
