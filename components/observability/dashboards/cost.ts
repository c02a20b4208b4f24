import type { Metric } from "../metric";
import type { Watched } from "../plan";
import { plainGraph } from "./graphs";
import type { Line, Widget } from "./widget";

const hour = { periodSeconds: 3600 };

/**
 * AWS publishes the bill of the account every six hours or so, where somebody has turned on billing alerts, and in this region alone.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
 */
const billing = { region: "us-east-1", periodSeconds: 21_600 };

const bill: Metric = {
    ...{ namespace: "AWS/Billing", name: "EstimatedCharges", statistic: "Maximum" },
    dimensions: { Currency: "USD" },
};

/** The dashboard of what is charged by use: the account's bill, and the amounts that the stack's part of it grows with. */
export function costWidgets(watched: Watched): Widget[] {
    const used = [
        ...plainGraph("Bytes through NAT gateways", "an hour", gatewayLines(watched), hour),
        ...plainGraph("Bytes through interface endpoints", "an hour", endpointLines(watched), hour),
        ...plainGraph("Capacity units of the load balancer", "an hour", balancerLines(watched), hour),
        ...plainGraph("Bytes of logs", "an hour", logLines(watched), hour),
        ...plainGraph("Storage of Aurora", "bytes", auroraLines(watched), hour),
        ...plainGraph("Capacity of Aurora Serverless", "ACU", capacityLines(watched), hour),
        ...plainGraph("Messages sent", "an hour", queueLines(watched), hour),
    ];
    if (used.length === 0) return [];
    return [
        ...plainGraph("The account's bill of this month", "US dollars", [{ metric: bill, label: "bill" }], billing),
        ...used,
    ];
}

function gatewayLines({ network }: Watched): Line[] {
    return (network?.natGatewayIds ?? []).flatMap((id, index) =>
        Object.entries({ BytesOutToDestination: "out", BytesInFromDestination: "in" }).map(([name, label]) => ({
            metric: { ...{ namespace: "AWS/NATGateway", name, statistic: "Sum" }, dimensions: { NatGatewayId: id } },
            label: `nat-${index + 1} ${label}`,
        })),
    );
}

function endpointLines({ network }: Watched): Line[] {
    return Object.entries(network?.interfaceEndpoints ?? {}).map(([service, { id, serviceName }]) => ({
        metric: {
            ...{ namespace: "AWS/PrivateLinkEndpoints", name: "BytesProcessed", statistic: "Sum" },
            dimensions: {
                "VPC Id": network?.vpcId ?? "",
                "VPC Endpoint Id": id,
                "Endpoint Type": "Interface",
                "Service Name": serviceName,
            },
        },
        label: service,
    }));
}

function balancerLines({ loadBalancer }: Watched): Line[] {
    if (!loadBalancer) return [];
    return [
        {
            metric: {
                ...{ namespace: "AWS/ApplicationELB", name: "ConsumedLCUs", statistic: "Average" },
                dimensions: { LoadBalancer: loadBalancer.arnSuffix },
            },
            label: loadBalancer.name,
        },
    ];
}

function logLines({ logs, network }: Watched): Line[] {
    const groups = { ...logs?.groupNames, "flow log": network?.flowLogGroupName };
    return Object.entries(groups).flatMap(([label, group]) =>
        group === undefined
            ? []
            : [
                  {
                      metric: {
                          ...{ namespace: "AWS/Logs", name: "IncomingBytes", statistic: "Sum" },
                          dimensions: { LogGroupName: group },
                      },
                      label,
                  },
              ],
    );
}

function auroraLines({ databases = [] }: Watched): Line[] {
    return databases.flatMap(({ name, clusterIdentifier }) =>
        clusterIdentifier === undefined
            ? []
            : [
                  {
                      metric: {
                          ...{ namespace: "AWS/RDS", name: "VolumeBytesUsed", statistic: "Average" },
                          dimensions: { DBClusterIdentifier: clusterIdentifier },
                      },
                      label: name,
                  },
              ],
    );
}

function capacityLines({ databases = [] }: Watched): Line[] {
    return databases
        .filter(({ spec }) => spec.serverlessCapacity !== undefined)
        .flatMap(({ name, servers }) =>
            servers.map(({ part, identifier }) => ({
                metric: {
                    ...{ namespace: "AWS/RDS", name: "ServerlessDatabaseCapacity", statistic: "Average" },
                    dimensions: { DBInstanceIdentifier: identifier },
                },
                label: `${name}-${part}`,
            })),
        );
}

function queueLines({ queues = [] }: Watched): Line[] {
    return queues.map(({ name, queueName }) => ({
        metric: {
            ...{ namespace: "AWS/SQS", name: "NumberOfMessagesSent", statistic: "Sum" },
            dimensions: { QueueName: queueName },
        },
        label: name,
    }));
}
