import { hardwareOf } from "@plinth/facts";

export const GiB = 1024 ** 3;

/**
 * Bytes of memory that an instance class of RDS has: those of the instance type of EC2 with its name. Undefined for a class of which none is
 * known. What RDS calls `DBInstanceClassMemory` is somewhat less: the operating system and RDS keep a part.
 * @see https://aws.amazon.com/rds/instance-types/
 */
export function memoryOf(instanceClass: string): number | undefined {
    const memoryMiB = hardwareOf(instanceType(instanceClass))?.memoryMiB;
    return memoryMiB === undefined ? undefined : (memoryMiB / 1024) * GiB;
}

/**
 * Bytes of memory at that many Aurora capacity units.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
export function memoryOfCapacity(acu: number): number {
    return acu * 2 * GiB;
}

/** Virtual CPUs that an instance class of RDS has, or undefined for one of which none are known. */
export function virtualCpusOf(instanceClass: string): number | undefined {
    return hardwareOf(instanceType(instanceClass))?.cpus;
}

function instanceType(instanceClass: string): string {
    return instanceClass.replace(/^db\./, "");
}
