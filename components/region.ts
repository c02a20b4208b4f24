/** Whether it is the name of a region, such as `eu-west-1`. */
export function isRegion(name: string): boolean {
    return /^[a-z]{2,3}(-[a-z]+)+-\d$/.test(name);
}

/**
 * The partition of AWS that a region is in. Nothing of one partition has to do with anything of another.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): string {
    const prefix = /^(cn|us-gov|us-iso[a-z]?|eu-isoe)-/.exec(region)?.[1];
    return prefix ? `aws-${prefix}` : "aws";
}
