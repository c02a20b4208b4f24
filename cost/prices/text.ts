import type { KeptPrice, PriceChange, Refresh, RefusedPrice } from "./refresh";

/** What a refresh found, for people. */
export function refreshText(file: string, { table, changes, confirmed, kept }: Refresh, isWritten: boolean): string {
    return [
        ...(changes.length > 0 ? [`${counted(changes.length, "price")} changed:`] : ["No price changed."]),
        ...changes.map(changeText),
        `${counted(confirmed, "price")} as before.`,
        ...(kept.length > 0 ? ["", "Without a price in the list, so as before:"] : []),
        ...kept.map(keptText),
        "",
        isWritten ? `Wrote ${file}, good until ${table.validUntil}.` : `${file} was not written.`,
        "",
    ].join("\n");
}

function changeText({ key, before, after }: PriceChange): string {
    if (before === undefined) return `  ${key}: new, $${after}`;
    const percent = ((after / before - 1) * 100).toFixed(1);
    return `  ${key}: $${before} → $${after} (${after > before ? "+" : ""}${percent} %)`;
}

function keptText({ key, asOf, listed }: KeptPrice): string {
    const several = listed ? `; the list has $${listed.join(" and $")}` : "";
    return `  ${key}: ${asOf ? `of ${asOf}` : "has none"}${several}`;
}

/** Why nothing was written. */
export function refusalText(region: string, refused: readonly RefusedPrice[]): string {
    return [
        `${counted(refused.length, "price")} of ${region} may be mistakes, so nothing was written:`,
        ...refused.map(({ key, reasons }) => `  ${key}: ${reasons.join("; ")}`),
        "Compare them with AWS's page of prices. Where they are right, take them with --force; where not, mend the rule in cost/prices/offers",
    ].join("\n");
}

export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
