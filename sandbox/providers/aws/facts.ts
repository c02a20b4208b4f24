import declared from "./data/inventory.json";
import overlay from "./data/measured.json";
import reasons from "./data/replacement.json";
import { genericType } from "./generic/type";
import { published } from "./published";

/** How a change of one input is carried out, by what happened to it. */
export type Mode = "add" | "remove" | "change";

/** What was measured of one input; see data/README.md for how. */
interface MeasuredFacts {
    replacesOn?: Mode[];
    updatesOn?: Mode[];
    /** Inside a block: AWS fills it when it is left out. */
    computed?: boolean;
    nested?: Record<string, MeasuredFacts>;
}

/** What data/replacement.json says of inputs: of those that neither source judges, and why the sources differ. */
interface Replacement {
    /** The inputs of a type of which a change was not measured, and CloudFormation is silent or wrong: whether one replaces, and why. */
    verdicts: Partial<Record<string, Partial<Record<string, { replaces: boolean; reason: string }>>>>;
    /** Inputs for which the measurement is right and CloudFormation says otherwise, by the reason. */
    differences: { reason: string; inputs: Partial<Record<string, string[]>> }[];
}

/** What is known of one input of a resource type: what the SDK declares, and what was measured. */
export interface InputFacts extends MeasuredFacts {
    required?: boolean;
    sensitive?: boolean;
    /** Whether a change that was not measured replaces the resource: by CloudFormation's schema, or by the written verdict. */
    createOnly?: boolean;
}

export interface TypeFacts extends Shape {
    inputs: Record<string, InputFacts>;
    /** Outputs that are no inputs. */
    computedOnly: string[];
}

/** The inputs that a resource type or a block in it has, as the SDK declares them. */
export interface Shape {
    required?: string[];
    optional?: string[];
    /** For each input that is a block or a list of blocks, the name of its shape. */
    blocks?: Record<string, string>;
}

interface DeclaredType extends Shape {
    /** Optional inputs that AWS fills when they are left out. */
    filled?: string[];
    /** Inputs that are kept secret in the state. */
    secret?: string[];
    /** Outputs that are no inputs. */
    outputs?: string[];
}

/** What data/inventory.json holds: `npm run inventory` reads it from the SDK's declarations. */
export interface Inventory {
    /** The package that declares it, and its version. */
    source: string;
    types: Record<string, DeclaredType>;
    shapes: Record<string, Shape>;
}

/** Types that the SDK does not have, which an account may be given all the same. */
const UNDECLARED: Record<string, DeclaredType> = {
    "aws:elasticache/snapshot:Snapshot": {
        required: ["snapshotName"],
        optional: ["engine", "engineVersion", "kmsKeyId", "nodeType", "numNodeGroups"],
        outputs: ["arn", "clusterEnabled"],
    },
};

/** `region` came to every type with version 7 of the provider, after the measurement. */
const REGION: MeasuredFacts = { replacesOn: ["change"] };

const inventory: Inventory = declared;
const measured = overlay as Record<string, Record<string, MeasuredFacts>>;
/** Where the two sources of what replaces a resource differ, or both are silent. */
export const replacement: Replacement = reasons;
const known = new Map<string, TypeFacts>();

/** The package whose declarations the inputs are from, and its version. */
export const SOURCE = inventory.source;

/** Those of `tokens` that the SDK has to declare. */
export function declaredTypes(tokens: string[]): string[] {
    return tokens.filter((token) => !(token in UNDECLARED));
}

/** What is known of a type that the sandbox emulates; of others what the SDK declares. Undefined where it has no such type. */
export function factsOf(token: string): TypeFacts | undefined {
    const type = inventory.types[token] ?? UNDECLARED[token];
    const facts = known.get(token) ?? (type && combined(token, type, measured[token] ?? {}));
    if (facts) known.set(token, facts);
    return facts ?? genericType(token)?.facts;
}

/** The shape of an input that is a block; undefined where it is none. */
export function shapeOf(shape: Shape, input: string): Shape | undefined {
    return inventory.shapes[shape.blocks?.[input] ?? ""];
}

/**
 * Whether `mode` on this input needs a new resource. A mode that was not measured goes as a change of the same input does, and a change that
 * was not measured as CloudFormation says; taking away what AWS then fills by itself changes nothing.
 */
export function effectOf(facts: InputFacts | undefined, mode: Mode): "replace" | "update" | "none" {
    if (facts?.replacesOn?.includes(mode)) return "replace";
    if (facts?.updatesOn?.includes(mode)) return "update";
    if (mode === "remove" && facts?.computed) return "none";
    if (facts?.replacesOn?.includes("change")) return "replace";
    return facts?.createOnly && !facts.updatesOn?.includes("change") ? "replace" : "update";
}

/** What both sources say: the measurement, and where it says nothing CloudFormation and the verdicts. */
function combined(token: string, type: DeclaredType, overlaid: Record<string, MeasuredFacts>): TypeFacts {
    const inputs: Record<string, InputFacts> = {};
    const createOnly = new Set(published().types[token]?.createOnly);
    const verdicts = replacement.verdicts[token] ?? {};
    for (const name of [...(type.required ?? []), ...(type.optional ?? [])]) {
        inputs[name] = {
            ...(name === "region" ? REGION : overlaid[name]),
            required: type.required?.includes(name),
            computed: type.filled?.includes(name),
            sensitive: type.secret?.includes(name),
            createOnly: verdicts[name]?.replaces ?? createOnly.has(name),
        };
    }
    return { ...type, inputs, computedOnly: type.outputs ?? [] };
}
