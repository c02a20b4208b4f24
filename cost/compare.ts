import type { Amounts, CostLine, Estimate } from "./estimate";

/** What differs between two estimates: positive is dearer. */
export interface Comparison {
    readonly now: Amounts;
    readonly before: Amounts;
    readonly monthlyUsd: Amounts;
    readonly components: readonly (Amounts & { readonly component: string })[];
    /** The lines that are new, gone or of another amount, the largest difference first. */
    readonly lines: readonly LineDifference[];
}

export interface LineDifference {
    readonly component: string;
    readonly resource: string;
    /** What it is now; absent where it is gone. */
    readonly now?: CostLine;
    /** What it was before; absent where it is new. */
    readonly before?: CostLine;
    readonly monthlyUsd: number;
}

/** How the cost of `now` differs from that of `before`. Both are whole: a missing price is an error of the estimate already. */
export function compare(now: Estimate, before: Estimate): Comparison {
    const names = new Set([...now.components, ...before.components].map(({ component }) => component));
    const amountsOf = (estimate: Estimate, name: string): Amounts =>
        estimate.components.find(({ component }) => component === name) ?? { total: 0, fixed: 0, usage: 0 };
    const components = [...names].map((component) => ({
        component,
        ...difference(amountsOf(now, component), amountsOf(before, component)),
    }));
    return {
        ...{ now: now.monthlyUsd, before: before.monthlyUsd },
        monthlyUsd: difference(now.monthlyUsd, before.monthlyUsd),
        components: components
            .filter(({ total }) => !isNothing(total))
            .sort((one, other) => Math.abs(other.total) - Math.abs(one.total)),
        lines: lineDifferences(now.lines, before.lines),
    };
}

/** Less than a hundredth of a cent is what sums of fractions leave. */
const isNothing = (usd: number) => Math.abs(usd) < 1e-4;

function difference(now: Amounts, before: Amounts): Amounts {
    return { total: now.total - before.total, fixed: now.fixed - before.fixed, usage: now.usage - before.usage };
}

function lineDifferences(now: readonly CostLine[], before: readonly CostLine[]): LineDifference[] {
    const earlier = keyed(before);
    const later = keyed(now);
    const all = [...new Set([...later.keys(), ...earlier.keys()])].flatMap((key) => {
        const [newer, older] = [later.get(key), earlier.get(key)];
        const { component, resource } = newer ?? older ?? { component: "", resource: "" };
        const monthlyUsd = (newer?.monthlyUsd ?? 0) - (older?.monthlyUsd ?? 0);
        return isNothing(monthlyUsd) ? [] : [{ component, resource, now: newer, before: older, monthlyUsd }];
    });
    return all.sort((one, other) => Math.abs(other.monthlyUsd) - Math.abs(one.monthlyUsd));
}

/** Lines by what they are about: of two prices of one kind for a resource, such as two classes, the one replaces the other. */
function keyed(lines: readonly CostLine[]): Map<string, CostLine> {
    const result = new Map<string, CostLine>();
    const counts = new Map<string, number>();
    for (const line of lines) {
        const kind = line.price.split("/")[0]?.replace("-multi-az", "").replace("-io-optimized", "");
        const key = `${line.component} ${line.resource} ${kind} ${line.usage ?? ""}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        result.set(`${key} ${count}`, line);
    }
    return result;
}
