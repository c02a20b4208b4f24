import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import type { ClusterAccess, ClusterAccessPolicy } from "./spec";

export interface AccessEntriesArgs extends ComponentArgs {
    clusterName: pulumi.Input<string>;
    access: Record<string, ClusterAccess>;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policies: Record<ClusterAccessPolicy, string> = {
    "cluster-admin": "AmazonEKSClusterAdminPolicy",
    admin: "AmazonEKSAdminPolicy",
    edit: "AmazonEKSEditPolicy",
    view: "AmazonEKSViewPolicy",
};

/** Who may use the cluster: EKS access entries, not a ConfigMap in the cluster, where a mistake can lock everyone out. */
export class AccessEntries extends Component {
    constructor(name: string, args: AccessEntriesArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:AccessEntries", name, args, options);
        const { partition } = this.awsContext;
        const { clusterName } = args;
        for (const [who, { principalArn, policy, namespaces = [], groups = [] }] of Object.entries(args.access)) {
            const entry = new aws.eks.AccessEntry(
                this.childName(who),
                // Without groups an empty list: AWS keeps the groups that an entry has where none are named.
                { clusterName, principalArn, type: "STANDARD", kubernetesGroups: groups, tags: this.tags(who) },
                this.child,
            );
            new aws.eks.AccessPolicyAssociation(
                this.childName(`${who}-policy`),
                {
                    clusterName,
                    principalArn: entry.principalArn,
                    policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/${policies[policy]}`,
                    accessScope: namespaces.length > 0 ? { type: "namespace", namespaces } : { type: "cluster" },
                },
                this.child,
            );
        }
        this.registerOutputs({});
    }
}
