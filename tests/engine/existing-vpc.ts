/** A VPC that stands before the platform, and a group in it whose members are to use the platform's data stores. */
export const VPC = "vpc-0123456789abcdef0";
export const CLIENT = "sg-0123456789abcdef0";

const zones = ["eu-west-1a", "eu-west-1b"];
const subnets = (kind: string) => ["a", "b"].map((zone) => `subnet-0123456789abcd${kind}${zone}0`);
export const nodeSubnets = subnets("0");
export const storeSubnets = subnets("1");

/** The setting `plinth:network.existing` that names it. */
export const existing = {
    vpcId: VPC,
    cidr: "10.8.0.0/16",
    zones,
    privateSubnetIds: nodeSubnets,
    isolatedSubnetIds: storeSubnets,
};

/** What is in the account before the platform. */
const preexisting = [
    { type: "aws:ec2/vpc:Vpc", id: VPC, inputs: { cidrBlock: existing.cidr } },
    { type: "aws:ec2/securityGroup:SecurityGroup", id: CLIENT, inputs: { vpcId: VPC, name: "app" } },
    ...[...nodeSubnets, ...storeSubnets].map((id, index) => ({
        type: "aws:ec2/subnet:Subnet",
        id,
        inputs: { vpcId: VPC, cidrBlock: `10.8.${index}.0/24`, availabilityZone: zones[index % 2] },
    })),
];

/** The text of `Sandbox.<stack>.yaml` that puts it there. */
export const givenVpc = JSON.stringify({ preexisting });
/** How much it is. */
export const givenCount = preexisting.length;

const storeIds = { privateSubnetIds: storeSubnets };

/** The pack's configuration that declares the subnets as trusted, whose routes it can't see. */
export const trustedSubnets = JSON.stringify({
    "database-in-isolated-subnets": storeIds,
    "cache-in-isolated-subnets": storeIds,
    "cluster-in-private-subnets": { privateSubnetIds: nodeSubnets },
});
