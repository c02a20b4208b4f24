import * as ts from "typescript";
import { sourceOf, typesOf } from "./program";

/** What the comment on a setting says. */
export interface SettingComment {
    description: string;
    /** What a change does. */
    change?: string;
    /** Addresses of further reading. */
    links: string[];
}

/** The comments on what a module exports and imports. */
export class Comments {
    private readonly checker: ts.TypeChecker;
    private readonly source: ts.SourceFile;

    /** @param module its path in the checkout */
    constructor(root: string, module: string) {
        const program = typesOf(root);
        this.checker = program.getTypeChecker();
        this.source = sourceOf(program, root, module);
    }

    /** The type that the module exports under a name. */
    exportedType(name: string): ts.Type {
        const symbol = this.exports().find((exported) => exported.name === name);
        if (!symbol) throw new Error(`${this.source.fileName} exports no ${name}`);
        return this.checker.getDeclaredTypeOfSymbol(symbol);
    }

    /** The comment on what the module imports under a name. */
    importedComment(name: string): SettingComment {
        const symbols = this.checker.getSymbolsInScope(this.source, ts.SymbolFlags.Alias);
        const alias = symbols.find((symbol) => symbol.name === name);
        if (!alias) throw new Error(`${this.source.fileName} imports no ${name}`);
        return this.commentOf(this.checker.getAliasedSymbol(alias));
    }

    /** The type of a property, and its comment. */
    property(of: ts.Type, name: string): { type: ts.Type; comment: SettingComment } {
        const symbol = this.checker.getPropertyOfType(this.checker.getNonNullableType(of), name);
        if (!symbol) throw new Error(`${this.checker.typeToString(of)} has no property ${name}`);
        return { type: this.checker.getTypeOfSymbol(symbol), comment: this.commentOf(symbol) };
    }

    /** The type of the values that a record holds by name. */
    entryType(of: ts.Type): ts.Type {
        const type = this.checker.getIndexTypeOfType(this.checker.getNonNullableType(of), ts.IndexKind.String);
        if (!type) throw new Error(`${this.checker.typeToString(of)} is not a record`);
        return type;
    }

    /** The type of the values that a list holds. */
    elementType(of: ts.Type): ts.Type {
        const type = this.checker.getIndexTypeOfType(this.checker.getNonNullableType(of), ts.IndexKind.Number);
        if (!type) throw new Error(`${this.checker.typeToString(of)} is not a list`);
        return type;
    }

    private exports(): ts.Symbol[] {
        const symbol = this.checker.getSymbolAtLocation(this.source);
        return symbol ? this.checker.getExportsOfModule(symbol) : [];
    }

    private commentOf(symbol: ts.Symbol): SettingComment {
        const tags = symbol.getJsDocTags(this.checker);
        const textOf = (tag: ts.JSDocTagInfo) => joined(ts.displayPartsToString(tag.text));
        const change = tags.find(({ name }) => name === "remarks");
        return {
            description: joined(ts.displayPartsToString(symbol.getDocumentationComment(this.checker))),
            change: change && textOf(change),
            // TypeScript reads the scheme of an address as a name.
            links: tags.filter(({ name }) => name === "see").map((tag) => textOf(tag).replace(/^(https?)\s*:/, "$1:")),
        };
    }
}

/** Lines of a paragraph as one line; lists and paragraphs stay apart. */
function joined(text: string): string {
    return text.replace(/([^\n])\n(?!\n|\s*(\d+\.|-) )/g, "$1 ").trim();
}
