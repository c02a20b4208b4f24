import type { Node } from "@pgsql/types";
import { OpsError } from "../ops-error";

/** A statement of a file, as PostgreSQL's own parser reads it. */
export interface SqlStatement {
    text: string;
    /** The line of the file that it begins in. */
    line: number;
    /** The comments directly before it. */
    comments: string;
    tree: Node;
}

/** The statements of a text. */
export async function splitStatements(text: string, where: string): Promise<SqlStatement[]> {
    const { parse, hasSqlDetails } = await import("libpg-query");
    // The parser counts in bytes.
    const bytes = Buffer.from(text);
    try {
        const { stmts = [] } = await parse(text);
        let end = 0;
        return stmts.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
            // Some versions of the parser count what precedes a statement to it, others do not.
            const raw = bytes.subarray(end, length ? start + length : undefined).toString();
            const comments = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(raw)?.[0] ?? "";
            const line = lineAt(bytes.subarray(0, end).toString() + comments);
            end = length ? start + length : bytes.length;
            return stmt ? [{ text: raw.slice(comments.length).trim(), line, comments, tree: stmt }] : [];
        });
    } catch (error) {
        if (!(error instanceof Error)) throw error;
        const position = hasSqlDetails(error) ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
        throw new OpsError(`${where}:${lineAt(text.slice(0, position))}: ${error.message}`, { cause: error });
    }
}

function lineAt(before: string): number {
    return before.split("\n").length;
}
