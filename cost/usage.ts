import { byDefault, settings } from "@plinth/components/settings";
import { z } from "zod";

/** An amount of something that is used in a month. */
const amount = () => z.number().min(0).max(1_000_000_000).meta({ expected: "an amount" });

/** What a stack uses in a month, of what is charged by use. The defaults are those of a small service. */
export const usageSettings = settings({
    /** Gigabytes through each NAT gateway. */
    natGatewayGb: amount().meta(byDefault(100)),
    /** Gigabytes through each interface endpoint. */
    interfaceEndpointGb: amount().meta(byDefault(10)),
    /** Capacity units that each load balancer uses on average. */
    loadBalancerCapacityUnits: amount().meta(byDefault(1)),
    /** Gigabytes from each load balancer to the internet. */
    internetGb: amount().meta(byDefault(100)),
    /** Gigabytes of automated backups of each database beyond its own size, which is free. */
    databaseBackupGb: amount().meta(byDefault(0)),
    /** Gigabytes of data in each Aurora cluster. */
    auroraStorageGb: amount().meta(byDefault(100)),
    /** Millions of I/O requests of each Aurora cluster. I/O-Optimized storage is not charged for them. */
    auroraIoMillions: amount().meta(byDefault(50)),
    /** The average capacity of a serverless server: the share of the way from its minimum to its maximum, 0 to 1. */
    auroraCapacityShare: z.number().min(0).max(1).meta({ expected: "a share, 0 to 1" }).meta(byDefault(0.25)),
    /** Gigabytes of snapshots of each cache beyond the newest, which is free. */
    cacheBackupGb: amount().meta(byDefault(0)),
    /** Gigabytes that each log group takes in. */
    logGroupGb: amount().meta(byDefault(1)),
    /** Millions of requests to each queue. */
    queueMillions: amount().meta(byDefault(1)),
    /** Tens of thousands of requests to each key. */
    keyRequestsTenThousands: amount().meta(byDefault(1)),
    /** Tens of thousands of readings of each secret. */
    secretReadsTenThousands: amount().meta(byDefault(0.1)),
    /** Gigabytes of images in each repository. */
    repositoryGb: amount().meta(byDefault(5)),
    /** Millions of requests that each web ACL looks at. */
    webAclMillions: amount().meta(byDefault(10)),
    /** Gigabytes of backups in each vault. */
    backupVaultGb: amount().meta(byDefault(100)),
    /** Millions of observations of Container Insights in each cluster that has it. */
    containerInsightsMillions: amount().meta(byDefault(20)),
});

export type Usage = z.output<typeof usageSettings>;
export type UsageName = keyof Usage;
