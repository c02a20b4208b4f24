import * as tables from "./data";
import type { TableFile } from "./table";

/** How far a price can be trusted, the most certain first: an extract of AWS's price list or two sources that agree, one source, or derived from others. */
export const confidences = ["high", "medium", "low"] as const;
export type Confidence = (typeof confidences)[number];

/** A price before taxes and discounts, for one unit. */
export interface Price {
    readonly usd: number;
    /** `hour`, `month`, `GB-month`, `1M requests`. */
    readonly unit: string;
    /** Where it was read. */
    readonly source: string;
    /** The day that the source speaks of. */
    readonly asOf: string;
    readonly confidence: Confidence;
}

/** The prices of a region. */
export interface PriceTable {
    readonly region: string;
    /** The day from which the prices are to be looked up anew. */
    readonly validUntil: string;
    readonly prices: Readonly<Record<string, Price>>;
}

const files: readonly TableFile[] = Object.values(tables);

/** The regions that there are prices of. */
export const pricedRegions: readonly string[] = files.map(({ region }) => region).sort();

/** The prices of a region; undefined where there are none. */
export function priceTable(region: string): PriceTable | undefined {
    const file = files.find((one) => one.region === region);
    if (!file) return undefined;
    const prices = Object.entries(file.prices).map(([key, price]): [string, Price] => [
        key,
        {
            ...price,
            source: file.sources[price.source] ?? price.source,
            confidence: confidences.find((confidence) => confidence === price.confidence) ?? "low",
        },
    ]);
    return { region, validUntil: file.validUntil, prices: Object.fromEntries(prices) };
}
