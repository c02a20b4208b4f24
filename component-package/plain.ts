import * as pulumi from "@pulumi/pulumi";
import schema from "./schema.json";

/** What of the schema says how a value may be given. */
interface TypeSpec {
    type?: string;
    plain?: boolean;
    $ref?: string;
    items?: TypeSpec;
    additionalProperties?: TypeSpec;
}

const resources: Record<string, { inputProperties: Record<string, TypeSpec> }> = schema.resources;
const types: Record<string, { properties: Record<string, TypeSpec> }> = schema.types;

/** The inputs that come from another resource though they decide what is made: the component has to know them at preview. */
export function unknownPlainInputs(type: string, inputs: pulumi.Inputs): pulumi.InputPropertyErrorDetails[] {
    return inGroup("", resources[type]?.inputProperties ?? {}, inputs);
}

function inGroup(where: string, specs: Record<string, TypeSpec>, values: object): pulumi.InputPropertyErrorDetails[] {
    return Object.entries(values).flatMap(([name, value]) => inValue(where + name, specs[name], value));
}

function inValue(where: string, spec: TypeSpec | undefined, value: unknown): pulumi.InputPropertyErrorDetails[] {
    if (!spec) return [{ propertyPath: where, reason: "is not known here" }];
    if (pulumi.Output.isInstance(value)) {
        const reason = "comes from another resource: give a value that is known at preview, and no secret";
        return spec.plain ? [{ propertyPath: where, reason }] : [];
    }
    if (Array.isArray(value)) return value.flatMap((item, index) => inValue(`${where}[${index}]`, spec.items, item));
    if (typeof value !== "object" || value === null) return [];
    const { additionalProperties, $ref } = spec;
    if (additionalProperties)
        return Object.entries(value).flatMap(([name, item]) => inValue(`${where}.${name}`, additionalProperties, item));
    return inGroup(`${where}.`, types[$ref?.replace("#/types/", "") ?? ""]?.properties ?? {}, value);
}
