/** Which way out a subnet has: to the internet both ways, out through NAT only, or none. */
export type SubnetKind = "public" | "private" | "isolated";

/** Every kind of subnet. */
export const subnetKinds: readonly SubnetKind[] = ["public", "private", "isolated"];

/** Where private subnets go out: nowhere, through one NAT gateway for all zones, or through one of their own zone. */
export type NatGateways = "none" | "single" | "per-zone";

/** Which traffic the flow logs record. */
export type FlowLogTraffic = "all" | "accepted" | "rejected" | "none";

/** Every word for it. */
export const flowLogTraffics: readonly FlowLogTraffic[] = ["all", "accepted", "rejected", "none"];

/** Subnets that are added to those of the three kinds, one to a zone. */
export interface AdditionalSubnetsSpec {
    /**
     * Whose routes they have: `private` ones go out as private subnets do, `isolated` ones nowhere.
     * @remarks Updated in place.
     */
    routes: "private" | "isolated";
    /**
     * Which sixteenth of the VPC they are cut from, 10 to 15, each set from one of its own: it stays theirs whatever is
     * added or taken away later. A subnet is an eighth of it: /23 in a VPC of /16.
     * @remarks A change replaces the subnets.
     */
    slot: number;
}

/** A network in plain values. */
export interface NetworkSpec {
    /**
     * The VPC's block, /16 to /21 where subnets are planned, /16 to /28 where all are given.
     * @default 10.0.0.0/16
     * @remarks A change replaces the VPC and all that is in it.
     * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
     */
    cidr: string;
    /**
     * How many availability zones to use, 2 to 8. A further zone adds subnets and moves none.
     * @default the number of `zones`; else by tier: 2 / 2 / 3
     */
    availabilityZones: number;
    /**
     * Names of the zones, in order. Left out, the region's first ones are taken when a subnet is made, and it then
     * stays in its zone whatever the region lists later.
     * @remarks Another zone at the same place replaces that zone's subnets.
     */
    zones?: string[];
    /**
     * NAT gateways. Each costs by the hour; without any, private subnets reach nothing outside the VPC.
     * @default by tier: single / single / per-zone
     * @remarks From single to per-zone only updates routes.
     */
    natGateways: NatGateways;
    /**
     * Exact blocks, one per zone and kind, in place of planned ones. A kind that is left out is planned.
     * @remarks A change replaces the subnet.
     * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
     */
    subnets?: Partial<Record<SubnetKind, string[]>>;
    /**
     * Further subnets, by name, for what is to be apart from nodes and data stores: a partner's appliance, a warehouse.
     * The network ACL of the isolated subnets is not theirs.
     * @default none
     * @remarks Added and deleted set by set; nothing else moves.
     */
    additionalSubnets: Record<string, AdditionalSubnetsSpec>;
    /**
     * Services that private subnets reach through an interface endpoint and not over NAT, as AWS names them after the
     * region: `ecr.api`. Each costs by the hour in each zone. S3 needs none: it always has its gateway, which is free.
     * @default by tier: none / secretsmanager, sts, ecr.api, ecr.dkr, logs / those and sqs, kms, ec2, eks,
     * elasticloadbalancing, autoscaling, monitoring
     * @remarks Endpoints are made and deleted one by one.
     * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
     */
    interfaceEndpoints: string[];
    /**
     * Which traffic is recorded: who talked to whom, on which port, whether it was let through. Costs by the GiB.
     * @default all
     * @remarks A change makes a new flow log, into the same log group.
     */
    flowLogTraffic: FlowLogTraffic;
    /**
     * Days that a record is kept: one of the spans that CloudWatch offers.
     * @default by tier: 30 / 90 / 365
     * @remarks Updated in place; a shorter span deletes what is older.
     * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
     */
    flowLogRetentionDays: number;
    /**
     * Days between asking AWS to delete the flow logs' key and its end, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
