import type { ManagedNodeGroupArgs } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";

/** The image for an operating system, by the architecture of the instances: Graviton has a g after its generation. */
export function amiTypeOf(
    operatingSystem: NonNullable<ManagedNodeGroupArgs["operatingSystem"]>,
    instanceTypes: ManagedNodeGroupArgs["instanceTypes"],
): pulumi.Output<string> {
    return pulumi.all([operatingSystem, instanceTypes ?? []]).apply(([system, types]) => {
        const architectures = new Set(types.map((type) => (/^[a-z]+\d+g/.test(type) ? "ARM_64" : "x86_64")));
        if (architectures.size > 1)
            throw new pulumi.InputPropertyError({
                propertyPath: "instanceTypes",
                reason: "The instance types do not share a common architecture",
            });
        const [architecture = "x86_64"] = architectures;
        switch (system) {
            case "AL2":
                return `AL2_${architecture}`;
            case "Bottlerocket":
                return `BOTTLEROCKET_${architecture}`;
            default:
                return `AL2023_${architecture}_STANDARD`;
        }
    });
}
