import { createHash } from "node:crypto";
import type { Inventory, Shape } from "@plinth/sandbox/providers/aws/facts";
import { AwsDeclarations, type DeclaredInputs } from "./aws-declarations";

/** The inventory of `tokens` as the sandbox's data file holds it, from the declarations of the installed SDK. */
export function awsInventory(tokens: string[]): Inventory {
    const declarations = new AwsDeclarations();
    const shapes = new Shapes(declarations);
    const types = [...tokens].sort().map((token) => {
        const declared = declarations.typeOf(token);
        if (!declared) throw new Error(`${declarations.source} declares no ${token}`);
        const { required, optional, filled, secret, outputs } = declared;
        // Every type has it: the tags of the resource and those of the provider together.
        const own = outputs.filter((output) => output !== "tagsAll");
        return [
            token,
            { ...shapes.inputs({ ...declared, required, optional }), filled, secret, outputs: own },
        ] as const;
    });
    return { source: declarations.source, types: Object.fromEntries(types), shapes: shapes.found };
}

/** One line for each type and each shape, so that a change of the SDK reads well as a difference. */
export function inventoryText({ source, types, shapes }: Inventory): string {
    const lines = (entries: Record<string, unknown>) =>
        Object.entries(entries)
            .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value, withoutEmpty)}`)
            .join(",\n");
    return `{\n"source": ${JSON.stringify(source)},\n"types": {\n${lines(types)}\n},\n"shapes": {\n${lines(shapes)}\n}\n}\n`;
}

function withoutEmpty(_key: string, value: unknown): unknown {
    const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    return isEmpty ? undefined : value;
}

/** The shapes of blocks, each once: the SDK declares the same one under many names, hundreds of times in a web ACL's rules. */
class Shapes {
    readonly found: Record<string, Shape> = {};
    private readonly ids = new Map<string, string>();
    private readonly recursive = new Set<string>();

    constructor(private readonly declarations: AwsDeclarations) {}

    inputs({ required, optional, blocks }: DeclaredInputs): Shape {
        const known = Object.entries(blocks).map(([input, shape]) => [input, this.id(shape)] as const);
        return { required, optional, blocks: Object.fromEntries(known) };
    }

    /** Made from the content alone, so that it stays when other types come or go; a shape that holds itself keeps its name. */
    private id(name: string): string {
        const known = this.ids.get(name);
        if (known === name) this.recursive.add(name);
        if (known !== undefined) return known;
        this.ids.set(name, name);
        const shape = this.inputs(this.declarations.shape(name));
        const text = JSON.stringify(shape);
        const id = this.recursive.has(name) ? name : createHash("sha256").update(text).digest("base64url").slice(0, 8);
        this.ids.set(name, id);
        this.found[id] = shape;
        return id;
    }
}
