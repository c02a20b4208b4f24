import type { z } from "zod";
import { byDefault, byName, byTier, enumOf, listOf, matching, settings, text, whole } from "../settings";
import { cidrBlock, keyDeletionWindowDays, logRetentionDays } from "../settings/common";

/** Which way out a subnet has: to the internet both ways, out through NAT only, or none. */
export const subnetKinds = ["public", "private", "isolated"] as const;
export type SubnetKind = (typeof subnetKinds)[number];

const additionalSubnets = settings({
    /**
     * Whose routes they have: `private` ones go out as private subnets do, `isolated` ones nowhere.
     * @remarks Updated in place.
     */
    routes: enumOf(["private", "isolated"], "a kind of routes"),
    /**
     * Which sixteenth of the VPC they are cut from, each set from one of its own: it stays theirs whatever is added or taken
     * away later. A subnet is an eighth of it: /23 in a VPC of /16.
     * @remarks A change replaces the subnets.
     */
    slot: whole(10, 15),
});

/** Subnets that are added to those of the three kinds, one to a zone. */
export type AdditionalSubnetsSpec = z.output<typeof additionalSubnets>;

/** Services that nodes and functions call all day. */
const everydayEndpoints = ["secretsmanager", "sts", "ecr.api", "ecr.dkr", "logs"];

/** A network. */
export const networkSettings = settings({
    /**
     * The VPC's block: /16 to /21 where subnets are planned, /16 to /28 where all are given.
     * @remarks A change replaces the VPC and all that is in it.
     * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
     */
    cidr: cidrBlock().meta(byDefault("10.0.0.0/16")),
    /**
     * How many availability zones to use; where `zones` are named, as many as these. A further zone adds subnets and moves
     * none.
     * @remarks One more adds subnets, one less deletes those of the last zone.
     */
    availabilityZones: whole(2, 8).meta(byTier(2, 2, 3)),
    /**
     * Names of the zones, in order. Left out, the region's first ones are taken when a subnet is made, and it then
     * stays in its zone whatever the region lists later.
     * @remarks Another zone at the same place replaces that zone's subnets.
     */
    zones: listOf(text("the name of a zone")).optional(),
    /**
     * Where private subnets go out: nowhere, through one NAT gateway for all zones, or through one in each zone. Each costs by
     * the hour; without any, private subnets reach nothing outside the VPC.
     * @remarks From single to per-zone only updates routes.
     */
    natGateways: enumOf(["none", "single", "per-zone"], "a way to place NAT gateways").meta(
        byTier("single", "single", "per-zone"),
    ),
    /**
     * Exact blocks, one per zone and kind, in place of planned ones. A kind that is left out is planned.
     * @remarks A change replaces the subnet.
     * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
     */
    subnets: settings({
        /** Blocks of the subnets that the internet reaches. */
        public: listOf(cidrBlock("10.0.1.0/24")).optional(),
        /** Blocks of the subnets for nodes and functions. */
        private: listOf(cidrBlock("10.0.101.0/24")).optional(),
        /** Blocks of the subnets for data stores. */
        isolated: listOf(cidrBlock("10.0.201.0/24")).optional(),
    }).optional(),
    /**
     * Further subnets, by name, for what is to be apart from nodes and data stores: a partner's appliance, a warehouse.
     * The network ACL of the isolated subnets does not apply to them.
     * @remarks Added and deleted set by set; nothing else moves.
     */
    additionalSubnets: byName(additionalSubnets).meta(byDefault({})),
    /**
     * Services that private subnets reach through an interface endpoint and not over NAT, as AWS names them after the
     * region: `ecr.api`. Each costs by the hour in each zone. S3 needs none: it always has its gateway, which is free.
     * @remarks Endpoints are created and deleted one by one.
     * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
     */
    interfaceEndpoints: listOf(
        matching(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*$/, "the name of a service", "ecr.api"),
    ).meta(
        byTier([], everydayEndpoints, [
            ...everydayEndpoints,
            ...["sqs", "kms", "ec2", "eks", "elasticloadbalancing", "autoscaling", "monitoring"],
        ]),
    ),
    /**
     * Which traffic is recorded: who talked to whom, on which port, whether it was let through. Costs by the GiB.
     * @remarks A change makes a new flow log, into the same log group.
     */
    flowLogTraffic: enumOf(["all", "accepted", "rejected", "none"], "traffic that can be recorded").meta(
        byDefault("all"),
    ),
    /**
     * Days that a record is kept.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    flowLogRetentionDays: logRetentionDays().meta(byTier(30, 90, 365)),
    /**
     * Days between asking AWS to delete the flow logs' key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type NetworkSpec = z.output<typeof networkSettings>;

/** Where private subnets go out. */
export type NatGateways = NetworkSpec["natGateways"];

/** Which traffic the flow logs record. */
export type FlowLogTraffic = NetworkSpec["flowLogTraffic"];

const subnetId = matching(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, "the id of a subnet", "subnet-0123456789abcdef0");

/**
 * An existing VPC, in the place of a new one. Nothing is created or changed in it: routes, network ACLs, endpoints and flow
 * logs are its owner's. Each list of subnets has one for each zone, in the order of `zones`.
 */
export const existingNetworkSettings = settings({
    /**
     * The VPC's id.
     * @remarks A change replaces security groups, and what stands behind them.
     */
    vpcId: matching(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, "the id of a VPC", "vpc-0123456789abcdef0"),
    /** The VPC's block. */
    cidr: cidrBlock(),
    /** Names of the subnets' zones, two or more. */
    zones: listOf(text("the name of a zone")),
    /** Subnets that are reached from the internet. */
    publicSubnetIds: listOf(subnetId).meta(byDefault([])),
    /** Subnets for nodes and functions. Only a cluster and the rotation of passwords need them. */
    privateSubnetIds: listOf(subnetId).meta(byDefault([])),
    /**
     * Subnets for data stores, without a default route; in a VPC that has no such, its private ones. The policy pack can't see
     * their routes: list the subnets in its configuration as trusted.
     * @remarks Updated in place.
     */
    isolatedSubnetIds: listOf(subnetId),
});

export type ExistingNetworkSpec = z.output<typeof existingNetworkSettings>;
