import { type NetworkCidrs, planNetwork } from "@plinth/components";
import type { PlatformSpec } from "./spec";

/**
 * The CIDR blocks of a platform's network. Of a VPC that stands already only its own block is known, so there what
 * may reach a subnet may reach the port in all of it: security groups say which address is meant.
 */
export function networkCidrs({ network, existingNetwork }: PlatformSpec): NetworkCidrs {
    if (existingNetwork) {
        const all = [existingNetwork.cidr];
        return {
            vpc: existingNetwork.cidr,
            subnets: { public: all, private: all, isolated: all },
            interfaceEndpoints: [],
        };
    }
    const { cidr, subnets } = planNetwork("network", network);
    return { vpc: cidr, subnets, interfaceEndpoints: network.interfaceEndpoints };
}
