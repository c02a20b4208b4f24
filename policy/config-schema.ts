import type { PolicyConfigSchema } from "@pulumi/policy";
import { policies } from "./policies";

const level = { enum: ["advisory", "mandatory", "disabled"] } as const;

/**
 * The JSON Schema of the file that `--policy-pack-config` names. The engine checks the settings of each policy, and ignores a
 * policy that the pack does not have: this refuses it.
 */
export function packConfigSchema(): object {
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Configuration of Plinth's policy pack",
        type: "object",
        additionalProperties: false,
        properties: {
            all: { ...level, description: "The level of every policy whose level is not set." },
            ...Object.fromEntries(
                policies.map(({ name, displayName, configSchema }) => [name, ofPolicy(displayName, configSchema)]),
            ),
        },
    };
}

function ofPolicy(description: string | undefined, settings: PolicyConfigSchema | undefined): object {
    const properties = { enforcementLevel: level, ...settings?.properties };
    return { description, anyOf: [level, { type: "object", additionalProperties: false, properties }] };
}
