import { type FileName, isValid, type Offer, type Supported, today } from "@plinth/facts";
import { listed } from "./validation";

/** What decides whether a name has to be one that AWS is known to offer, besides the name. */
export interface OfferContext {
    /** The region, where it is known; without it, a name is good that any region has. */
    region?: string;
    /** Whether names are let pass that are not in AWS's lists. */
    allowUnlisted: boolean;
}

/** A list of what AWS offers, and what the names in it are called. */
export interface OfferKind {
    offer: Offer;
    /** Which of the facts it is. */
    file: FileName;
    /** Such as `a node type that ElastiCache has`. */
    label: string;
}

/**
 * Whether to refuse a name, by the facts. A name that they do not have is AWS's to judge where the spec says so, and also once
 * the facts have expired: what is newer than they are is not to stop anybody.
 */
export function isRefused({ offer, file }: OfferKind, name: string, context: OfferContext, day = today()): boolean {
    return offer.find(name, context.region) !== "offered" && !isAwsToJudge(file, context, day);
}

/** Whether AWS is left to judge what the facts do not have. */
export function isAwsToJudge(file: FileName, { allowUnlisted }: OfferContext, day = today()): boolean {
    return allowUnlisted || !isValid(file, day);
}

/** Why a name is refused, with the names that are most like it. */
export function whyRefused({ offer, label }: OfferKind, name: string, { region }: OfferContext): string {
    const where = region !== undefined && offer.covers(region) ? ` in ${region}` : "";
    const others = offer.regionsOf(name);
    const elsewhere =
        others.length > 0 ? `, though ${others.slice(0, 3).join(", ")} ${others.length > 1 ? "have" : "has"} it` : "";
    return `"${name}" is not ${label}${where}${elsewhere}; give one like ${listed(offer.like(name, region))}, or ${mend}`;
}

/** What to do about a name that AWS has had only since the facts were taken. */
export const mend = "allowUnlisted: true if AWS has it by now";

/** The days before the end of standard support in which a warning says so. */
const daysOfWarning = 60;

/**
 * A warning where standard support ends soon, or has ended since the facts were taken; undefined otherwise. That a day has come is
 * no error: nothing of the program has changed.
 * @param what such as `Kubernetes 1.34`
 */
export function supportWarning(what: string, { state, standardUntil }: Supported, day = today()): string | undefined {
    if (state !== "standard" || standardUntil === undefined) return undefined;
    const from = new Date(Date.parse(standardUntil) - daysOfWarning * 86_400_000).toISOString().slice(0, 10);
    if (day < from) return undefined;
    const past = day > standardUntil;
    return `${what} ${past ? "has left" : "leaves"} standard support on ${standardUntil}, when AWS ${past ? "upgraded it" : "upgrades it"} or charges for extended support`;
}

/** The warnings where a name is not in the lists, and is let pass only because they have expired. */
export function expiryWarnings(
    { offer, file, label }: OfferKind,
    names: readonly string[],
    { region, allowUnlisted }: OfferContext,
    day = today(),
): string[] {
    if (allowUnlisted || isValid(file, day)) return [];
    return names.filter((name) => offer.find(name, region) !== "offered").map((name) => expiryWarning(name, label));
}

/** A warning of a name or version that AWS has to judge. */
export function expiryWarning(name: string, label: string): string {
    return `"${name}" is not ${label} as far as Plinth knows. What it knows has expired, so AWS decides; a newer release of Plinth knows more`;
}
