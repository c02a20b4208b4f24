import { zonesWithoutEks } from "@plinth/facts";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkSpec } from "./spec";

/** The name of the zone at a place: the one that was named, else the region's. */
export function zoneNames(
    network: string,
    { zones, availabilityZones: wanted }: NetworkSpec,
    options: pulumi.InvokeOptions,
): (zone: number) => pulumi.Input<string> {
    if (zones) return (zone) => zones[zone] ?? "";
    const region = aws.getAvailabilityZonesOutput(
        {
            state: "available",
            filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
            // By id, for each account has its own letters. A stack may get a cluster later, and a subnet never moves.
            excludeZoneIds: [...zonesWithoutEks],
        },
        options,
    );
    // Checked once for all subnets, so that the error is printed once.
    const enough = region.names.apply((names) => {
        if (names.length >= wanted) return names;
        throw new pulumi.RunError(
            `Network "${network}" asks for ${wanted} zones, but the region has ${names.length} in which EKS runs ` +
                `(${names.join(", ")}): set availabilityZones to ${names.length} or fewer`,
        );
    });
    return (zone) => enough.apply((names) => names[zone] ?? "");
}
