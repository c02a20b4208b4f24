import { facts } from "./data";
import { partitionOf, reverseDnsPrefix } from "./partition";

/** The services that have interface endpoints, as AWS names them after the region: `ecr.api`. */
function endpointServices(): string[] {
    return Object.values(facts("endpoints").services).flatMap((names) => names.split(" "));
}

/**
 * What AWS calls the endpoint service of a service in a region: `com.amazonaws.eu-west-1.ecr.api`. Elsewhere than in its first
 * partition, some begin with the partition's own prefix, as `cn.com.amazonaws.cn-north-1.ecr.api`.
 */
export function endpointServiceName(service: string, region: string): string {
    const { otherwise, ownPrefix } = facts("endpoints");
    const other = otherwise[service];
    if (other) return other.replace("*", region);
    const hasOwn = ownPrefix[region]?.split(" ").includes(service);
    return `${hasOwn ? reverseDnsPrefix(partitionOf(region)) : "com.amazonaws"}.${region}.${service}`;
}

/** The services that have gateway endpoints: these have the same prefix in every partition. */
const gateways = ["s3", "dynamodb", "s3express"] as const;

export function gatewayServiceName(service: (typeof gateways)[number], region: string): string {
    return `com.amazonaws.${region}.${service}`;
}

/** All of AWS's endpoint services in a region, as far as is known: AWS publishes no list by region. */
export function endpointServiceNames(region: string): string[] {
    const interfaces = endpointServices().map((service) => endpointServiceName(service, region));
    return [...new Set([...interfaces, ...gateways.map((service) => gatewayServiceName(service, region))])];
}
