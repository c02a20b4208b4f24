import * as path from "node:path";
import { type OfferHeader, readOffer } from "../offer";
import { fromFolder } from "../offer-source";
import { type OfferName, offerFiles } from "../offers";
import { type Quote, QuoteCollector } from "../quotes";

/**
 * A small price list of eu-west-1: for every rule the row that it means, and rows that look like it and mean something else. Columns and
 * names are those of AWS's files.
 */
export const priceList = path.join(__dirname, "price-list");

/** What the small price list has for our tables. */
export async function quotesOfPriceList(): Promise<Quote[]> {
    const source = fromFolder(priceList);
    const all = await Promise.all(
        (Object.keys(offerFiles) as OfferName[]).map(async (offer) => {
            const lines = await source(offer, "eu-west-1");
            if (!lines) throw new Error(`${priceList} has no ${offer}.csv`);
            const collector = new QuoteCollector(offer, "eu-west-1");
            const header = await readOffer(offer, lines, collector.columns, (row) => collector.add(row));
            return collector.quotes(header);
        }),
    );
    return all.flat();
}

/** What a collector makes of rows, each of which is given by what its columns hold. */
export async function quotesOf(
    offer: OfferName,
    region: string,
    rows: readonly Readonly<Record<string, string>>[],
): Promise<Quote[]> {
    const collector = new QuoteCollector(offer, region);
    const columns = ["SKU", ...collector.columns, "Location Type", "Region Code"];
    const defaults = { SKU: "A", TermType: "OnDemand", StartingRange: "0", Currency: "USD", "Region Code": region };
    const lines = [
        `"OfferCode","${offerFiles[offer].code}"`,
        '"Publication Date","2026-10-06T12:44:25Z"',
        columns.map((column) => `"${column}"`).join(","),
        ...rows.map((row) => {
            const cells: Readonly<Record<string, string>> = { ...defaults, ...row };
            return columns.map((column) => `"${cells[column] ?? ""}"`).join(",");
        }),
    ];
    const header: OfferHeader = await readOffer(offer, each(lines), collector.columns, (row) => collector.add(row));
    return collector.quotes(header);
}

/** Lines as they come from a file. */
export async function* each(lines: readonly string[]): AsyncGenerator<string> {
    yield* lines;
}
