import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { readProperty } from "./graph/reading";

/**
 * The inputs that the program states, by resource. An unknown output of an invoke has no edges, so a stack policy alone
 * could not tell it from a value that AWS fills in. The engine shows every resource's inputs before it runs stack policies,
 * in the same process.
 */
export class StatedInputs {
    private readonly byUrn = new Map<string, ReadonlySet<string>>();

    /** Whether the program states the input; undefined for a resource whose inputs were not shown, as in a finished stack. */
    has(urn: string, key: string): boolean | undefined {
        return this.byUrn.get(urn)?.has(key);
    }

    record({ urn, props }: Pick<ResourceValidationArgs, "urn" | "props">): void {
        const stated = Object.keys(props).filter((key) => readProperty(props, key).is !== "absent");
        this.byUrn.set(urn, new Set(stated));
    }

    /** The policy that records them. It reports nothing. */
    policy(): ResourceValidationPolicy {
        return {
            name: "inputs-recorded",
            displayName: "Inputs are recorded for the other policies",
            description: "Records which inputs the program states. It reports nothing.",
            enforcementLevel: "advisory",
            validateResource: (args) => this.record(args),
        };
    }
}
