import { distance } from "fastest-levenshtein";

/** Of names that are equally like, the newer generation is the better advice: m8g before m7g. */
function newerFirst(one: string, other: string): number {
    return other.localeCompare(one, "en", { numeric: true });
}

/** The few of `names` that are most like `name`, the most like first: those of the same size or family before others. */
export function nearest(name: string, names: readonly string[], most = 3): string[] {
    const parts = name.split(".");
    const unlike = (other: string) => {
        const same = other.split(".").filter((part, index) => part === parts[index]).length;
        return distance(name, other) - 2 * same;
    };
    return [...names].sort((one, other) => unlike(one) - unlike(other) || newerFirst(one, other)).slice(0, most);
}
