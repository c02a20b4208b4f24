import { SecurityGroup, SecurityGroupRule, type SecurityGroupRuleArgs } from "@pulumi/aws/ec2";
import type { Cluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

export type Tags = pulumi.Input<Record<string, pulumi.Input<string>>>;

interface Groups {
    parent: pulumi.Resource;
    vpcId: pulumi.Input<string>;
    tags?: Tags;
    /** Tags of this group only. */
    ownTags?: Tags;
}

const EVERYTHING = { fromPort: 0, toPort: 0, protocol: "-1" };
const INTERNET = { ...EVERYTHING, type: "egress", cidrBlocks: ["0.0.0.0/0"], description: "Allow internet access." };

/** The group of the control plane's network interfaces. */
export function clusterSecurityGroup(name: string, { parent, vpcId, tags, ownTags }: Groups): SecurityGroup {
    const group = new SecurityGroup(
        `${name}-eksClusterSecurityGroup`,
        {
            vpcId,
            revokeRulesOnDelete: true,
            tags: merged({ Name: `${name}-eksClusterSecurityGroup` }, ownTags, tags),
        },
        { parent },
    );
    rule(`${name}-eksClusterInternetEgressRule`, parent, { ...INTERNET, securityGroupId: group.id });
    return group;
}

/** The group of nodes, and the rules between it and the control plane's group. */
export function nodeSecurityGroup(
    name: string,
    { parent, vpcId, tags, ownTags }: Groups,
    cluster: Cluster,
    clusterGroupId: pulumi.Input<string>,
): { group: SecurityGroup; clusterIngress: SecurityGroupRule } {
    const owned = cluster.name.apply((clusterName) => ({
        Name: `${name}-nodeSecurityGroup`,
        [`kubernetes.io/cluster/${clusterName}`]: "owned",
    }));
    const group = new SecurityGroup(
        `${name}-nodeSecurityGroup`,
        { vpcId, revokeRulesOnDelete: true, tags: merged(owned, ownTags, tags) },
        { parent },
    );
    const ofNodes = { type: "ingress", securityGroupId: group.id };
    const fromCluster = { ...ofNodes, protocol: "tcp", sourceSecurityGroupId: clusterGroupId };
    rule(`${name}-eksNodeIngressRule`, parent, {
        ...{ ...ofNodes, ...EVERYTHING, self: true },
        description: "Allow nodes to communicate with each other",
    });
    rule(`${name}-eksNodeClusterIngressRule`, parent, {
        ...{ ...fromCluster, fromPort: 1025, toPort: 65535 },
        description: "Allow worker Kubelets and pods to receive communication from the cluster control plane",
    });
    rule(`${name}-eksExtApiServerClusterIngressRule`, parent, {
        ...{ ...fromCluster, fromPort: 443, toPort: 443 },
        description:
            "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
    });
    rule(`${name}-eksNodeInternetEgressRule`, parent, { ...INTERNET, securityGroupId: group.id });
    const clusterIngress = rule(`${name}-eksClusterIngressRule`, parent, {
        ...{ type: "ingress", fromPort: 443, toPort: 443, protocol: "tcp" },
        securityGroupId: clusterGroupId,
        sourceSecurityGroupId: group.id,
        description: "Allow pods to communicate with the cluster API Server",
    });
    return { group, clusterIngress };
}

function rule(name: string, parent: pulumi.Resource, args: SecurityGroupRuleArgs): SecurityGroupRule {
    return new SecurityGroupRule(name, args, { parent });
}

/** Merges tags; later ones override earlier ones. */
export function merged(...tags: (Tags | undefined)[]): pulumi.Output<Record<string, string>> {
    return pulumi
        .all(tags.map((one) => pulumi.output(one ?? {})))
        .apply((all): Record<string, string> => Object.assign({}, ...all));
}
