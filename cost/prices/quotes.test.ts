import { describe, expect, it } from "vitest";
import { OfferError } from "./offer";
import { priceRules } from "./offers";
import { quotesOf, quotesOfPriceList } from "./testing/price-list";

/** For one of our units, by key. */
const expected: Readonly<Record<string, number>> = {
    "alb/hour": 0.0252,
    "alb/lcu": 0.008,
    "aurora-acu/io-optimized": 0.19,
    "aurora-acu/standard": 0.14,
    "aurora-backup": 0.021,
    "aurora-io-optimized/db.r6g.xlarge": 0.745,
    "aurora-io/standard": 0.22,
    "aurora-storage/io-optimized": 0.248,
    "aurora-storage/standard": 0.11,
    "aurora/db.r6g.xlarge": 0.573,
    "backup/rds-warm": 0.095,
    "cache-backup": 0.085,
    "cache/redis/cache.r6g.large": 0.229,
    "cache/valkey/cache.r6g.large": 0.1832,
    "cloudwatch/alarm": 0.1,
    "cloudwatch/composite-alarm": 0.5,
    "cloudwatch/dashboard": 3,
    "cloudwatch/logs-ingest": 0.57,
    "cloudwatch/logs-storage": 0.03,
    "container-insights/observation": 0.21,
    "data-transfer-out/gb": 0.09,
    "database-insights-advanced/acu": 0.003125,
    "database-insights-advanced/vcpu": 0.0125,
    "ebs/gp2": 0.11,
    "ebs/gp3": 0.088,
    "ebs/io1": 0.138,
    "ebs/io2": 0.138,
    "ec2/m6g.large": 0.087,
    "ec2/m8g.4xlarge": 0.7898,
    "ec2/t3.medium": 0.0456,
    "ecr/storage": 0.1,
    "eks/cluster": 0.1,
    "eks/cluster-extended": 0.6,
    "interface-endpoint/gb": 0.01,
    "interface-endpoint/hour": 0.011,
    "kms/key": 1,
    "kms/requests": 0.03,
    "nat-gateway/gb": 0.048,
    "nat-gateway/hour": 0.048,
    "nlb/hour": 0.0252,
    "nlb/lcu": 0.006,
    "public-ipv4/hour": 0.005,
    "rds-backup": 0.095,
    "rds-iops-multi-az/gp3": 0.044,
    "rds-iops-multi-az/io1": 0.22,
    "rds-iops-multi-az/io2": 0.22,
    "rds-iops/gp3": 0.022,
    "rds-iops/io1": 0.11,
    "rds-iops/io2": 0.11,
    "rds-multi-az/mysql/db.t4g.medium": 0.136,
    "rds-multi-az/postgres/db.t4g.medium": 0.143,
    "rds-proxy/acu": 0.018,
    "rds-proxy/vcpu": 0.018,
    "rds-storage-multi-az/gp2": 0.254,
    "rds-storage-multi-az/gp3": 0.254,
    "rds-storage-multi-az/io1": 0.276,
    "rds-storage-multi-az/io2": 0.276,
    "rds-storage/gp2": 0.127,
    "rds-storage/gp3": 0.127,
    "rds-storage/io1": 0.138,
    "rds-storage/io2": 0.138,
    "rds-throughput-multi-az/gp3": 0.176,
    "rds-throughput/gp3": 0.088,
    "rds/mysql/db.t4g.medium": 0.068,
    "rds/postgres/db.r6g.xlarge": 0.5,
    "rds/postgres/db.t4g.medium": 0.0715,
    "route53/zone": 0.5,
    "secret/calls": 0.05,
    "secret/month": 0.4,
    "sqs/fifo": 0.5,
    "sqs/standard": 0.4,
    "waf/requests": 0.6,
    "waf/rule": 1,
    "waf/web-acl": 5,
};

it("finds for every rule the row that it means, among rows that look like it", async () => {
    const quotes = await quotesOfPriceList();
    expect(Object.fromEntries(quotes.map(({ key, prices }) => [key, prices]))).toEqual(
        Object.fromEntries(Object.entries(expected).map(([key, usd]) => [key, [usd]])),
    );
    expect(quotes.flatMap(({ doubts }) => doubts)).toEqual([]);
    expect(quotes.find(({ key }) => key === "eks/cluster")).toMatchObject({
        unit: "hour",
        header: { code: "AmazonEKS", published: "2026-09-28" },
    });
});

it.each(priceRules.map((rule) => [rule.key, rule] as const))(
    "has a row of the price list for %s",
    (key, { classes }) => {
        const keys = Object.keys(expected);
        expect(
            classes ? keys.filter((one) => one.startsWith(key.slice(0, -1))) : keys.filter((one) => one === key),
        ).not.toEqual([]);
    },
);

const alarm = { usageType: "CW:AlarmMonitorUsage", Unit: "Alarms", PricePerUnit: "0.1000000000" };
const standardQueue = { usageType: "Requests-RBP", Unit: "Requests", PricePerUnit: "0.0000004000" };

describe("us-east-1", () => {
    it.each(["CW:AlarmMonitorUsage", "USE1-CW:AlarmMonitorUsage"])("has %s", async (usageType) => {
        const [quote] = await quotesOf("AmazonCloudWatch", "us-east-1", [{ ...alarm, usageType }]);
        expect(quote).toMatchObject({ key: "cloudwatch/alarm", prices: [0.1], doubts: [] });
    });

    it("has other names for requests to queues", async () => {
        const [quote] = await quotesOf("AWSQueueService", "us-east-1", [standardQueue]);
        expect(quote).toMatchObject({ key: "sqs/standard", prices: [0.4], doubts: [] });
    });

    it("has rows beside those of the region, by other words before the usage type", async () => {
        const rows = ["TS-LoadBalancerUsage", "Outposts-LoadBalancerUsage", "Global-LoadBalancerUsage"].map(
            (usageType) => ({
                ...{ usageType, Unit: "Hrs", PricePerUnit: "0.005", "Product Family": "Load Balancer-Application" },
            }),
        );
        expect(await quotesOf("AWSELB", "us-east-1", rows)).toEqual([]);
    });
});

describe("a price", () => {
    const quoteOf = async (...rows: Record<string, string>[]) =>
        (
            await quotesOf(
                "AmazonCloudWatch",
                "eu-west-1",
                rows.map((row) => ({ ...alarm, ...row })),
            )
        )[0];

    it("is taken beside a free allowance", async () => {
        expect(await quoteOf({ PricePerUnit: "0.0" }, {})).toMatchObject({ prices: [0.1], doubts: [] });
    });

    it("is one of the region only", async () => {
        expect(await quoteOf({ "Region Code": "eu-west-2" })).toBeUndefined();
        expect(await quoteOf({ "Location Type": "AWS Local Zone" })).toBeUndefined();
    });

    it("is one on demand, in dollars and of the first tier", async () => {
        expect(await quoteOf({ TermType: "Reserved" })).toBeUndefined();
        expect(await quoteOf({ Currency: "CNY" })).toBeUndefined();
        expect(await quoteOf({ StartingRange: "10" })).toBeUndefined();
    });

    it("is none where there are several", async () => {
        expect(await quoteOf({}, { PricePerUnit: "0.2" })).toMatchObject({ prices: [0.1, 0.2], doubts: [] });
    });

    it("is doubted by another unit, which is compared without regard to case", async () => {
        expect(await quoteOf({ Unit: "alarms" })).toMatchObject({ doubts: [] });
        expect(await quoteOf({ Unit: "Hrs" })).toMatchObject({
            prices: [0.1],
            doubts: ['AWS lists it by "Hrs", and the rule expects Alarms'],
        });
    });

    it.each(["0.0000000000", "-0.1"])("is doubted where it is %s", async (PricePerUnit) => {
        expect(await quoteOf({ PricePerUnit })).toMatchObject({ doubts: [`it would be $${Number(PricePerUnit)}`] });
    });

    it.each(["", "free"])('is an error where it is "%s"', async (PricePerUnit) => {
        await expect(quoteOf({ PricePerUnit })).rejects.toThrow(OfferError);
    });

    it("with a surcharge is none without it", async () => {
        const row = { usageType: "EU-AmazonEKS-Hours:perCluster", Unit: "Hours", PricePerUnit: "0.1" };
        const quotes = await quotesOf("AmazonEKS", "eu-west-1", [row]);
        expect(quotes.map(({ key }) => key)).toEqual(["eks/cluster"]);
    });
});
