/**
 * The fields of a line of CSV. A field may stand in quotes, and then holds commas, and quotes that are doubled.
 * @returns undefined where a quote is not closed: the line was cut
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function fieldsOf(line: string): string[] | undefined {
    const fields: string[] = [];
    let at = 0;
    while (at <= line.length) {
        if (line[at] === '"') {
            const end = closingQuote(line, at + 1);
            if (end === undefined) return undefined;
            fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
            at = end + 2;
        } else {
            const comma = line.indexOf(",", at);
            const end = comma < 0 ? line.length : comma;
            fields.push(line.slice(at, end));
            at = end + 1;
        }
    }
    return fields;
}

function closingQuote(line: string, from: number): number | undefined {
    for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 2)) if (line[at + 1] !== '"') return at;
    return undefined;
}

/** The lines of a text that comes in pieces, without their ends. An error of the pieces is an error here. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const piece of pieces) {
        const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    rest += decoder.decode();
    if (rest !== "") yield rest;
}
