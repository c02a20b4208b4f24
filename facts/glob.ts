/** Whether there is a text that both patterns take: `*` stands for any text and `?` for one character. */
export function overlap(one: string, other: string): boolean {
    const known = new Map<number, boolean>();
    const from = (i: number, j: number): boolean => {
        const key = i * (other.length + 1) + j;
        const found = known.get(key) ?? decide(i, j);
        known.set(key, found);
        return found;
    };
    const decide = (i: number, j: number): boolean => {
        if (one[i] === "*") return from(i + 1, j) || (j < other.length && from(i, j + 1));
        if (other[j] === "*") return from(i, j + 1) || (i < one.length && from(i + 1, j));
        if (i === one.length || j === other.length) return i === one.length && j === other.length;
        return (one[i] === other[j] || one[i] === "?" || other[j] === "?") && from(i + 1, j + 1);
    };
    return from(0, 0);
}
