import type { Rule } from "./rule";

/** A decision that a rule does not hold for a resource, for a time. The configuration of the pack lists them, and reviews see them. */
export interface Waiver {
    /** The id of the rule. */
    readonly rule: string;
    /** The URNs of the resources, `*` for any characters. Its last part is the resource's name, of which at least three characters are given. */
    readonly urn: string;
    /** Why the rule does not hold here. */
    readonly reason: string;
    /** Who answers for it: a person or a team. */
    readonly owner: string;
    /** The last day of the waiver, in UTC: `2027-03-31`. At most a year from now. */
    readonly expires: string;
    /** Where it was decided. */
    readonly ticket?: string;
}

const longestDays = 366;
const day = 24 * 60 * 60 * 1000;

/** What is wrong with waivers, each with the one that it is about. Any makes the configuration invalid. */
export function problemsOf(waivers: readonly Waiver[], rules: readonly Rule[], now: Date): string[] {
    return waivers.flatMap((waiver) => {
        const what = `the waiver of ${waiver.rule} for ${waiver.urn}`;
        const rule = rules.find(({ id }) => id === waiver.rule);
        const ends = endOf(waiver);
        return [
            ...(rule ? [] : [`${what} names a rule that the pack does not have`]),
            ...(rule?.severity === "critical"
                ? [`${what} is not possible: no critical rule is waived. Mend the resource`]
                : []),
            ...(isTooBroad(waiver.urn)
                ? [`${what} is too broad: give at least three characters of the resource's name, after the last "::"`]
                : []),
            ...(Number.isNaN(ends)
                ? [`${what} expires on ${waiver.expires}, which is no date such as 2027-03-31`]
                : []),
            ...(ends < now.getTime()
                ? [`${what} expired on ${waiver.expires}: mend the resource, or ask ${waiver.owner} to decide anew`]
                : []),
            ...(ends > now.getTime() + longestDays * day
                ? [`${what} expires on ${waiver.expires}: a waiver holds for a year at most`]
                : []),
        ];
    });
}

/** The waiver that holds for a rule on a resource; undefined where there is none. */
export function waiverFor(waivers: readonly Waiver[], rule: Rule, urn: string, now: Date): Waiver | undefined {
    if (rule.severity === "critical") return undefined;
    return waivers.find(
        (waiver) =>
            waiver.rule === rule.id &&
            endOf(waiver) >= now.getTime() &&
            !isTooBroad(waiver.urn) &&
            matches(waiver.urn, urn),
    );
}

/** The end of the waiver's last day; not a number where it is no date. */
function endOf({ expires }: Waiver): number {
    const start = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? Date.parse(`${expires}T00:00:00Z`) : Number.NaN;
    // Date.parse takes 31 February.
    const isDate = !Number.isNaN(start) && new Date(start).toISOString().startsWith(expires);
    return isDate ? start + day - 1 : Number.NaN;
}

function isTooBroad(pattern: string): boolean {
    const name = pattern.includes("::") ? (pattern.split("::").pop() ?? "") : "";
    return name.replaceAll("*", "").length < 3;
}

function matches(pattern: string, urn: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(urn);
}
