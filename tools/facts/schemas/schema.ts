import * as path from "node:path";
import { readJson, schemasOf } from "../offers";

/** What is read of a JSON Schema. */
export interface Schema {
    $ref?: string;
    properties?: Record<string, Schema>;
    items?: Schema;
    type?: string | string[];
    pattern?: string;
    enum?: (string | number | boolean)[];
    minimum?: number;
    maximum?: number;
    minLength?: number;
    maxLength?: number;
    minItems?: number;
    maxItems?: number;
}

export interface RootSchema extends Schema {
    createOnlyProperties?: string[];
    conditionalCreateOnlyProperties?: string[];
}

/** The region whose schemas are read: the one that has all types. */
const region = "us-east-1";

/** CloudFormation's schemas, from cfn-lint's copy of them. */
export class Schemas {
    private readonly hashes: Record<string, string>;

    constructor(private readonly cfnLint: string) {
        this.hashes = readJson(path.join(schemasOf(cfnLint), "providers", `${region}.json`)) as Record<string, string>;
    }

    read(name: string): RootSchema {
        const hash = this.hashes[name];
        if (!hash) throw new Error(`CloudFormation has no ${name}`);
        return readJson(path.join(schemasOf(this.cfnLint), "resources", `${hash}.json`)) as RootSchema;
    }
}

/** What a schema refers to, of its own root. */
export function resolved(root: Schema, schema: Schema): Schema {
    let found = schema;
    for (let depth = 0; found.$ref !== undefined && depth < 8; depth++) {
        const steps = found.$ref.replace(/^#\//, "").split("/");
        found = steps.reduce((inner, step) => (inner as Record<string, Schema>)[step] as Schema, root);
    }
    return found;
}

/** The schema of one item, where it is of a list. */
export function itemOf(root: Schema, schema: Schema): Schema {
    const own = resolved(root, schema);
    return own.items ? resolved(root, own.items) : own;
}

/** A property, and the steps that lead to it from the root. */
export interface Property {
    schema: Schema;
    /** As CloudFormation points to it: `/properties/VpcConfig/SubnetIds`. */
    pointer: string;
}

/** The property that steps lead to; each goes through lists. An empty last step is an item of the list. */
export function propertyAt(root: Schema, from: Property, steps: string[]): Property | undefined {
    let at: Property | undefined = from;
    for (const step of steps) {
        const inner: Schema = itemOf(root, at.schema);
        const next: Schema | undefined = step === "" ? inner : inner.properties?.[step];
        if (!next) return undefined;
        at = { schema: resolved(root, next), pointer: step === "" ? at.pointer : `${at.pointer}/${step}` };
    }
    return at;
}
