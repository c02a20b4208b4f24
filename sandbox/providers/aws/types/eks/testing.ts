import type { Properties } from "../../../../rpc/values";
import { TestAccount } from "../../testing";

export const types = {
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    group: "aws:ec2/securityGroup:SecurityGroup",
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    key: "aws:kms/key:Key",
    role: "aws:iam/role:Role",
    cluster: "aws:eks/cluster:Cluster",
    addon: "aws:eks/addon:Addon",
    nodes: "aws:eks/nodeGroup:NodeGroup",
    entry: "aws:eks/accessEntry:AccessEntry",
    access: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    pods: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
};
export type Kind = keyof typeof types;

export const ROLE = "arn:aws:iam::123456789012:role/nodes";
export const ADMIN = "arn:aws:iam::123456789012:role/admin";

export const aCluster = (vpcConfig: Properties = {}, more: Properties = {}): Properties => ({
    ...{ name: "k", roleArn: ROLE, vpcConfig: { subnetIds: ["subnet-1", "subnet-2"], ...vpcConfig } },
    ...more,
});

export const nodes = (more: Properties): Properties => ({
    ...{ clusterName: "k", nodeGroupName: "ng", nodeRoleArn: ROLE, subnetIds: ["subnet-1"] },
    ...{ scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 } },
    ...more,
});

/** An account with what a cluster needs: a VPC with subnets in two zones, and a role. */
export class EksAccount extends TestAccount<Kind> {
    readonly vpcId: string;
    readonly subnetIds: string[];

    constructor(private readonly region = "eu-west-1") {
        super(types, region);
        this.vpcId = this.make("vpc", { cidrBlock: "10.0.0.0/16" });
        this.subnetIds = [this.subnet(1, "a"), this.subnet(2, "b")];
        this.make("role", { name: "nodes", assumeRolePolicy: "{}" });
    }

    subnet(index: number, zone: string): string {
        const { vpcId } = this;
        return this.make("subnet", { vpcId, cidrBlock: `10.0.${index}.0/24`, availabilityZone: this.region + zone });
    }

    cluster(more: Properties = {}, vpcConfig: Properties = {}): Properties {
        return aCluster(
            { subnetIds: this.subnetIds, ...vpcConfig },
            { version: "1.34", accessConfig: { authenticationMode: "API" }, ...more },
        );
    }

    nodes(more: Properties = {}): Properties {
        return nodes({ subnetIds: this.subnetIds, version: "1.34", ...more });
    }
}
