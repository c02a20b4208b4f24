import { partitionOf } from "@plinth/facts";

/** Where a resource is, as its ARNs and its hosts have it. */
export interface Place {
    region: string;
    /** The region's partition. */
    partition: string;
    /** What the names of hosts in the region end with. */
    dnsSuffix: string;
}

export function placeOf(region: string): Place {
    const { name: partition, dnsSuffix } = partitionOf(region);
    return { region, partition, dnsSuffix };
}
