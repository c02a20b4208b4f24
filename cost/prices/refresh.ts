import type { OfferHeader } from "./offer";
import { priceRules } from "./offers";
import type { Quote } from "./quotes";
import type { TableFile, TableRow } from "./table";

/** A price that is not what it was. `before` is absent where it is new. */
export interface PriceChange {
    readonly key: string;
    readonly before?: number;
    readonly after: number;
}

/** A price that stays as it is, or stays missing where the table has none. */
export interface KeptPrice {
    readonly key: string;
    /** Of what day it is; absent where the table has none. */
    readonly asOf?: string;
    /** What AWS's list has for it, where it has several prices, none of which can be taken. */
    readonly listed?: readonly number[];
}

/** A price that is not taken unread. */
export interface RefusedPrice {
    readonly key: string;
    readonly reasons: readonly string[];
}

export interface Refresh {
    /** The table with what the list says. */
    readonly table: TableFile;
    readonly changes: readonly PriceChange[];
    /** How many prices the list has as the table had them. */
    readonly confirmed: number;
    readonly kept: readonly KeptPrice[];
    readonly refused: readonly RefusedPrice[];
}

/** A price that becomes more than twice, or less than half, is rather a mistake than a price of AWS. */
const MOST_CHANGE = 2;
const VALID_MONTHS = 6;

/**
 * A table with what AWS's list says. What the list does not have stays as it is.
 * @param before the region's table; undefined for a new region
 * @param isComplete whether every file of the list was read. Only then is the whole table good for another half year
 */
export function refresh(
    before: TableFile | undefined,
    quotes: readonly Quote[],
    { region, isComplete }: { region: string; isComplete: boolean },
): Refresh {
    const rows: Record<string, TableRow> = { ...before?.prices };
    const sources = new Sources(before?.sources ?? {});
    const changes: PriceChange[] = [];
    const refused: RefusedPrice[] = [];
    const several = new Map<string, readonly number[]>();
    for (const { key, unit, prices, header, doubts } of quotes) {
        const old = rows[key];
        const [usd] = prices;
        if (usd === undefined || prices.length > 1) {
            several.set(key, prices);
            continue;
        }
        const all = [...doubts, ...jump(old, usd, unit)];
        if (all.length > 0) refused.push({ key, reasons: all });
        if (old?.usd !== usd) changes.push({ key, before: old?.usd, after: usd });
        rows[key] = { usd, unit, source: sources.idOf(sourceOf(header)), asOf: header.published, confidence: "high" };
    }
    const taken = new Set(quotes.map(({ key }) => key).filter((key) => !several.has(key)));
    const fixed = priceRules.filter(({ classes }) => !classes).map(({ key }) => key);
    const kept = [...new Set([...Object.keys(rows), ...fixed])]
        .filter((key) => !taken.has(key))
        .map((key) => ({ key, asOf: rows[key]?.asOf, listed: several.get(key) }));
    const newest =
        quotes
            .map(({ header }) => header.published)
            .sort()
            .at(-1) ?? "";
    return {
        table: {
            region,
            currency: before?.currency ?? "USD, before taxes and discounts",
            validUntil: before && !isComplete ? before.validUntil : monthsAfter(newest, VALID_MONTHS),
            sources: sources.used(rows),
            prices: sorted(rows),
        },
        changes: changes.sort((one, other) => compareKeys(one.key, other.key)),
        confirmed: taken.size - changes.length,
        kept: kept.sort((one, other) => compareKeys(one.key, other.key)),
        refused: refused.sort((one, other) => compareKeys(one.key, other.key)),
    };
}

function jump(old: TableRow | undefined, usd: number, unit: string): string[] {
    if (!old) return [];
    if (old.unit !== unit) return [`the table has it by ${old.unit}, and the rule gives it by ${unit}`];
    const isFar = usd > old.usd * MOST_CHANGE || usd < old.usd / MOST_CHANGE;
    return isFar ? [`it would change from $${old.usd} to $${usd}`] : [];
}

const sourceOf = ({ code, published }: OfferHeader) => `AWS price list, ${code} ${published}`;

/** The sources of a table by their keys. New ones get the next free key, so that the others keep theirs. */
class Sources {
    private readonly ids: Map<string, string>;
    private last: number;

    constructor(before: TableFile["sources"]) {
        this.ids = new Map(Object.entries(before).map(([id, text]) => [text, id]));
        this.last = Math.max(0, ...Object.keys(before).map((id) => Number(id.slice(1))));
    }

    idOf(text: string): string {
        const id = this.ids.get(text) ?? `s${++this.last}`;
        this.ids.set(text, id);
        return id;
    }

    used(rows: TableFile["prices"]): TableFile["sources"] {
        const named = new Set(Object.values(rows).map(({ source }) => source));
        return Object.fromEntries([...this.ids].flatMap(([text, id]) => (named.has(id) ? [[id, text]] : [])));
    }
}

function sorted(rows: TableFile["prices"]): TableFile["prices"] {
    return Object.fromEntries(Object.entries(rows).sort(([one], [other]) => compareKeys(one, other)));
}

const compareKeys = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The same day some months later, or the last of that month. */
function monthsAfter(day: string, months: number): string {
    const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
