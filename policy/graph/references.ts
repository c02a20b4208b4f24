import { all, satisfied, through, unknown, type Verdict } from "../verdict";
import type { View } from "./graph";
import { elements, type Reading, text } from "./reading";

/** How an input that names other resources is judged. */
export interface Reference {
    /** The input: one identifier or a list of them. */
    readonly key: string;
    /** Selects the identifiers, when they are only a part of the input. */
    readonly within?: (input: Reading) => Reading;
    /** The types it may name. */
    readonly types: readonly string[];
    /** What it names, in the plural, for the reason: "subnets". */
    readonly what: string;
    /** Identifiers that the configuration declares as trusted: they need no proof. */
    readonly trusted?: ReadonlySet<string>;
    /** The violation for an identifier that is never allowed, such as an AWS default. */
    readonly rejects?: (identifier: string) => Verdict | undefined;
    /** The verdict when the input is not set. */
    readonly whenAbsent: Verdict;
}

/**
 * Judges every resource that an input names, following the program's edges and not identifiers, so that a first preview
 * (where no identifier is known) and the next one give the same verdict.
 *
 * There may be more edges than named resources. Then the verdict is satisfied when all of them are, else unknown.
 * Identifiers without an edge come from outside the stack: unknown, unless trusted.
 */
export function judgeReferences(view: View, reference: Reference, judge: (named: View) => Verdict): Verdict {
    const { key, within, types, what, trusted, rejects, whenAbsent } = reference;
    const reading = within ? within(view.read(key)) : view.read(key);
    if (reading.is === "absent") return whenAbsent;

    const named = elements(reading) ?? (reading.is === "known" ? [reading] : undefined);
    const refused = (named ?? []).flatMap((one) => rejects?.(text(one) ?? "") ?? []);
    if (refused.length > 0) return all(refused);

    const candidates = view.follow(key, types);
    const unproved = (named ?? []).filter((one) => !isTrusted(one, trusted));
    if (named && unproved.length > candidates.length) {
        return unknown(
            `${what} that are not resources of this stack (${unproved.length - candidates.length} in ${key})`,
        );
    }
    if (candidates.length === 0) {
        // Every identifier is trusted, or the list is empty; or it is unknown and has no edge.
        return named
            ? named.length > 0
                ? satisfied
                : whenAbsent
            : unknown(`${what} from outside this stack (${key})`);
    }

    const verdicts = candidates.map((candidate) => through(candidate.name, judge(candidate)));
    const verdict = all(verdicts);
    const exact = candidates.length === (named ? unproved.length : 1);
    return exact || verdict.is !== "violated" ? verdict : unknown(`${key}, which may name one of: ${verdict.reason}`);
}

function isTrusted(reading: Reading, trusted: ReadonlySet<string> | undefined): boolean {
    return trusted?.has(text(reading) ?? "") ?? false;
}
