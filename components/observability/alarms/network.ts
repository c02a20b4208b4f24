import type * as pulumi from "@pulumi/pulumi";
import { type AlarmPlan, perMinute } from "../alarm";
import type { ObservabilitySpec } from "../spec";

/** A network to watch. */
export interface WatchedNetwork {
    /** Its name in alarms: `network`. */
    name: string;
    vpcId: pulumi.Input<string>;
    natGatewayIds: pulumi.Input<string>[];
    /** The log group of its flow log; undefined where it has none. */
    flowLogGroupName?: pulumi.Input<string>;
    /** The interface endpoints, by service: `ecr.api`. */
    interfaceEndpoints: Record<string, WatchedEndpoint>;
}

export interface WatchedEndpoint {
    id: pulumi.Input<string>;
    /** The service's full name: `com.amazonaws.eu-west-1.ecr.api`. */
    serviceName: pulumi.Input<string>;
    /** The subnets that it has a network interface in. */
    subnetIds: pulumi.Input<string>[];
}

type Thresholds = ObservabilitySpec["network"];

/** The alarms of a network: of each NAT gateway, and of each interface endpoint, on the worst of its subnets. */
export function networkAlarms(network: WatchedNetwork, { droppedPacketsPerMinute }: Thresholds): AlarmPlan[] {
    const dropped: Omit<AlarmPlan, "kind" | "subject" | "metrics"> = {
        comparison: "above",
        threshold: droppedPacketsPerMinute,
        limit: `${droppedPacketsPerMinute} packets a minute`,
        ...perMinute(5),
        missingData: "missing",
    };
    const gateways = network.natGatewayIds.flatMap((id, index): AlarmPlan[] => {
        const subject = `${network.name}-nat-${index + 1}`;
        const metric = (name: string) => ({ name, namespace: "AWS/NATGateway", statistic: "Sum" as const });
        const dimensions = { NatGatewayId: id };
        return [
            {
                ...{
                    kind: "nat-port-allocation-errors",
                    subject,
                    comparison: "above",
                    threshold: 0,
                    limit: "0 errors",
                },
                metrics: [{ ...metric("ErrorPortAllocation"), dimensions }],
                ...{ ...perMinute(15), missingData: "missing" },
            },
            {
                ...dropped,
                kind: "nat-packets-dropped",
                subject,
                metrics: [{ ...metric("PacketsDropCount"), dimensions }],
            },
        ];
    });
    const endpoints = Object.entries(network.interfaceEndpoints).map(
        ([service, { id, serviceName, subnetIds }]): AlarmPlan => ({
            ...{
                ...dropped,
                kind: "endpoint-packets-dropped",
                subject: `${network.name}-${service.replaceAll(".", "-")}`,
            },
            metrics: subnetIds.map((subnetId) => ({
                ...{ namespace: "AWS/PrivateLinkEndpoints", name: "PacketsDropped", statistic: "Sum" },
                dimensions: {
                    "VPC Id": network.vpcId,
                    "VPC Endpoint Id": id,
                    "Endpoint Type": "Interface",
                    "Subnet Id": subnetId,
                    "Service Name": serviceName,
                },
            })),
        }),
    );
    return [...gateways, ...endpoints];
}
