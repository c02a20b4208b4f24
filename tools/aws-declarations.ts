import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import ts from "typescript";

/** What the SDK's declarations say of the inputs of a resource type, or of a block inside one. */
export interface DeclaredInputs {
    required: string[];
    optional: string[];
    /** The blocks among them, by the name of the input: the declared shape of each, for lists of blocks too. */
    blocks: Record<string, string>;
}

export interface DeclaredType extends DeclaredInputs {
    /** Optional inputs whose output is never undefined: the provider fills them where they are left out. */
    filled: string[];
    /** Outputs that are no inputs. */
    outputs: string[];
    /** Inputs that the SDK keeps secret in the state. */
    secret: string[];
}

/** Reads the declarations of the installed @pulumi/aws. Nothing is resolved by type, so a type is read in some 10 ms. */
export class AwsDeclarations {
    private readonly directory = path.dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
    private readonly shapes = new Map<string, ts.InterfaceDeclaration>();

    /** The package and its version, as the source of what is read. */
    get source(): string {
        const { name, version } = JSON.parse(this.text("package.json")) as { name: string; version: string };
        return `${name} ${version}`;
    }

    /** Undefined where the SDK has no such resource type. */
    typeOf(token: string): DeclaredType | undefined {
        const [, module = "", name = ""] = /^aws:(.+):(\w+)$/.exec(token) ?? [];
        let file: ts.SourceFile;
        try {
            file = this.parsed(`${module}.d.ts`);
        } catch {
            return undefined;
        }
        const args = interfaceNamed(file, `${name}Args`);
        const outputs = outputsOf(file, name);
        if (!args || !outputs) return undefined;
        const inputs = inputsOf(args);
        const all = [...inputs.required, ...inputs.optional];
        return {
            ...inputs,
            filled: inputs.optional.filter((input) => outputs.get(input) === "always"),
            outputs: [...outputs.keys()].filter((output) => !all.includes(output)),
            secret: this.secretsOf(module).filter((secret) => all.includes(secret)),
        };
    }

    /** The inputs of a block, by the name that `blocks` gives. */
    shape(name: string): DeclaredInputs {
        if (this.shapes.size === 0) collectInterfaces(this.parsed("types/input.d.ts"), "", this.shapes);
        const found = this.shapes.get(name);
        if (!found) throw new Error(`types/input.d.ts declares no ${name}`);
        return inputsOf(found);
    }

    private secretsOf(module: string): string[] {
        const [, list = ""] = /additionalSecretOutputs: \[(.*?)\]/.exec(this.text(`${module}.js`)) ?? [];
        return [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
    }

    private parsed(file: string): ts.SourceFile {
        return ts.createSourceFile(file, this.text(file), ts.ScriptTarget.Latest);
    }

    private text(file: string): string {
        return readFileSync(path.join(this.directory, file), "utf8");
    }
}

function interfaceNamed(file: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
    return file.statements.filter(ts.isInterfaceDeclaration).find((declared) => declared.name.text === name);
}

/** The outputs of a resource's class, and whether they are always there. */
function outputsOf(file: ts.SourceFile, name: string): Map<string, "always" | "maybe"> | undefined {
    const declared = file.statements.filter(ts.isClassDeclaration).find((candidate) => candidate.name?.text === name);
    if (!declared) return undefined;
    const outputs = declared.members.filter(ts.isPropertyDeclaration).flatMap(({ name: key, type, modifiers }) => {
        const isStatic = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
        if (isStatic || !type || !ts.isIdentifier(key)) return [];
        return [[key.text, mayBeUndefined(type) ? "maybe" : "always"] as const];
    });
    return new Map(outputs);
}

function inputsOf({ members }: ts.InterfaceDeclaration): DeclaredInputs {
    const inputs: DeclaredInputs = { required: [], optional: [], blocks: {} };
    for (const { name, questionToken, type } of members.filter(ts.isPropertySignature)) {
        if (!ts.isIdentifier(name)) throw new Error("an input's name is no identifier");
        (questionToken ? inputs.optional : inputs.required).push(name.text);
        const block = type && blockIn(type);
        if (block) inputs.blocks[name.text] = block;
    }
    return inputs;
}

/** The shape that a type such as `pulumi.Input<pulumi.Input<inputs.rds.ProxyAuth>[] | undefined>` leads to; none where it may be one of several. */
function blockIn(type: ts.TypeNode): string | undefined {
    if (ts.isArrayTypeNode(type)) return blockIn(type.elementType);
    if (ts.isUnionTypeNode(type)) return only(type.types);
    if (!ts.isTypeReferenceNode(type)) return undefined;
    const name = qualifiedName(type.typeName);
    if (name.startsWith("inputs.")) return name.slice("inputs.".length);
    return name === "pulumi.Input" ? only(type.typeArguments ?? []) : undefined;
}

function only(types: readonly ts.TypeNode[]): string | undefined {
    const found = new Set(types.map(blockIn).filter((block) => block !== undefined));
    return found.size === 1 ? [...found][0] : undefined;
}

function mayBeUndefined(type: ts.TypeNode): boolean {
    if (ts.isUnionTypeNode(type)) return type.types.some(mayBeUndefined);
    if (ts.isTypeReferenceNode(type)) return (type.typeArguments ?? []).some(mayBeUndefined);
    return type.kind === ts.SyntaxKind.UndefinedKeyword;
}

function qualifiedName(name: ts.EntityName): string {
    return ts.isIdentifier(name) ? name.text : `${qualifiedName(name.left)}.${name.right.text}`;
}

function collectInterfaces(
    node: ts.SourceFile | ts.ModuleBlock,
    prefix: string,
    into: Map<string, ts.InterfaceDeclaration>,
): void {
    for (const statement of node.statements) {
        if (ts.isInterfaceDeclaration(statement)) into.set(prefix + statement.name.text, statement);
        else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body))
            collectInterfaces(statement.body, `${prefix}${statement.name.text}.`, into);
    }
}
