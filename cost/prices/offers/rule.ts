/** A file of AWS's public price list. */
export interface OfferFile {
    readonly code: string;
    /** The prices of one region, or the file of all regions, for what AWS lists under none. */
    readonly scope: "region" | "global";
}

/** The files that are read, by the name that each has in a folder, without `.csv`. */
export const offerFiles = {
    AmazonEC2: { code: "AmazonEC2", scope: "region" },
    AmazonVPC: { code: "AmazonVPC", scope: "region" },
    AWSELB: { code: "AWSELB", scope: "region" },
    AWSDataTransfer: { code: "AWSDataTransfer", scope: "region" },
    AmazonRDS: { code: "AmazonRDS", scope: "region" },
    AmazonElastiCache: { code: "AmazonElastiCache", scope: "region" },
    AmazonEKS: { code: "AmazonEKS", scope: "region" },
    AmazonECR: { code: "AmazonECR", scope: "region" },
    AmazonCloudWatch: { code: "AmazonCloudWatch", scope: "region" },
    "AmazonCloudWatch-global": { code: "AmazonCloudWatch", scope: "global" },
    AWSQueueService: { code: "AWSQueueService", scope: "region" },
    AWSSecretsManager: { code: "AWSSecretsManager", scope: "region" },
    awskms: { code: "awskms", scope: "region" },
    awswaf: { code: "awswaf", scope: "region" },
    AmazonRoute53: { code: "AmazonRoute53", scope: "global" },
} as const satisfies Record<string, OfferFile>;

export type OfferName = keyof typeof offerFiles;

/** Which rows of the price list a price of our tables comes from. Rows are those on demand, of the first tier, in US dollars. */
export interface PriceRule {
    readonly offer: OfferName;
    /** Its key in the tables. `*` stands for the class, where there are `classes`. */
    readonly key: string;
    /** Its unit in the tables. */
    readonly unit: string;
    /** How many of AWS's units that is: 1,000,000 for `1M requests`. */
    readonly times?: number;
    /** What AWS calls its unit; regions spell it differently. */
    readonly listedBy: readonly string[];
    /** Usage types without the region's prefix. Several where AWS named it differently in time or by region. `*` stands for the class. */
    readonly usage: readonly string[];
    /** Usage types whose price is charged on top of it. */
    readonly surcharge?: readonly string[];
    /** What other columns hold: one of these. */
    readonly where?: Readonly<Record<string, readonly string[]>>;
    /** The classes that are taken, as the column `Instance Type` has them. */
    readonly classes?: RegExp;
}

/* Units of ours, with what AWS calls them, which is compared without regard to case. */

export const hour = { unit: "hour", listedBy: ["Hrs", "Hours", "Hour"] };
export const gigabyte = { unit: "GB", listedBy: ["GB"] };
export const gigabyteMonth = { unit: "GB-month", listedBy: ["GB-Mo", "GB-month"] };
export const iopsMonth = { unit: "IOPS-month", listedBy: ["IOPS-Mo"] };
export const millionRequests = { unit: "1M requests", times: 1_000_000, listedBy: ["Requests", "Request"] };
export const tenThousand = (what: string) => ({ unit: `10,000 ${what}`, times: 10_000 });
export const month = { unit: "month" };
