import { zoneIdOf, zonesOf } from "@plinth/facts";
import { type Inputs, malformed, type ResourceType, sameInputs } from "../../resource-type";
import { zoneOffered } from "../offered";
import { blockOf, contains, overlap } from "./cidr";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EIP = "aws:ec2/eip:Eip";
const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

export const ec2: Record<string, ResourceType> = {
    [VPC]: {
        id: ({ hex }) => `vpc-0${hex(16)}`,
        outputs: ({ id, hex, inputs, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:vpc/${id}`,
            ownerId: accountId,
            defaultNetworkAclId: `acl-0${hex(16)}`,
            defaultRouteTableId: `rtb-0${hex(16)}`,
            mainRouteTableId: `rtb-0${hex(16)}`,
            defaultSecurityGroupId: `sg-0${hex(16)}`,
            dhcpOptionsId: `dopt-0${hex(16)}`,
            ipv6AssociationId: "",
            enableDnsSupport: !inputs.has("enableDnsSupport") || inputs.flag("enableDnsSupport"),
            enableDnsHostnames: inputs.flag("enableDnsHostnames"),
            instanceTenancy: inputs.text("instanceTenancy") || "default",
        }),
        rejects: [
            malformed("cidrBlock", /\/(1[6-9]|2[0-8])$/, "a VPC's block is between /16 and /28", "InvalidVpc.Range"),
        ],
        notFound: "InvalidVpcID.NotFound",
    },
    [SUBNET]: {
        id: ({ hex }) => `subnet-0${hex(16)}`,
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:subnet/${id}`,
            ownerId: accountId,
            ipv6CidrBlockAssociationId: "",
            ...zoneOf(inputs, region),
        }),
        refersTo: { vpcId: VPC },
        rejects: [
            malformed(
                "cidrBlock",
                /\/(1[6-9]|2[0-8])$/,
                "a subnet's block is between /16 and /28",
                "InvalidSubnet.Range",
            ),
        ],
        offered: [zoneOffered("availabilityZone")],
        conflicts: [
            {
                code: "InvalidSubnet.Range",
                at: "cidrBlock",
                when: ({ inputs, find }) => {
                    const vpc = find(VPC, inputs.text("vpcId"));
                    return (
                        vpc !== undefined && !contains(blockOf(vpc.inputs.cidrBlock), blockOf(inputs.text("cidrBlock")))
                    );
                },
                say: ({ inputs }) => `The CIDR '${inputs.text("cidrBlock")}' is invalid: it is outside its VPC.`,
            },
            {
                code: "InvalidSubnet.Conflict",
                at: "cidrBlock",
                when: ({ inputs, all }) =>
                    all(SUBNET).some(
                        (other) =>
                            other.inputs.vpcId === inputs.text("vpcId") &&
                            overlap(blockOf(other.inputs.cidrBlock), blockOf(inputs.text("cidrBlock"))),
                    ),
                say: ({ inputs }) => `The CIDR '${inputs.text("cidrBlock")}' conflicts with another subnet`,
            },
        ],
        notFound: "InvalidSubnetID.NotFound",
    },
    [INTERNET_GATEWAY]: {
        id: ({ hex }) => `igw-0${hex(16)}`,
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:internet-gateway/${id}`,
            ownerId: accountId,
        }),
        refersTo: { vpcId: VPC },
        unique: [
            {
                code: "Resource.AlreadyAssociated",
                at: "vpcId",
                key: ({ inputs }) => inputs.text("vpcId") || undefined,
                say: (inputs) => `resource ${inputs.text("vpcId")} is already attached to an internet gateway`,
            },
        ],
        notFound: "InvalidInternetGatewayID.NotFound",
    },
    [EIP]: {
        id: ({ hex }) => `eipalloc-0${hex(16)}`,
        outputs: ({ id, hex, region, accountId, partition, dnsSuffix }) => {
            const publicIp = `198.51.100.${1 + (Number.parseInt(hex(2), 16) % 254)}`; // TEST-NET-2, reserved for documentation
            const dns = publicIp.replaceAll(".", "-");
            return {
                arn: `arn:${partition}:ec2:${region}:${accountId}:elastic-ip/${id}`,
                allocationId: id,
                associationId: "",
                carrierIp: "",
                customerOwnedIp: "",
                privateDns: "",
                privateIp: "",
                ptrRecord: "",
                publicDns: `ec2-${dns}.${region}.compute.${dnsSuffix}`,
                publicIp,
            };
        },
        notFound: "InvalidAllocationID.NotFound",
        inUse: "InvalidIPAddress.InUse",
    },
    [NAT_GATEWAY]: {
        id: ({ hex }) => `nat-0${hex(16)}`,
        outputs: ({ hex, inputs, find }) => ({
            associationId: `eipassoc-0${hex(16)}`,
            networkInterfaceId: `eni-0${hex(16)}`,
            publicIp: find(EIP, inputs.text("allocationId"))?.outputs.publicIp ?? "",
            privateIp: "",
            autoProvisionZones: "disabled",
            autoScalingIps: "disabled",
            regionalNatGatewayAddresses: [],
            regionalNatGatewayAutoMode: "",
            routeTableId: "",
        }),
        refersTo: { subnetId: SUBNET, vpcId: VPC, allocationId: EIP },
        rejects: [
            {
                code: "MissingParameter",
                when: (inputs) => !inputs.has(inputs.text("availabilityMode") === "regional" ? "vpcId" : "subnetId"),
                say: () => "a zonal NAT gateway needs a subnetId, and a regional one a vpcId",
            },
        ],
        unique: [
            {
                code: "Resource.AlreadyAssociated",
                at: "allocationId",
                key: ({ inputs }) => inputs.text("allocationId") || undefined,
                say: (inputs) => `Elastic IP address [${inputs.text("allocationId")}] is already associated`,
            },
        ],
        notFound: "NatGatewayNotFound",
    },
    [ROUTE_TABLE]: {
        id: ({ hex }) => `rtb-0${hex(16)}`,
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:route-table/${id}`,
            ownerId: accountId,
        }),
        refersTo: { vpcId: VPC },
        notFound: "InvalidRouteTableID.NotFound",
    },
    [ROUTE]: {
        id: ({ hex }) => `r-rtb-0${hex(16)}`,
        outputs: () => ({ instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: "active" }),
        refersTo: { routeTableId: ROUTE_TABLE, gatewayId: INTERNET_GATEWAY, natGatewayId: NAT_GATEWAY },
        unique: [
            {
                code: "RouteAlreadyExists",
                at: "destinationCidrBlock",
                key: sameInputs("routeTableId", ...DESTINATIONS),
                say: (inputs) =>
                    `The route identified by ${DESTINATIONS.map((name) => inputs.text(name)).join("")} already exists.`,
            },
        ],
    },
    [ASSOCIATION]: {
        id: ({ hex }) => `rtbassoc-0${hex(16)}`,
        refersTo: { subnetId: SUBNET, routeTableId: ROUTE_TABLE },
        unique: [
            {
                code: "Resource.AlreadyAssociated",
                at: "subnetId",
                key: ({ inputs }) => inputs.text("subnetId") || undefined,
                say: (inputs) => `the subnet ${inputs.text("subnetId")} already has a route table association`,
            },
        ],
    },
};

/** The zone of a subnet, which is given by its name or by its id; else AWS chooses one. */
function zoneOf(inputs: Inputs, region: string) {
    const id = inputs.text("availabilityZoneId");
    const byId = zonesOf(region)?.find((zone) => zoneIdOf(zone) === id);
    const availabilityZone = inputs.text("availabilityZone") || byId || `${region}a`;
    return { availabilityZone, availabilityZoneId: id || zoneIdOf(availabilityZone) };
}
