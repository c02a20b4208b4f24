import type { Advice } from "./advice";
import type { Comparison } from "./compare";
import type { CostLine, Estimate } from "./estimate";

/** An estimate for people: components with their lines, the dearest first. */
export function estimateText(name: string, estimate: Estimate, advice: readonly Advice[], today: string): string {
    const { monthlyUsd, confidence, region } = estimate;
    const rows = estimate.components.flatMap(({ component, ...amounts }) => [
        [component, "", "", "", money(amounts.total)],
        ...merged(estimate.lines.filter((line) => line.component === component)).map(lineRow),
    ]);
    return [
        `${name} costs about ${money(monthlyUsd.total)} a month in ${region}: ${money(monthlyUsd.fixed)} for what is planned, ${money(monthlyUsd.usage)} for assumed use (marked ~).`,
        "US dollars before taxes and discounts, for months of 730 hours.",
        "",
        ...aligned(rows),
        "",
        `Free: ${estimate.free.reduce((sum, { count }) => sum + count, 0)} resources of ${new Set(estimate.free.map(({ type }) => type)).size} types.`,
        ...estimate.unpriced.map(({ type, count, reason }) => `Not counted: ${count} × ${type}: ${reason}.`),
        `The least certain price in it has ${confidence} confidence; --json has the source and the date of each.`,
        ...(today > estimate.validUntil
            ? [`The prices were looked up for the time until ${estimate.validUntil}: npm run prices -- ${region}`]
            : []),
        ...(advice.length > 0 ? ["", "To pay less (the savings do not add up):"] : []),
        ...aligned(advice.map(({ title, text, savesUsd }) => [`  ${title}`, text, money(savesUsd)])),
        "",
    ].join("\n");
}

/** A difference for people. */
export function comparisonText(name: string, other: string, { monthlyUsd, components, lines }: Comparison): string {
    if (lines.length === 0) return `${name} costs as much as ${other}.\n`;
    return [
        `${name} costs ${signed(monthlyUsd.total)} a month against ${other}.`,
        "",
        ...aligned(components.map(({ component, total }) => [component, signed(total)])),
        "",
        ...aligned(
            lines.map(({ resource, before, now, monthlyUsd: usd }) => [
                `  ${resource}`,
                changeOf(before, now),
                signed(usd),
            ]),
        ),
        "",
    ].join("\n");
}

function changeOf(before: CostLine | undefined, now: CostLine | undefined): string {
    if (!before) return `+ ${now?.what}`;
    if (!now) return `- ${before.what}`;
    return before.what === now.what ? now.what : `${before.what} → ${now.what}`;
}

/** Equal lines of several resources as one. */
function merged(lines: readonly CostLine[]): (CostLine & { count: number })[] {
    const groups = new Map<string, CostLine & { count: number }>();
    for (const line of lines) {
        const key = [line.price, line.what, line.quantity, line.usage].join(" ");
        const before = groups.get(key);
        groups.set(key, {
            ...line,
            resource: before?.resource ?? line.resource,
            monthlyUsd: (before?.monthlyUsd ?? 0) + line.monthlyUsd,
            count: (before?.count ?? 0) + 1,
        });
    }
    return [...groups.values()].sort((one, other) => other.monthlyUsd - one.monthlyUsd);
}

function lineRow({ resource, what, unit, quantity, unitUsd, monthlyUsd, usage, count }: CostLine & { count: number }) {
    const where = count === 1 ? resource : `${count} × ${what}`;
    return [
        `  ${where}`,
        count === 1 ? what : "",
        `${amount(quantity * count)} × $${unitUsd} per ${unit}`,
        usage === undefined ? "" : `~ ${usage}`,
        money(monthlyUsd),
    ];
}

const amount = (value: number) => String(Math.round(value * 100) / 100);

export function money(usd: number): string {
    return `$${usd.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",")}`;
}

function signed(usd: number): string {
    return `${usd < 0 ? "-" : "+"}${money(Math.abs(usd))}`;
}

/** Columns as wide as their widest entry, the last one to the right. */
function aligned(rows: readonly string[][]): string[] {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows.map((row) =>
        row
            .map((cell, column) => {
                const width = widths[column] ?? 0;
                return column === row.length - 1 ? cell.padStart(width) : cell.padEnd(width);
            })
            .join("  ")
            .trimEnd(),
    );
}
