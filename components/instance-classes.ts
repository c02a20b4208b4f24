export const GiB = 1024 ** 3;

/** Memory in GiB of the burstable classes, which all have the same sizes. */
const burstable: Record<string, number> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, "2xlarge": 32 };
const burstableFamilies = ["t3", "t4g"];

/** Memory in GiB for each virtual CPU, by the family's letter: general purpose and memory optimised. */
const memoryPerCpu: Record<string, number> = { m: 4, r: 8 };
/** The families of `m` and `r` that keep to it. Older ones and those with extra memory (`r5b.tpc`, `x2g`) are left out. */
const regularFamily = /^([mr])(5|5d|6g|6gd|6i|6id|7g|7i|8g|8gd)$/;

/**
 * Bytes of memory that an instance class has, or undefined for one that is not in the table. What RDS calls
 * `DBInstanceClassMemory` is somewhat less: the operating system and RDS keep a part.
 * @see https://aws.amazon.com/rds/instance-types/
 */
export function memoryOf(instanceClass: string): number | undefined {
    const [, family = "", size = ""] = instanceClass.split(".");
    const gibibytes = burstableFamilies.includes(family) ? burstable[size] : regularMemory(family, size);
    return gibibytes === undefined ? undefined : gibibytes * GiB;
}

/**
 * Bytes of memory at that many Aurora capacity units.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
export function memoryOfCapacity(acu: number): number {
    return acu * 2 * GiB;
}

/**
 * Virtual CPUs that an instance class has, or undefined for one that is not in the table. The burstable classes have two up
 * to large.
 * @see https://aws.amazon.com/rds/instance-types/
 */
export function virtualCpusOf(instanceClass: string): number | undefined {
    const [, family = "", size = ""] = instanceClass.split(".");
    if (burstableFamilies.includes(family)) return size in burstable ? Math.max(2, cpusOf(size) ?? 0) : undefined;
    return regularMemory(family, size) === undefined ? undefined : cpusOf(size);
}

function regularMemory(family: string, size: string): number | undefined {
    const letter = regularFamily.exec(family)?.[1];
    const cpus = cpusOf(size);
    const each = letter && memoryPerCpu[letter];
    return cpus && each ? cpus * each : undefined;
}

/** Virtual CPUs: two for `large`, and four for each `xlarge`. */
function cpusOf(size: string): number | undefined {
    if (size === "large") return 2;
    const times = /^(\d*)xlarge$/.exec(size);
    return times ? 4 * Number(times[1] || 1) : undefined;
}
