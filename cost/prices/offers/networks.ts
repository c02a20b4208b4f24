import { gigabyte, hour, millionRequests, type PriceRule } from "./rule";

/** The Network and the Application Load Balancer have the same usage types. */
const loadBalancers = Object.entries({ alb: "Load Balancer-Application", nlb: "Load Balancer-Network" }).flatMap(
    ([kind, family]): PriceRule[] => {
        const common = { offer: "AWSELB", where: { "Product Family": [family] } } as const;
        return [
            { ...common, key: `${kind}/hour`, usage: ["LoadBalancerUsage"], ...hour },
            { ...common, key: `${kind}/lcu`, usage: ["LCUUsage"], unit: "LCU-hour", listedBy: ["LCU-Hrs"] },
        ];
    },
);

export const networks: readonly PriceRule[] = [
    { offer: "AmazonEC2", key: "nat-gateway/hour", usage: ["NatGateway-Hours"], ...hour },
    { offer: "AmazonEC2", key: "nat-gateway/gb", usage: ["NatGateway-Bytes"], ...gigabyte },
    { offer: "AmazonVPC", key: "public-ipv4/hour", usage: ["PublicIPv4:InUseAddress"], ...hour },
    { offer: "AmazonVPC", key: "interface-endpoint/hour", usage: ["VpcEndpoint-Hours"], ...hour },
    { offer: "AmazonVPC", key: "interface-endpoint/gb", usage: ["VpcEndpoint-Bytes"], ...gigabyte },
    ...loadBalancers,
    {
        ...{ offer: "AWSDataTransfer", key: "data-transfer-out/gb", usage: ["DataTransfer-Out-Bytes"], ...gigabyte },
        where: { "Transfer Type": ["AWS Outbound"] },
    },
    { offer: "AmazonRoute53", key: "route53/zone", usage: ["HostedZone"], unit: "month", listedBy: ["HostedZone"] },
    { offer: "awswaf", key: "waf/web-acl", usage: ["WebACLV2"], unit: "month", listedBy: ["Month", "Months"] },
    { offer: "awswaf", key: "waf/rule", usage: ["RuleV2"], unit: "month", listedBy: ["Month", "Months", "Rule"] },
    // Bills have both, up to the 1,500 capacity units that a web ACL includes.
    { offer: "awswaf", key: "waf/requests", usage: ["RequestV2-Tier1", "RequestV2-Tier0"], ...millionRequests },
];
