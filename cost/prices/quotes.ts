import { OfferError, type OfferHeader, type OfferRow } from "./offer";
import { type OfferName, offerFiles, type PriceRule, priceRules } from "./offers";

/** What the list has for a key of our tables. */
export interface Quote {
    readonly key: string;
    readonly unit: string;
    /** US dollars for one of our units. Where the list has several prices for it, none can be taken. */
    readonly prices: readonly number[];
    readonly header: OfferHeader;
    /** Why it should not be taken unread: another unit than the rule expects, or nothing to pay. */
    readonly doubts: readonly string[];
}

/** The columns that every file must have. */
const columns = ["TermType", "StartingRange", "Unit", "PricePerUnit", "Currency", "usageType"];

interface Listed {
    readonly usd: number;
    readonly unit: string;
}

/** What was found for a key: the price, and what is charged on top. */
interface Found {
    readonly rule: PriceRule;
    readonly key: string;
    readonly prices: Listed[];
    readonly surcharges: Listed[];
}

/** Picks the prices of our tables out of the rows of one file. */
export class QuoteCollector {
    /** The columns that the file must have. */
    readonly columns: readonly string[];
    private readonly isGlobal: boolean;
    private readonly found = new Map<string, Found>();
    private readonly byUsage = new Map<string, PriceRule[]>();

    constructor(
        offer: OfferName,
        private readonly region: string,
    ) {
        this.isGlobal = offerFiles[offer].scope === "global";
        const rules = priceRules.filter((rule) => rule.offer === offer);
        for (const rule of rules)
            for (const usage of [...rule.usage, ...(rule.surcharge ?? [])])
                this.byUsage.set(usage, [...(this.byUsage.get(usage) ?? []), rule]);
        const others = rules.flatMap(({ where, classes }) => [
            ...Object.keys(where ?? {}),
            ...(classes ? ["Instance Type"] : []),
        ]);
        this.columns = [...new Set([...columns, ...others])];
    }

    /** Takes a row, where a rule asks for it. */
    add(row: OfferRow): void {
        if (row.get("TermType") !== "OnDemand" || row.get("Currency") !== "USD") return;
        if (Number(row.get("StartingRange") || 0) !== 0) return;
        const usage = this.isGlobal ? row.get("usageType") : withoutRegion(row.get("usageType"));
        const withClass = `${usage.split(":")[0]}:*`;
        for (const name of [usage, withClass])
            for (const rule of this.byUsage.get(name) ?? []) if (this.concerns(rule, row)) this.take(rule, name, row);
    }

    private take(rule: PriceRule, usage: string, row: OfferRow): void {
        const key = rule.classes ? rule.key.replace("*", row.get("Instance Type")) : rule.key;
        const found = this.found.get(key) ?? { rule, key, prices: [], surcharges: [] };
        this.found.set(key, found);
        const usd = Number(row.get("PricePerUnit") || Number.NaN);
        if (Number.isNaN(usd))
            throw new OfferError(`the price of ${row.get("usageType")} is no number: "${row.get("PricePerUnit")}"`);
        const listed = { usd, unit: row.get("Unit") };
        (rule.usage.includes(usage) ? found.prices : found.surcharges).push(listed);
    }

    private concerns({ where = {}, classes }: PriceRule, row: OfferRow): boolean {
        if (!this.isGlobal && !this.isInRegion(row)) return false;
        if (classes && !classes.test(row.get("Instance Type"))) return false;
        return Object.entries(where).every(([column, values]) => values.includes(row.get(column)));
    }

    /** The file of a region has Outposts, Local Zones and Wavelength too, which have prices of their own. */
    private isInRegion(row: OfferRow): boolean {
        const isAny = (value: string, expected: string) => value === "" || value === expected;
        const region = row.get("Region Code") || row.get("From Region Code");
        const kind = row.get("Location Type") || row.get("From Location Type");
        return isAny(region, this.region) && isAny(kind, "AWS Region");
    }

    quotes(header: OfferHeader): Quote[] {
        return [...this.found.values()].flatMap(({ rule, key, prices, surcharges }) => {
            if (prices.length === 0 || (rule.surcharge && surcharges.length === 0)) return [];
            const price = priceOf(rule, prices);
            const surcharge = rule.surcharge ? priceOf(rule, surcharges) : { prices: [0], doubts: [] };
            const sums = price.prices.flatMap((usd) =>
                surcharge.prices.map((more) => plain((usd + more) * (rule.times ?? 1))),
            );
            const nothing = sums.filter((usd) => !(usd > 0)).map((usd) => `it would be $${usd}`);
            const doubts = [...new Set([...price.doubts, ...surcharge.doubts, ...nothing])];
            return [{ key, unit: rule.unit, prices: sums, header, doubts }];
        });
    }
}

/** Sums and products of fractions end in digits of no meaning. */
const plain = (usd: number) => Number(usd.toPrecision(12));

/** The prices among rows, of which there should be one. A free allowance may stand beside it as a row of its own. */
function priceOf(rule: PriceRule, listed: readonly Listed[]): Pick<Quote, "prices" | "doubts"> {
    const spellings = rule.listedBy.map((unit) => unit.toLowerCase());
    const expected = listed.filter(({ unit }) => spellings.includes(unit.toLowerCase()));
    const rows = expected.length > 0 ? expected : listed;
    const doubt = `AWS lists it by "${listed[0]?.unit}", and the rule expects ${rule.listedBy.join(" or ")}`;
    const paid = rows.filter(({ usd }) => usd !== 0);
    const prices = (paid.length > 0 ? paid : rows).map(({ usd }) => usd);
    return { prices: [...new Set(prices)], doubts: expected.length > 0 ? [] : [doubt] };
}

/** AWS's names of regions in usage types: `EU-`, `EUW3-`, `eu-west-3-`, and none in many of us-east-1. */
const regionPrefix = /^(?:EU|[A-Z]{3}\d|[a-z]{2}(?:-[a-z]+)+-\d)-/;

function withoutRegion(usageType: string): string {
    return usageType.replace(regionPrefix, "");
}
