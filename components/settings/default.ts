import type { TierName } from "./tier";

/** The value of a setting that a stack leaves out. */
export type Default =
    | { readonly kind: "fixed"; readonly value: unknown }
    | { readonly kind: "tier"; readonly values: Readonly<Record<TierName, unknown>> }
    | { readonly kind: "engine"; readonly engines: Readonly<Record<string, Default>> };

/** What decides the defaults of a group of settings. */
export interface DefaultContext {
    tier: TierName;
    /** The engine, where defaults differ by engine. A group with a setting of that name uses its own. */
    engine?: string;
}

/** One default for every stack. */
export function byDefault(value: unknown): { whenOmitted: Default } {
    return { whenOmitted: { kind: "fixed", value } };
}

/** A default for each tier. `undefined` is none. */
export function byTier(dev: unknown, staging: unknown, prod: unknown): { whenOmitted: Default } {
    return { whenOmitted: { kind: "tier", values: { dev, staging, prod } } };
}

/** A default for each engine: a value, or what `byTier` returns. An engine that is not named has none. */
export function byEngine(engines: Record<string, unknown>): { whenOmitted: Default } {
    const entries = Object.entries(engines).map(([engine, value]) => [engine, defaultOf(value)] as const);
    return { whenOmitted: { kind: "engine", engines: Object.fromEntries(entries) } };
}

function defaultOf(value: unknown): Default {
    const nested = value as { whenOmitted?: Default } | undefined;
    return nested?.whenOmitted ?? { kind: "fixed", value };
}

/** The value that a default comes to. */
export function defaultValue(rule: Default | undefined, context: DefaultContext): unknown {
    switch (rule?.kind) {
        case undefined:
            return undefined;
        case "fixed":
            return rule.value;
        case "tier":
            return rule.values[context.tier];
        case "engine":
            return defaultValue(rule.engines[context.engine ?? ""], context);
    }
}
