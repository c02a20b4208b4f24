import { caches } from "./caches";
import { databases } from "./databases";
import { networks } from "./networks";
import { nodes } from "./nodes";
import type { PriceRule } from "./rule";
import { monitoring, services } from "./services";

/**
 * How each price of the tables is found in AWS's price list. Usage types, columns and units were read in public copies of the list; a
 * rule says what was in none of them.
 */
export const priceRules: readonly PriceRule[] = [
    ...nodes,
    ...networks,
    ...databases,
    ...caches,
    ...services,
    ...monitoring,
];

/** The rule of a key of the tables. */
export function ruleOf(key: string): PriceRule | undefined {
    return priceRules.find((rule) => {
        if (!rule.classes) return rule.key === key;
        const beforeClass = rule.key.slice(0, -1);
        return key.startsWith(beforeClass) && rule.classes.test(key.slice(beforeClass.length));
    });
}

export { type OfferFile, type OfferName, offerFiles, type PriceRule } from "./rule";
