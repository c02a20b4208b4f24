/** What AWS publishes of an input, or of each item of a list: bounds of a value, which are of text or of a number. */
export interface Bound {
    /** Found anywhere in the text, unless it says where. */
    pattern?: string;
    enum?: string[];
    minimum?: number;
    maximum?: number;
    minLength?: number;
    maxLength?: number;
    minItems?: number;
    maxItems?: number;
    /** Of the items of a list. */
    each?: Bound;
    /** Of the inputs of a block: the name of a shape. */
    block?: string;
}

export type BoundShape = Record<string, Bound>;

export interface PublishedType {
    /** The CloudFormation schema. */
    schema: string;
    /** Inputs that are not changed in place. */
    createOnly: string[];
    /** Those that are changed in place under some conditions only. */
    sometimes: string[];
    /** Inputs that the provider has and the schema has not. */
    unknown: string[];
    inputs: BoundShape;
}

/** What data/published.json holds: `npm run facts` reads it from CloudFormation's schemas. */
export interface Published {
    origin: unknown;
    types: Record<string, PublishedType>;
    shapes: Record<string, BoundShape>;
}

/** Read when the first resource is checked. */
export function published(): Published {
    return require("./data/published.json") as Published;
}

const compiled = new Map<string, RegExp>();

/** AWS's patterns have Unicode classes, and some of them escapes that JavaScript only takes without. */
export function patternOf(pattern: string): RegExp {
    const known = compiled.get(pattern);
    if (known) return known;
    const expression = /\\p\{/.test(pattern) ? new RegExp(pattern, "u") : new RegExp(pattern);
    compiled.set(pattern, expression);
    return expression;
}
