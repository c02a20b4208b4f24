import { createHash } from "node:crypto";
import type { Limit } from "./body";

/** How many values a line of sample data has. */
const points = 48;

/** Numbers from 0 to 1 that look random and are the same for the same seed. */
function randomOf(seed: string): () => number {
    let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
    return () => {
        // https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

/**
 * Values that a healthy platform could have: on the right side of the threshold, or around fifty where there is none. The same at
 * every run, so that a rendered dashboard changes only with the dashboard.
 */
export function sampleOf(seed: string, limits: readonly Limit[]): number[] {
    const random = randomOf(seed);
    const [limit] = limits;
    const level = levelOf(limit) * (0.8 + 0.4 * random());
    let value = level;
    return Array.from({ length: points }, () => {
        value += level * 0.15 * (random() - 0.5) + (level - value) * 0.2;
        return Math.max(0, value);
    });
}

function levelOf(limit: Limit | undefined): number {
    if (limit === undefined) return 50;
    // An alarm on anything at all is on what is usually nothing.
    if (limit.value === 0) return limit.label.startsWith("at or below") ? 50 : 0;
    return limit.label.includes("below") ? limit.value * 2 : limit.value * 0.5;
}
