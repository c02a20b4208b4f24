/** A part of AWS that is apart from all others: its accounts, its ARNs and the names of its hosts are its own. */
export interface Partition {
    /** As ARNs have it: `aws`. */
    name: string;
    /** What the names of hosts end with, and in some partitions the names of services in policies. */
    dnsSuffix: string;
}

/** The same the other way round, as names of services begin: `com.amazonaws`. */
export function reverseDnsPrefix({ dnsSuffix }: Partition): string {
    return dnsSuffix.split(".").reverse().join(".");
}

/**
 * The partitions by the beginning of their regions' names; AWS's first has all other regions.
 * @see https://github.com/boto/botocore/blob/1.44.0/botocore/data/partitions.json
 */
const partitions: Readonly<Record<string, Partition>> = {
    cn: { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
    "us-gov": { name: "aws-us-gov", dnsSuffix: "amazonaws.com" },
    "us-iso": { name: "aws-iso", dnsSuffix: "c2s.ic.gov" },
    "us-isob": { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
    "eu-isoe": { name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
    "us-isof": { name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
    eusc: { name: "aws-eusc", dnsSuffix: "amazonaws.eu" },
};

const first: Partition = { name: "aws", dnsSuffix: "amazonaws.com" };
const beginnings = new RegExp(`^(${Object.keys(partitions).join("|")})-`);

/** The partition that a region is in. */
export function partitionOf(region: string): Partition {
    return partitions[beginnings.exec(region)?.[1] ?? ""] ?? first;
}
