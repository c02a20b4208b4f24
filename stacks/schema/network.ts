import {
    type AdditionalSubnetsSpec,
    type ExistingNetworkSpec,
    flowLogTraffics,
    type NetworkSpec,
} from "@plinth/components";
import { z } from "zod";
import { type Fields, word } from "./form";

/** An existing VPC. */
const existing = z.strictObject({
    vpcId: z.string(),
    cidr: z.string(),
    zones: z.array(z.string()),
    publicSubnetIds: z.array(z.string()),
    privateSubnetIds: z.array(z.string()),
    isolatedSubnetIds: z.array(z.string()),
} satisfies Fields<ExistingNetworkSpec>);

export const network = z.strictObject({
    cidr: z.string(),
    availabilityZones: z.number(),
    zones: z.array(z.string()),
    natGateways: word(["none", "single", "per-zone"], "a way to place NAT gateways"),
    subnets: z
        .strictObject({ public: z.array(z.string()), private: z.array(z.string()), isolated: z.array(z.string()) })
        .partial(),
    additionalSubnets: z.record(
        z.string(),
        z.strictObject({
            routes: word(["private", "isolated"], "a kind of routes"),
            slot: z.number(),
        } satisfies Fields<AdditionalSubnetsSpec>),
    ),
    interfaceEndpoints: z.array(z.string()),
    flowLogTraffic: word(flowLogTraffics, "traffic that can be recorded"),
    flowLogRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
    /** A VPC that stands already, in the place of a new one. */
    existing: existing.partial(),
} satisfies Fields<NetworkSpec & { existing: unknown }>);
