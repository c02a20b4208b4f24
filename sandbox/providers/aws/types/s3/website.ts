import { partitionOf } from "@plinth/facts";

/**
 * The hosted zones of the websites of buckets, by region: what an alias record points to.
 * @see https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const WEBSITE_ZONES: Record<string, string> = {
    "us-east-1": "Z3AQBSTGFYJSTF",
    "us-east-2": "Z2O1EMRO9K5GLX",
    "us-west-1": "Z2F56UZL2M1ACD",
    "us-west-2": "Z3BJ6K6RIION7M",
    "eu-central-1": "Z21DNDUVLTQW6Q",
    "eu-north-1": "Z3BAZG2TWCNX0D",
    "eu-west-1": "Z1BKCTXD74EZPE",
    "eu-west-2": "Z3GKZC51ZF0DB4",
    "eu-west-3": "Z3R1K369G5AVDG",
    "ap-northeast-1": "Z2M4EHUR26P7ZW",
    "ap-southeast-1": "Z3O0J2DXBE1FTB",
    "ap-southeast-2": "Z1WCIGYICN2BYD",
    "sa-east-1": "Z7KQH4QJS55SO",
};

/** The oldest regions, whose website endpoints have a hyphen before the region. */
const HYPHENATED = [
    ...["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "sa-east-1"],
    ...["ap-northeast-1", "ap-southeast-1", "ap-southeast-2"],
];

/** Where the website of a bucket is. */
export function websiteOf(bucket: string, region: string) {
    const websiteDomain = `s3-website${HYPHENATED.includes(region) ? "-" : "."}${region}.${partitionOf(region).dnsSuffix}`;
    return {
        websiteDomain,
        websiteEndpoint: `${bucket}.${websiteDomain}`,
        hostedZoneId: WEBSITE_ZONES[region] ?? "",
    };
}
