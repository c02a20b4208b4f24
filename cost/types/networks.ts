import { isRecord } from "../plan/resource";
import { type Charge, HOURS, hourly, type PricedType, type PricingContext, used } from "../priced-type";

const natGateway: PricedType = {
    reads: [],
    charges: (_, { usage }) => [
        hourly("nat-gateway/hour", "NAT gateway"),
        used("natGatewayGb", usage.natGatewayGb, "nat-gateway/gb", "data through it"),
    ],
};

const address: PricedType = { reads: [], charges: () => [hourly("public-ipv4/hour", "public IPv4 address")] };

/** An interface endpoint is charged in each subnet, a gateway endpoint is free. */
const endpoint: PricedType = {
    reads: ["vpcEndpointType", "subnetIds"],
    charges: (own, { usage }) => {
        if (own.text("vpcEndpointType") !== "Interface") return [];
        const zones = own.list("subnetIds").length;
        return [
            hourly("interface-endpoint/hour", `interface endpoint in ${zones} zones`, zones),
            used("interfaceEndpointGb", usage.interfaceEndpointGb, "interface-endpoint/gb", "data through it"),
        ];
    },
};

/** An Ingress of the AWS Load Balancer Controller is an Application Load Balancer. */
const ingress: PricedType = {
    reads: ["spec"],
    charges: (own, context) =>
        own.group("spec").ingressClassName === "alb" ? loadBalancer("alb", "Application", context) : [],
};

/** A Service for the internet is a Network Load Balancer. */
const service: PricedType = {
    reads: ["spec"],
    charges: (own, context) =>
        own.group("spec").type === "LoadBalancer" ? loadBalancer("nlb", "Network", context) : [],
};

const resourceOfAws: PricedType = {
    reads: ["loadBalancerType"],
    charges: (own, context) =>
        own.text("loadBalancerType") === "network"
            ? loadBalancer("nlb", "Network", context)
            : loadBalancer("alb", "Application", context),
};

function loadBalancer(kind: "alb" | "nlb", name: string, { usage }: PricingContext): Charge[] {
    const { loadBalancerCapacityUnits: units, internetGb } = usage;
    return [
        hourly(`${kind}/hour`, `${name} Load Balancer`),
        used("loadBalancerCapacityUnits", HOURS * units, `${kind}/lcu`, "capacity units"),
        used("internetGb", internetGb, "data-transfer-out/gb", "data to the internet"),
    ];
}

const webAcl: PricedType = {
    reads: ["rules"],
    charges: (own, { usage }) => [
        { price: "waf/web-acl", quantity: 1, what: "web ACL" },
        { price: "waf/rule", quantity: own.list("rules").filter(isRecord).length, what: "rules of it" },
        used("webAclMillions", usage.webAclMillions, "waf/requests", "requests that it looks at"),
    ],
};

const zone: PricedType = {
    reads: [],
    charges: () => [{ price: "route53/zone", quantity: 1, what: "hosted zone" }],
};

export const networks: Readonly<Record<string, PricedType>> = {
    "aws:ec2/natGateway:NatGateway": natGateway,
    "aws:ec2/eip:Eip": address,
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
    "aws:lb/loadBalancer:LoadBalancer": resourceOfAws,
    "kubernetes:networking.k8s.io/v1:Ingress": ingress,
    "kubernetes:core/v1:Service": service,
    "aws:wafv2/webAcl:WebAcl": webAcl,
    "aws:route53/zone:Zone": zone,
};
