import { NotCountedError, type PlannedResource, Reader } from "./plan/resource";
import type { Charge } from "./priced-type";
import { type Confidence, confidences, type Price, type PriceTable, pricedRegions, priceTable } from "./prices/prices";
import { pricedTypes, reasonForNoCharge } from "./types";
import type { Usage, UsageName } from "./usage";

/** What is charged for a resource in a month. */
export interface CostLine {
    readonly component: string;
    readonly resource: string;
    readonly type: string;
    /** What it is: `db.r6g.large, PostgreSQL, with a standby`. */
    readonly what: string;
    /** The key of the price in the table of prices. */
    readonly price: string;
    readonly unit: string;
    readonly quantity: number;
    readonly unitUsd: number;
    readonly monthlyUsd: number;
    /** The usage setting that the quantity comes from; absent where the plan alone decides it. */
    readonly usage?: UsageName;
    /** Whether it is a copy of a database that is only read from. */
    readonly isReplica?: boolean;
    readonly source: string;
    readonly asOf: string;
    readonly confidence: Confidence;
}

/** Resources of a type that no line is about. */
export interface Uncharged {
    readonly type: string;
    readonly count: number;
    readonly reason: string;
}

/** What a plan costs in a month, in US dollars, before taxes and discounts. */
export interface Estimate {
    readonly region: string;
    readonly monthlyUsd: Amounts;
    /** By the outermost component, the dearest first. */
    readonly components: readonly (Amounts & { readonly component: string })[];
    readonly lines: readonly CostLine[];
    readonly free: readonly Uncharged[];
    /** Types that have no price here, so that the estimate leaves them out. */
    readonly unpriced: readonly Uncharged[];
    /** The least confidence of any price in it. */
    readonly confidence: Confidence;
    /** The day from which its prices are to be looked up anew. */
    readonly validUntil: string;
}

export interface Amounts {
    readonly total: number;
    /** What the plan alone decides. */
    readonly fixed: number;
    /** What depends on use. */
    readonly usage: number;
}

/** The error of a plan that has no price. */
export class MissingPricesError extends Error {}

/**
 * What a plan costs in a month.
 * @param today decides which versions are in extended support
 * @throws MissingPricesError which names every price that is missing
 */
export function estimate(
    plan: readonly PlannedResource[],
    options: { region: string; usage: Usage; today: string },
): Estimate {
    const table = tableOf(options.region);
    const lines: CostLine[] = [];
    const missing = new Map<string, string>();
    const free: PlannedResource[] = [];
    const unpriced: { resource: PlannedResource; reason: string }[] = [];
    for (const resource of plan) {
        const charged = chargesOf(resource, plan, options);
        if ("reason" in charged) {
            if (charged.isFree) free.push(resource);
            else unpriced.push({ resource, reason: charged.reason });
            continue;
        }
        if (charged.charges.length === 0) free.push(resource);
        for (const charge of charged.charges) {
            const price = table.prices[charge.price];
            if (price) lines.push(lineOf(resource, charge, price));
            else missing.set(charge.price, resource.name);
        }
    }
    if (missing.size > 0) throw new MissingPricesError(missingText(options.region, missing));
    return {
        region: options.region,
        monthlyUsd: amountsOf(lines),
        components: byComponent(lines),
        lines,
        free: counted(free.map((resource) => ({ resource, reason: reasonForNoCharge(resource.type) ?? "" }))),
        unpriced: counted(unpriced),
        confidence: leastConfidence(lines),
        validUntil: table.validUntil,
    };
}

type Charged = { charges: readonly Charge[] } | { reason: string; isFree: boolean };

function chargesOf(
    resource: PlannedResource,
    plan: readonly PlannedResource[],
    { region, usage, today }: { region: string; usage: Usage; today: string },
): Charged {
    const priced = pricedTypes[resource.type];
    const noCharge = reasonForNoCharge(resource.type);
    if (!priced) {
        if (noCharge !== undefined) return { reason: noCharge, isFree: true };
        return { reason: "there is no price for this type", isFree: false };
    }
    if (resource.region !== undefined && resource.region !== region)
        return { reason: `it is in ${resource.region}, of which this is no estimate`, isFree: false };
    try {
        return { charges: priced.charges(new Reader(resource), { usage, plan, today }) };
    } catch (error) {
        if (error instanceof NotCountedError) return { reason: error.message, isFree: false };
        throw error;
    }
}

function tableOf(region: string): PriceTable {
    const table = priceTable(region);
    if (table) return table;
    throw new MissingPricesError(
        `there are no prices of ${region}, but of ${pricedRegions.join(", ")}: get them with \`npm run prices -- ${region}\` in a checkout of Plinth`,
    );
}

function missingText(region: string, missing: ReadonlyMap<string, string>): string {
    const names = [...missing].map(([price, resource]) => `  ${price} (${resource})`);
    return [
        `${missing.size === 1 ? "a price" : `${missing.size} prices`} of ${region} ${missing.size === 1 ? "is" : "are"} missing:`,
        ...names,
        `get them with \`npm run prices -- ${region}\` in a checkout of Plinth, or add them to cost/prices/data/${region}.json with their source`,
    ].join("\n");
}

function lineOf({ component, name, type }: PlannedResource, charge: Charge, price: Price): CostLine {
    const { usd, unit, source, asOf, confidence } = price;
    const { quantity, what, usage, isReplica } = charge;
    return {
        ...{ component, resource: name, type, what, price: charge.price, unit, quantity, unitUsd: usd },
        ...{ monthlyUsd: quantity * usd, usage, isReplica, source, asOf, confidence },
    };
}

function amountsOf(lines: readonly CostLine[]): Amounts {
    const sum = (some: readonly CostLine[]) => some.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
    const fixed = sum(lines.filter(({ usage }) => usage === undefined));
    const usage = sum(lines.filter((line) => line.usage !== undefined));
    return { total: fixed + usage, fixed, usage };
}

function byComponent(lines: readonly CostLine[]): Estimate["components"] {
    const names = [...new Set(lines.map(({ component }) => component))];
    const amounts = names.map((component) => ({
        component,
        ...amountsOf(lines.filter((line) => line.component === component)),
    }));
    return amounts.sort((one, other) => other.total - one.total || (one.component < other.component ? -1 : 1));
}

function counted(all: readonly { resource: PlannedResource; reason: string }[]): Uncharged[] {
    const counts = new Map<string, Uncharged>();
    for (const { resource, reason } of all) {
        const key = `${resource.type} ${reason}`;
        counts.set(key, { type: resource.type, reason, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    return [...counts.values()].sort((one, other) => (one.type < other.type ? -1 : 1));
}

function leastConfidence(lines: readonly CostLine[]): Confidence {
    const ranks = lines.map(({ confidence }) => confidences.indexOf(confidence));
    return confidences[Math.max(0, ...ranks)] ?? "low";
}
