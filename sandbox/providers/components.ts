import "../../tools/lazy-modules.cjs";
import * as pulumi from "@pulumi/pulumi";
import { installStackTraces } from "../../tools/stack-traces.cjs";

/** Builds one component, as the program's own process would, and says what the program sees of it. */
export type Construct = (
    name: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
) => pulumi.provider.ConstructResult;

/** Serves components to the engine until the engine goes, by the server that every component provider for Node.js uses. */
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
    // The engine's end of our standard input closes when it goes, even if it was killed.
    process.stdin.on("end", leave).on("error", leave).resume();
    process.on("SIGINT", leave).on("SIGTERM", leave);
    pulumi.provider.main(provider, process.argv.slice(2)).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
    });
}

/** For every input of a component: whether it is emulated, or else why not and what to do. */
export type Emulated<Args> = { [Name in keyof Required<Args>]: true | string };

/** Refuses, all at once, inputs that are given and are not emulated, or that no release of the component has. */
export function refuseUnknown<Args>(component: string, table: Emulated<Args>, inputs: pulumi.Inputs): void {
    const reasons: Record<string, true | string | undefined> = table;
    const errors = Object.entries(inputs).flatMap(([propertyPath, value]) => {
        const emulated = reasons[propertyPath];
        if (emulated === true || value === undefined || value === null || value === false) return [];
        return [{ propertyPath, reason: `not emulated: ${emulated ?? `${component} has no such input here`}` }];
    });
    if (errors.length > 0)
        throw new pulumi.InputPropertiesError({ message: `the sandbox's ${component} can't do this`, errors });
}

/** Refuses one input, naming what to do. */
export function refuse(propertyPath: string, reason: string): never {
    throw new pulumi.InputPropertyError({ propertyPath, reason });
}
