/** A region's prices as they stand in a file. Many prices have one source, so each stands once. */
export interface TableFile {
    readonly region: string;
    readonly currency: string;
    readonly validUntil: string;
    readonly sources: Readonly<Record<string, string>>;
    readonly prices: Readonly<Record<string, TableRow>>;
}

export interface TableRow {
    readonly usd: number;
    readonly unit: string;
    /** The key of its source. */
    readonly source: string;
    readonly asOf: string;
    readonly confidence: string;
}

/** One line for each price, so that a difference shows what changed. */
export function formatTable({ region, currency, validUntil, sources, prices }: TableFile): string {
    const rowOf = ({ usd, unit, source, asOf, confidence }: TableRow) =>
        `{${Object.entries({ usd, unit, source, asOf, confidence })
            .map(([name, value]) => `"${name}": ${JSON.stringify(value)}`)
            .join(", ")}}`;
    const lines = (entries: [string, string][]) => entries.map(([key, text]) => `"${key}": ${text}`).join(",\n");
    return [
        "{",
        ...Object.entries({ region, currency, validUntil }).map(([key, text]) => `"${key}": ${JSON.stringify(text)},`),
        `"sources": {\n${lines(Object.entries(sources).map(([key, text]) => [key, JSON.stringify(text)]))}\n},`,
        `"prices": {\n${lines(Object.entries(prices).map(([key, row]) => [key, rowOf(row)]))}\n}`,
        "}",
        "",
    ].join("\n");
}

/** The module that imports every table of a folder, by which a bundle has them. */
export function formatIndex(regions: readonly string[]): string {
    const nameOf = (region: string) => region.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [
        "// Made by `npm run prices`: the tables of this folder.",
        ...[...regions].sort().map((region) => `export { default as ${nameOf(region)} } from "./${region}.json";`),
        "",
    ].join("\n");
}
