import { isValid, nearest, partitionOf, regions } from "@plinth/facts";

/** Whether it has the form of a region's name: `eu-west-1`. */
export function isRegion(name: string): boolean {
    return /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(name);
}

/** What is wrong with the name of a region, with the mend; undefined where nothing is. Of isolated partitions AWS publishes nothing. */
export function regionFault(name: string, day?: string): string | undefined {
    if (!isRegion(name)) return `"${name}" is not a region; give one like eu-west-1`;
    const known = regions();
    const isPublished = ["aws", "aws-cn", "aws-us-gov"].includes(partitionOf(name).name);
    if (!isPublished || known.includes(name) || !isValid("instances", day)) return undefined;
    return `"${name}" is not a region that AWS has; give one like ${nearest(name, known)[0]}`;
}
