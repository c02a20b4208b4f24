import { fieldsOf } from "./csv";

/** The error of a file of the price list that can't be used; its message says why. */
export class OfferError extends Error {}

/** What a file says of itself. */
export interface OfferHeader {
    readonly code: string;
    /** The day that AWS published it, as `2026-10-06`. */
    readonly published: string;
}

/** A row of the price list: a price, and what it is the price of. */
export class OfferRow {
    constructor(
        private readonly columns: ReadonlyMap<string, number>,
        private readonly fields: readonly string[],
    ) {}

    /** What a column holds. Empty where the row or the file has nothing there. */
    get(column: string): string {
        const at = this.columns.get(column.toLowerCase());
        return at === undefined ? "" : (this.fields[at] ?? "");
    }
}

/**
 * Reads a file of the price list row by row: facts about the file, the names of the columns, then one row for each price.
 * @param needed columns that it must have
 * @throws OfferError for a file of another kind, and for one that was cut
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 */
export async function readOffer(
    name: string,
    lines: AsyncIterable<string>,
    needed: readonly string[],
    onRow: (row: OfferRow) => void,
): Promise<OfferHeader & { readonly rows: number }> {
    const facts = new Map<string, string>();
    let columns: ReadonlyMap<string, number> | undefined;
    let rows = 0;
    for await (const line of lines) {
        if (line === "") continue;
        const fields = fieldsOf(line);
        if (columns === undefined) {
            const [first = "", second = ""] = fields ?? [];
            if (first === "SKU") columns = columnsOf(name, fields ?? [], needed);
            else facts.set(first, second);
            continue;
        }
        rows++;
        if (fields?.length !== columns.size)
            throw new OfferError(`${name} was cut: its row ${rows} is not whole. Get it again`);
        onRow(new OfferRow(columns, fields));
    }
    const [code, published] = [facts.get("OfferCode"), facts.get("Publication Date")?.slice(0, 10)];
    if (columns === undefined || code === undefined || !/^\d{4}-\d\d-\d\d$/.test(published ?? ""))
        throw new OfferError(
            `${name} is no file of AWS's price list, or was cut: it has no OfferCode, no Publication Date or no names of columns. Get it again, as CSV`,
        );
    if (rows === 0) throw new OfferError(`${name} has no prices: it was cut. Get it again`);
    return { code, published: published ?? "", rows };
}

function columnsOf(name: string, fields: readonly string[], needed: readonly string[]): ReadonlyMap<string, number> {
    const columns = new Map(fields.map((column, at) => [column.toLowerCase(), at]));
    const missing = needed.filter((column) => !columns.has(column.toLowerCase()));
    if (missing.length > 0)
        throw new OfferError(
            `${name} has no column ${missing.join(", ")}: AWS has changed its list. cost/prices/offers says what is read of it`,
        );
    return columns;
}
