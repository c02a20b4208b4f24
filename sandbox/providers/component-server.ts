import "../../tools/lazy-modules.cjs";
import * as pulumi from "@pulumi/pulumi";
import { installStackTraces } from "../../tools/stack-traces.cjs";

/** Constructs a component, as the program's own process would, and returns its outputs. */
export type Construct = (
    name: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
) => pulumi.provider.ConstructResult;

/** Serves components to the engine until the engine ends, with the SDK's server for component providers. */
export function serveComponents(version: string, components: Record<string, Construct>): void {
    installStackTraces();
    const provider: pulumi.provider.Provider = {
        version,
        construct: async (name, type, inputs, options) => {
            const construct = components[type];
            if (!construct)
                throw new Error(
                    `the sandbox does not emulate ${type}: add it to sandbox/providers/${type.split(":")[0]}/index.ts`,
                );
            return construct(name, inputs, options);
        },
    };
    const leave = () => process.exit(0);
    // Standard input closes when the engine ends, even if it was killed.
    process.stdin.on("end", leave).on("error", leave).resume();
    process.on("SIGINT", leave).on("SIGTERM", leave);
    pulumi.provider.main(provider, process.argv.slice(2)).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
    });
}

/** For every input of a component: true where it is emulated, else the reason and what to do instead. */
export type Emulated<Args> = { [Name in keyof Required<Args>]: true | string };

/** Refuses, all at once, inputs that are not emulated or that the component does not have. */
export function refuseUnknown<Args>(component: string, table: Emulated<Args>, inputs: pulumi.Inputs): void {
    const reasons: Record<string, true | string | undefined> = table;
    const errors = Object.entries(inputs).flatMap(([propertyPath, value]) => {
        const emulated = reasons[propertyPath];
        if (emulated === true || value === undefined || value === null || value === false) return [];
        return [{ propertyPath, reason: `not emulated: ${emulated ?? `${component} has no such input here`}` }];
    });
    if (errors.length > 0)
        throw new pulumi.InputPropertiesError({
            message: `the sandbox does not emulate these inputs of ${component}`,
            errors,
        });
}

/** Refuses one input, and says what to do. */
export function refuse(propertyPath: string, reason: string): never {
    throw new pulumi.InputPropertyError({ propertyPath, reason });
}
