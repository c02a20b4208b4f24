import type { PlannedResource, Reader } from "./plan/resource";
import type { Usage, UsageName } from "./usage";

/** Hours in a month, as AWS's own calculator counts them. */
export const HOURS = 730;

/** Something that a resource is charged for. */
export interface Charge {
    /** Its key in the table of prices: `rds/postgres/db.t3.micro`. */
    readonly price: string;
    /** How many of the price's units in a month. */
    readonly quantity: number;
    /** What it is, for readers: `db.t3.micro, PostgreSQL`. */
    readonly what: string;
    /** The usage setting that decides the quantity, where the plan does not. */
    readonly usage?: UsageName;
    /** Whether it is a copy of a database that is only read from. */
    readonly isReplica?: boolean;
}

/** How resources of a type are priced. */
export interface PricedType {
    /** The inputs that the charges depend on. */
    readonly reads: readonly string[];
    /** The inputs whose resources the charges depend on too. */
    readonly follows?: readonly string[];
    charges(resource: Reader, context: PricingContext): Charge[];
}

/** What charges depend on besides the resource itself. */
export interface PricingContext {
    readonly usage: Usage;
    /** Everything that is planned. */
    readonly plan: readonly PlannedResource[];
    /** The day of the estimate, as `2026-11-26`. */
    readonly today: string;
}

/** A charge by the hour for something that runs all month. */
export function hourly(price: string, what: string, count = 1): Charge {
    return { price, what, quantity: HOURS * count };
}

/** A charge that depends on use. None where nothing is used. */
export function used(usage: UsageName, quantity: number, price: string, what: string): Charge {
    return { price, what, quantity, usage };
}

/** How many there are, in front of what it is: `9 × `, and nothing for one. */
export function times(count: number): string {
    return count === 1 ? "" : `${count} × `;
}
