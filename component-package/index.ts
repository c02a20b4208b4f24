/**
 * The plugin `plinth`: some of the components for programs in any language. Each has the type, the children and the physical names
 * that it has in a TypeScript program.
 */

import { InvalidSpecError } from "@plinth/components";
import * as pulumi from "@pulumi/pulumi";
import { components } from "./components";
import { unknownPlainInputs } from "./plain";
import schema from "./schema.json";

/** Serves the components to the engine until the engine goes. */
export function serve(version: string): void {
    const provider: pulumi.provider.Provider = {
        version,
        schema: JSON.stringify({ ...schema, version }),
        construct: async (name, type, inputs, options) => construct(name, type, inputs, options),
    };
    pulumi.provider.main(provider, process.argv.slice(2)).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
    });
}

function construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
): pulumi.provider.ConstructResult {
    const component = components[type];
    if (!component) throw new Error(`plinth has no ${type}: it has ${Object.keys(components).join(", ")}`);
    const errors = unknownPlainInputs(type, inputs);
    if (errors.length > 0) throw new pulumi.InputPropertiesError({ message: `${type} ${name} is invalid`, errors });
    try {
        const made = component.create(name, inputs, options);
        const properties: Record<string, unknown> = { ...made };
        const state = Object.fromEntries(component.outputs.map((output) => [output, properties[output]]));
        return { urn: made.urn, state };
    } catch (error) {
        if (!(error instanceof InvalidSpecError)) throw error;
        const problems = error.problems.map(({ at, text }) => ({ propertyPath: at, reason: text }));
        throw new pulumi.InputPropertiesError({ message: `${type} ${name} is invalid`, errors: problems });
    }
}
