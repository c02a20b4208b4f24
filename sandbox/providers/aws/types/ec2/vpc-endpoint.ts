import { type Creation, type Inputs, notJson, type Rejection, type ResourceType } from "../../resource-type";
import { endpointServiceOffered } from "../offered";
import { ROUTE_TABLE, SUBNET, VPC } from "./network";
import { SECURITY_GROUP } from "./security-group";

const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

const isGateway = (inputs: Inputs) => (inputs.text("vpcEndpointType") || "Gateway") === "Gateway";

/** Rejects an input that only the other kind of endpoint has. */
function onlyFor(kind: "Gateway" | "Interface", at: string): Rejection<Inputs> {
    return {
        code: "InvalidParameter",
        at,
        when: (inputs) => inputs.has(at) && isGateway(inputs) !== (kind === "Gateway"),
        say: () => `${at} is for ${kind} endpoints only`,
    };
}

export const vpcEndpoints: Record<string, ResourceType> = {
    [VPC_ENDPOINT]: {
        id: ({ hex }) => `vpce-0${hex(16)}`,
        outputs: ({ id, hex, region, accountId, inputs, partition, dnsSuffix }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-endpoint/${id}`,
            ownerId: accountId,
            requesterManaged: false,
            state: "available",
            ipAddressType: isGateway(inputs) ? "" : "ipv4",
            serviceRegion: region,
            policy: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
            privateDnsEnabled: false,
            routeTableIds: [],
            securityGroupIds: [],
            subnetIds: [],
            prefixListId: isGateway(inputs) ? `pl-${hex(8)}` : "",
            cidrBlocks: isGateway(inputs) ? ["192.0.2.0/24"] : [], // TEST-NET-1, reserved for documentation
            networkInterfaceIds: inputs.texts("subnetIds").map(() => `eni-0${hex(16)}`),
            dnsEntries: isGateway(inputs)
                ? []
                : [{ dnsName: `${id}.${inputs.text("serviceName")}.vpce.${dnsSuffix}`, hostedZoneId: "ZSANDBOX" }],
        }),
        refersTo: {
            vpcId: VPC,
            subnetIds: SUBNET,
            securityGroupIds: SECURITY_GROUP,
            // A route table can be deleted, together with the gateway's route in it.
            routeTableIds: { type: ROUTE_TABLE, weak: true },
        },
        rejects: [
            onlyFor("Gateway", "routeTableIds"),
            onlyFor("Interface", "subnetIds"),
            onlyFor("Interface", "securityGroupIds"),
            onlyFor("Interface", "privateDnsEnabled"),
            notJson("policy", "The policy is not valid JSON", "InvalidPolicyDocument"),
        ],
        offered: [endpointServiceOffered],
        conflicts: [
            {
                code: "InvalidParameter",
                at: "privateDnsEnabled",
                when: ({ inputs, find }) => {
                    const vpc = find(VPC, inputs.text("vpcId"))?.outputs;
                    return inputs.flag("privateDnsEnabled") && !(vpc?.enableDnsSupport && vpc.enableDnsHostnames);
                },
                say: () =>
                    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
            },
            {
                code: "InvalidParameter",
                at: "privateDnsEnabled",
                when: (creation) =>
                    creation.inputs.flag("privateDnsEnabled") &&
                    siblings(creation).some((other) => String(other.privateDnsEnabled) === "true"),
                say: ({ inputs }) =>
                    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${inputs.text("serviceName")} in the VPC ${inputs.text("vpcId")}`,
            },
            {
                code: "RouteAlreadyExists",
                at: "routeTableIds",
                when: (creation) =>
                    siblings(creation).some((other) =>
                        creation.inputs.texts("routeTableIds").some((id) => [other.routeTableIds].flat().includes(id)),
                    ),
                say: ({ inputs }) => `a route table already has a route to ${inputs.text("serviceName")}`,
            },
            {
                code: "DuplicateSubnetsInSameZone",
                at: "subnetIds",
                when: ({ inputs, find }) => {
                    const zones = inputs.texts("subnetIds").map((id) => find(SUBNET, id)?.outputs.availabilityZone);
                    return new Set(zones).size < zones.length;
                },
                say: () => "Found another VPC endpoint subnet in the availability zone",
            },
        ],
        notFound: "InvalidVpcEndpointId.NotFound",
    },
};

/** The inputs of the VPC's other endpoints of the same service. */
function siblings({ inputs, all }: Creation) {
    return all(VPC_ENDPOINT)
        .map((other) => other.inputs)
        .filter((other) => ["vpcId", "serviceName"].every((name) => String(other[name] ?? "") === inputs.text(name)));
}
