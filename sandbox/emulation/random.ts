/** The items in an order that a seed decides: Mulberry32 for the numbers, Fisher and Yates for the order. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
    const next = numbers(seed);
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
        const other = Math.floor(next() * (last + 1));
        const [one, two] = [result[last], result[other]] as [Item, Item];
        result[last] = two;
        result[other] = one;
    }
    return result;
}

/** Numbers from 0 up to 1, which a seed decides. */
export function numbers(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
