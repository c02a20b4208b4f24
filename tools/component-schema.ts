/**
 * The schema of the component package, made from its TypeScript: the arguments and the outputs of each component with their comments
 * as descriptions. The SDK has an analyzer for this too, but that one wants interfaces without `Partial`, inherited or derived settings,
 * and types that TypeScript can name, and it has no words for settings of a few values.
 */

import { unwrapped } from "@plinth/components";
import * as ts from "typescript";
import { z } from "zod";
import type { PackagedComponent } from "../component-package/components";
import { modules, sourceOf, typesOf } from "./docs/program";
import { defaultInWords } from "./docs/value";

/** A type or a property of a Pulumi schema, as far as the package needs it. */
export interface TypeSpec {
    type?: "string" | "number" | "boolean" | "array" | "object";
    $ref?: string;
    items?: TypeSpec;
    additionalProperties?: TypeSpec;
    /** Whether it must be given as it is, and not as another resource's output. */
    plain?: true;
    description?: string;
}

export interface ObjectSpec {
    type: "object";
    description?: string;
    properties: Record<string, TypeSpec>;
    required: string[];
}

export interface ResourceSpec extends ObjectSpec {
    isComponent: true;
    inputProperties: Record<string, TypeSpec>;
    requiredInputs: string[];
}

export interface PackageSpec {
    name: string;
    description: string;
    language: Record<string, object>;
    resources: Record<string, ResourceSpec>;
    types: Record<string, ObjectSpec>;
}

/** What the schema of a component is made from, besides its TypeScript. */
export type SchemaSource = Pick<PackagedComponent, "settings" | "outputs">;

/** The schema, without a version, of components by their tokens. `root` is the folder of the checkout. */
export function componentSchema(root: string, components: Record<string, SchemaSource>): PackageSpec {
    const program = typesOf(root);
    return new SchemaMaker(program, sourceOf(program, root, modules.componentPackage)).schema(components);
}

class SchemaMaker {
    private readonly checker: ts.TypeChecker;
    private readonly types: Record<string, ObjectSpec> = {};

    constructor(
        private readonly program: ts.Program,
        private readonly source: ts.SourceFile,
    ) {
        this.checker = program.getTypeChecker();
    }

    schema(components: Record<string, SchemaSource>): PackageSpec {
        const resources = Object.entries(components).map(([token, source]) => [token, this.resource(token, source)]);
        const respected = { respectSchemaVersion: true };
        return {
            name: "plinth",
            description: "Plinth's components for AWS: private, encrypted, and checked before anything is registered.",
            language: { nodejs: respected, python: respected, csharp: respected, java: respected, go: respected },
            resources: Object.fromEntries(resources),
            types: Object.fromEntries(Object.entries(this.types).sort(([a], [b]) => (a < b ? -1 : 1))),
        };
    }

    private resource(token: string, { settings, outputs }: SchemaSource): ResourceSpec {
        const { args, component } = this.constructorOf(token);
        const group = token.slice(0, token.lastIndexOf(":"));
        const inputs = this.members(this.checker.getPropertiesOfType(args), group);
        for (const [name, field] of Object.entries(settings.shape as Record<string, z.ZodType>)) {
            const input = inputs.properties[name];
            if (input) input.description = withDefault(input.description, field);
        }
        const found = outputs.map((name) => {
            const property = component.getProperty(name);
            if (!property) throw new Error(`${token} has no ${name}, which is to be one of its outputs`);
            return property;
        });
        const { properties, required } = this.members(found, group);
        for (const property of Object.values(properties)) delete property.plain;
        return {
            ...{ type: "object", isComponent: true, ...described(component.symbol, this.checker) },
            ...{ inputProperties: inputs.properties, requiredInputs: inputs.required },
            ...{ properties, required },
        };
    }

    /** The types of the arguments and of the component itself, by the function that makes it. */
    private constructorOf(token: string): { args: ts.Type; component: ts.Type } {
        const module = this.checker.getSymbolAtLocation(this.source);
        for (const exported of module ? this.checker.getExportsOfModule(module) : []) {
            const create = this.checker.getTypeOfSymbol(exported).getProperty("create");
            const signature = create && this.checker.getTypeOfSymbol(create).getCallSignatures()[0];
            const args = signature?.getParameters()[1];
            const component = signature?.getReturnType();
            if (args && component && component.symbol?.name === token.split(":").at(-1))
                return { args: this.checker.getTypeOfSymbol(args), component };
        }
        throw new Error(`${this.source.fileName} exports nothing that makes ${token}`);
    }

    private members(symbols: ts.Symbol[], group: string): Pick<ObjectSpec, "properties" | "required"> {
        const properties: Record<string, TypeSpec> = {};
        const required: string[] = [];
        for (const symbol of symbols) {
            const type = this.checker.getTypeOfSymbol(symbol);
            const name = symbol.getName();
            properties[name] = { ...this.typeSpec(type, `${group}:${pascal(name)}`), ...this.words(symbol, type) };
            const optional = symbol.flags & ts.SymbolFlags.Optional || admitsUndefined(this.unwrapped(type).inner);
            if (!optional && !admitsUndefined(type)) required.push(name);
        }
        return { properties, required: required.sort() };
    }

    /** The description of a property: its comment, and the values that it can have where these are few. */
    private words(symbol: ts.Symbol, type: ts.Type): { description?: string } {
        const values = literals(this.checker.getNonNullableType(this.unwrapped(type).inner));
        const { description } = described(symbol, this.checker);
        const listed = values.length > 0 ? `One of: ${values.join(", ")}.` : undefined;
        const text = [description, listed].filter(Boolean).join("\n\n");
        return text === "" ? {} : { description: text };
    }

    /** `group` is what a type that has no name of its own is called. */
    private typeSpec(declared: ts.Type, group: string): TypeSpec {
        const { inner, plain } = this.unwrapped(this.checker.getNonNullableType(declared));
        const type = this.checker.getNonNullableType(inner);
        return { ...this.shape(type, group), ...(plain && { plain: true }) };
    }

    private shape(type: ts.Type, group: string): TypeSpec {
        if (isAll(type, ts.TypeFlags.StringLike)) return { type: "string" };
        if (isAll(type, ts.TypeFlags.NumberLike)) return { type: "number" };
        if (isAll(type, ts.TypeFlags.BooleanLike)) return { type: "boolean" };
        if (this.checker.isArrayType(type)) {
            const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
            if (item) return { type: "array", items: this.typeSpec(item, group) };
        }
        const values = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
        if (values) return { type: "object", additionalProperties: this.typeSpec(values, group) };
        if (type.isUnion() || this.checker.getPropertiesOfType(type).length === 0)
            throw new Error(`${group} is ${this.checker.typeToString(type)}, which a Pulumi schema can't say`);
        return { $ref: this.reference(type, group) };
    }

    private reference(type: ts.Type, group: string): string {
        const named = type.aliasSymbol ?? type.symbol;
        // One of TypeScript's own, such as Partial, names no type of ours.
        const file = named.declarations?.[0]?.getSourceFile();
        const anonymous = named.name.startsWith("__") || (file && this.program.isSourceFileDefaultLibrary(file));
        const module = group.slice(0, group.lastIndexOf(":"));
        const token = anonymous ? group : `${module}:${named.name}`;
        if (!this.types[token]) {
            this.types[token] = { type: "object", properties: {}, required: [] }; // first, since it may refer to itself
            const members = this.members(this.checker.getPropertiesOfType(type), module);
            this.types[token] = { type: "object", ...(!anonymous && described(named, this.checker)), ...members };
        }
        return `#/types/${token}`;
    }

    /** What is in an Input or an Output, and whether the type is neither. */
    private unwrapped(declared: ts.Type): { inner: ts.Type; plain: boolean } {
        const type = this.checker.getNonNullableType(declared);
        if (type.aliasSymbol?.name === "Input" || type.aliasSymbol?.name === "Output") {
            const [inner] = type.aliasTypeArguments ?? [];
            if (inner) return { inner, plain: false };
        }
        // `undefined` beside an Input takes its alias away: its members are the value, a promise and an output of it.
        const output = type.isUnion() ? type.types.find(isOutput) : isOutput(type) ? type : undefined;
        const [inner] = output ? argumentsOf(output, this.checker) : [];
        return inner ? { inner, plain: false } : { inner: type, plain: true };
    }
}

function isOutput(type: ts.Type): boolean {
    const names = type.isIntersection() ? type.types.map(({ symbol }) => symbol?.name) : [type.symbol?.name];
    return names.includes("OutputInstance");
}

function argumentsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
    const output = type.isIntersection() ? type.types.find(({ symbol }) => symbol?.name === "OutputInstance") : type;
    return output ? checker.getTypeArguments(output as ts.TypeReference) : [];
}

function admitsUndefined(type: ts.Type): boolean {
    return type.isUnion() ? type.types.some(admitsUndefined) : (type.flags & ts.TypeFlags.Undefined) !== 0;
}

function isAll(type: ts.Type, flags: ts.TypeFlags): boolean {
    return type.isUnion() ? type.types.every((part) => isAll(part, flags)) : (type.flags & flags) !== 0;
}

/** The values of a type that has only a few. */
function literals(type: ts.Type): string[] {
    const parts = type.isUnion() ? type.types : [type];
    const values = parts.flatMap((part) =>
        part.isStringLiteral() || part.isNumberLiteral() ? [String(part.value)] : [],
    );
    return values.length === parts.length ? values : [];
}

/** A comment as Markdown: its text, its default, its remarks and what it refers to. */
function described(symbol: ts.Symbol, checker: ts.TypeChecker): { description?: string } {
    const tags = symbol
        .getJsDocTags(checker)
        .map(({ name, text }) => ({ name, text: ts.displayPartsToString(text).trim() }));
    const all = (wanted: string) => tags.filter(({ name }) => name === wanted).map(({ text }) => text);
    const paragraphs = [
        ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        ...all("default").map((text) => `Default: ${text}`),
        ...all("remarks"),
        ...all("see").map((text) => `See ${text}`),
    ].map((text) => text.replace(/\s*\n\s*/g, " ").trim());
    const description = paragraphs.filter((text) => text !== "").join("\n\n");
    return description === "" ? {} : { description };
}

function withDefault(description: string | undefined, field: z.ZodType): string {
    const schema = unwrapped(field);
    const { whenOmitted } = { ...schema.meta(), ...field.meta() };
    const text = defaultInWords({ whenOmitted, optional: field instanceof z.ZodOptional, schema });
    return [description, `Default: ${text}`].filter(Boolean).join("\n\n");
}

function pascal(name: string): string {
    return name.charAt(0).toUpperCase() + name.slice(1);
}
