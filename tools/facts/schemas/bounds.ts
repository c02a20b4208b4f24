import { createHash } from "node:crypto";
import type { Inventory, Shape } from "@plinth/sandbox/providers/aws/facts";
import {
    type Bound,
    type BoundShape,
    type Published,
    type PublishedType,
    patternOf,
} from "@plinth/sandbox/providers/aws/published";
import { exceptions } from "./exceptions";
import { propertyNames } from "./names";
import { itemOf, type Property, propertyAt, type RootSchema, resolved, type Schema, Schemas } from "./schema";
import { schemaNames } from "./types";

/** What CloudFormation's schemas say of the inputs of the emulated types. */
export function published(cfnLint: string, inventory: Inventory): Pick<Published, "types" | "shapes"> {
    const schemas = new Schemas(cfnLint);
    const shapes: Published["shapes"] = {};
    const types = Object.entries(schemaNames).map(([token, name]) => {
        const [schema = "", ...steps] = name.split("/");
        const reader = new TypeReader(token, schemas.read(schema), steps, inventory.shapes, shapes);
        const declared = inventory.types[token];
        if (!declared) throw new Error(`the inventory has no ${token}`);
        return [token, { schema, ...reader.read(declared) }] as const;
    });
    return { types: Object.fromEntries(types), shapes };
}

/** What a block that CloudFormation does not have is read from. */
const nowhere: Property = { schema: {}, pointer: "" };

/** Reads the schema of one type, along the inputs that the SDK declares. */
class TypeReader {
    private readonly start: Property;
    private readonly byPointer = new Map<string, string[]>();
    private readonly names: Record<string, string | undefined>;

    constructor(
        private readonly token: string,
        private readonly root: RootSchema,
        steps: string[],
        private readonly declared: Record<string, Shape>,
        private readonly shapes: Record<string, BoundShape>,
    ) {
        this.names = propertyNames[token] ?? {};
        const start = propertyAt(root, this.fromRoot(), steps);
        if (!start) throw new Error(`${token}: the schema has no ${steps.join("/")}`);
        this.start = start;
    }

    read(shape: Shape): Omit<PublishedType, "schema"> {
        const inputs = this.inputs(shape, "", this.start, []);
        const named = (pointers: string[] = []) => pointers.flatMap((pointer) => this.inputsAt(pointer)).sort();
        const { createOnlyProperties, conditionalCreateOnlyProperties } = this.root;
        const known = new Set([...this.byPointer.values()].flat());
        const declared = [...(shape.required ?? []), ...(shape.optional ?? [])].sort();
        return {
            createOnly: named(createOnlyProperties),
            sometimes: named(conditionalCreateOnlyProperties),
            unknown: declared.filter((input) => !known.has(input)),
            inputs,
        };
    }

    /** The inputs that a pointer names, and those of the resource itself that are in what it names. */
    private inputsAt(pointer: string): string[] {
        const named = pointer.replaceAll("/*", "");
        return [...this.byPointer].flatMap(([property, inputs]) => {
            if (property === named) return inputs;
            return property.startsWith(`${named}/`) ? inputs.filter((input) => !input.includes(".")) : [];
        });
    }

    private fromRoot(): Property {
        return { schema: this.root, pointer: "/properties" };
    }

    private inputs(shape: Shape, prefix: string, at: Property, onPath: string[]): BoundShape {
        const found: BoundShape = {};
        for (const input of [...(shape.required ?? []), ...(shape.optional ?? [])].sort()) {
            const property = this.property(prefix + input, input, at);
            const block = shape.blocks?.[input];
            // A shape that is in itself, as a filter in a filter: its inputs are judged once.
            const inner = block !== undefined && !onPath.includes(block) ? this.declared[block] : undefined;
            if (property)
                this.byPointer.set(property.pointer, [...(this.byPointer.get(property.pointer) ?? []), prefix + input]);
            const nested =
                inner && this.inputs(inner, `${prefix}${input}.`, property ?? nowhere, [...onPath, block ?? ""]);
            const bound = this.bound(prefix + input, property?.schema, block !== undefined, nested);
            if (Object.keys(bound).length > 0) found[input] = bound;
        }
        return found;
    }

    /** The property of an input: the one that is named for it, or the one that has its name. */
    private property(path: string, input: string, at: Property): Property | undefined {
        if (path in this.names) {
            const name = this.names[path];
            if (name === undefined) return undefined;
            const named = name.startsWith("/")
                ? propertyAt(this.root, this.fromRoot(), name.slice(1).split("/"))
                : propertyAt(this.root, at, name.split("/"));
            if (!named) throw new Error(`${this.token}: the schema has no ${name} for ${path}`);
            return named;
        }
        const properties = itemOf(this.root, at.schema).properties ?? {};
        const alike = (name: string) => Object.keys(properties).find((one) => bare(one) === bare(name));
        const name =
            alike(input) ?? alike(`${input}s`) ?? (input.endsWith("s") ? alike(input.slice(0, -1)) : undefined);
        return name === undefined ? undefined : propertyAt(this.root, at, [name]);
    }

    private bound(path: string, schema: Schema | undefined, isBlock: boolean, nested: BoundShape | undefined): Bound {
        const own = schema ? resolved(this.root, schema) : {};
        const item = own.items && !isBlock ? resolved(this.root, own.items) : undefined;
        const isBlockOfSome = isBlock && Object.keys(listBounds(own)).length > 0;
        const bound: Bound = {
            ...(isBlock ? {} : valueBounds(own)),
            ...listBounds(own),
            ...(item && Object.keys(valueBounds(item)).length > 0 && { each: valueBounds(item) }),
            // Also of a block without bounds, so that a single one is not taken for a map of so many entries.
            ...((Object.keys(nested ?? {}).length > 0 || isBlockOfSome) && { block: this.shape(nested ?? {}) }),
        };
        return withoutExceptions(this.token, path, bound);
    }

    /** Each shape once: there are hundreds of the same in the rules of a web ACL. */
    private shape(shape: BoundShape): string {
        const id = createHash("sha256").update(JSON.stringify(shape)).digest("base64url").slice(0, 8);
        this.shapes[id] = shape;
        return id;
    }
}

function bare(name: string): string {
    return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function valueBounds({ pattern, enum: values, minimum, maximum, minLength, maxLength }: Schema): Bound {
    return defined({
        pattern: pattern === undefined ? undefined : javascriptPattern(pattern),
        enum: values?.map(String),
        minimum,
        maximum,
        // What is shorter than nothing is nothing's.
        minLength: minLength || undefined,
        maxLength,
    });
}

/** The provider sends no empty list, so a list of one or more is not asked for; nor are the tags of a resource, which it adds to. */
function listBounds({ minItems, maxItems }: Schema): Bound {
    return defined({ minItems: (minItems ?? 0) > 1 ? minItems : undefined, maxItems });
}

function defined(bound: Bound): Bound {
    return Object.fromEntries(Object.entries(bound).filter(([, value]) => value !== undefined));
}

/** A pattern of Java or Python as JavaScript has it. */
function javascriptPattern(pattern: string): string {
    const translated = pattern.replaceAll("\\Z", "$").replaceAll("\\p{Print}", "[\\x20-\\x7E]");
    if (/\\p\{(?![LZN]\})/.test(translated)) throw new Error(`JavaScript has no such class: ${pattern}`);
    patternOf(translated);
    return translated;
}

function withoutExceptions(token: string, path: string, bound: Bound): Bound {
    const own = exceptions.filter((one) => one.type === token && one.input === path);
    const dropped = own.flatMap(({ drop = [] }) => drop);
    const [added, removed] = [own.flatMap(({ accept = [] }) => accept), own.flatMap(({ refuse = [] }) => refuse)];
    for (const name of [...dropped, ...(added.length + removed.length > 0 ? ["enum" as const] : [])])
        if (!(name in bound)) throw new Error(`${token}: ${path} has no ${name}, of which exceptions.ts speaks`);
    const kept: Bound = Object.fromEntries(
        Object.entries(bound).filter(([name]) => !dropped.some((one) => one === name)),
    );
    if (kept.enum) kept.enum = [...added, ...kept.enum.filter((value) => !removed.includes(value))];
    return kept;
}
