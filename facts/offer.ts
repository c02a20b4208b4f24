import type { Families } from "./data";
import { nearest } from "./nearest";

/** Whether AWS offers something in a region, or only in others, or nowhere as far as is known. */
export type Found = "offered" | "elsewhere" | "unlisted";

/** The names of one kind that AWS offers, by region. A region of which nothing is known is taken to have what any other has. */
export class Offer {
    private readonly regionsByName = new Map<string, Set<string>>();
    private readonly regions = new Set<string>();

    /** @param prefix what every name begins with: `db.` */
    constructor(families: Families, prefix: string) {
        for (const [family, groups] of Object.entries(families)) {
            for (const [sizes, regions] of groups) {
                const inRegions = regions.split(" ");
                for (const region of inRegions) this.regions.add(region);
                for (const size of sizes.split(" ")) this.add(prefix + family + (size && `.${size}`), inRegions);
            }
        }
    }

    private add(name: string, regions: string[]): void {
        const known = this.regionsByName.get(name) ?? new Set();
        for (const region of regions) known.add(region);
        this.regionsByName.set(name, known);
    }

    /** Whether it is known what the region has. */
    covers(region: string): boolean {
        return this.regions.has(region);
    }

    /** The regions of which something is known. */
    covered(): string[] {
        return [...this.regions].sort();
    }

    find(name: string, region?: string): Found {
        const regions = this.regionsByName.get(name);
        if (!regions) return "unlisted";
        return region === undefined || !this.covers(region) || regions.has(region) ? "offered" : "elsewhere";
    }

    /** All names in a region; without one, or where nothing is known of it, in any. */
    names(region?: string): string[] {
        const all = [...this.regionsByName.keys()];
        return all.filter((name) => this.find(name, region) === "offered");
    }

    /** The names in a region that are most like this one. */
    like(name: string, region?: string): string[] {
        return nearest(name, this.names(region));
    }

    regionsOf(name: string): string[] {
        return [...(this.regionsByName.get(name) ?? [])].sort();
    }
}
