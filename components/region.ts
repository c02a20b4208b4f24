import { isValid, nearest, regions } from "@plinth/facts";

/** Whether it has the form of a region's name: `eu-west-1`. */
export function isRegion(name: string): boolean {
    return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(name);
}

/** Prefixes of the regions of partitions other than AWS's first. */
const partitions: Record<string, string> = {
    cn: "aws-cn",
    "us-gov": "aws-us-gov",
    "us-iso": "aws-iso",
    "us-isob": "aws-iso-b",
    "eu-isoe": "aws-iso-e",
    "us-isof": "aws-iso-f",
    eusc: "aws-eusc",
};

/**
 * The partition of AWS that a region is in. Nothing of one partition has to do with anything of another.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): string {
    const prefix = Object.keys(partitions).find((start) => region.startsWith(`${start}-`));
    return (prefix && partitions[prefix]) ?? "aws";
}

/** What is wrong with the name of a region, with the mend; undefined where nothing is. Of isolated partitions AWS publishes nothing. */
export function regionFault(name: string, day?: string): string | undefined {
    if (!isRegion(name)) return `"${name}" is not a region; give one like eu-west-1`;
    const known = regions();
    const isPublished = ["aws", "aws-cn", "aws-us-gov"].includes(partitionOf(name));
    if (!isPublished || known.includes(name) || !isValid("instances", day)) return undefined;
    return `"${name}" is not a region that AWS has; give one like ${nearest(name, known)[0]}`;
}
