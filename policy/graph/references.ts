import { all, through, unknown, type Verdict } from "../verdict";
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
 * Judges every resource that an input names.
 *
 * A known identifier is compared with those of the stack's resources, whether an edge leads there or not. An unknown one is
 * judged by the program's edges, so that a first preview (where no identifier is known) and the next one give the same
 * verdict. There may be more edges than named resources. Then the verdict is satisfied when all of them are, else unknown.
 * Identifiers of no resource of the stack are unknown, unless trusted.
 */
export function judgeReferences(view: View, reference: Reference, judge: (named: View) => Verdict): Verdict {
    const { key, within, types, what, trusted, rejects, whenAbsent } = reference;
    const reading = within ? within(view.read(key)) : view.read(key);
    const listed = elements(reading) ?? (reading.is === "known" ? [reading] : undefined);
    if (reading.is === "absent" || listed?.length === 0) return whenAbsent;

    const refused = (listed ?? []).flatMap((one) => rejects?.(text(one) ?? "") ?? []);
    if (refused.length > 0) return all(refused);
    const judged = (named: readonly View[]) => named.map((one) => through(one.name, judge(one)));

    const known = (listed ?? []).filter((one) => text(one) !== undefined && !isTrusted(one, trusted));
    const found = known.map((one) => view.named(one, types, key));
    const certain = judged([...new Set(found.flat())]);

    const unseen = listed?.filter((one) => text(one) === undefined).length;
    const candidates = view.follow(key, types).filter((one) => found.every((views) => !views.includes(one)));
    const outside = found.filter((views) => views.length === 0).length + Math.max(0, (unseen ?? 0) - candidates.length);
    if (outside > 0) certain.push(unknown(`${what} that are not resources of this stack (${outside} in ${key})`));
    if (unseen === undefined && candidates.length === 0) return unknown(`${what} from outside this stack (${key})`);
    if (unseen === 0) return all(certain);

    // The parts of a bigger input can come from anywhere; this one as a whole is what its edges lead to.
    const others = within ? [] : view.follow(key).filter(({ type }) => !types.includes(type));
    if (others.length > 0) certain.push(unknown(`${what} that may come from ${others[0]?.name} (${key})`));

    const verdict = all(judged(candidates));
    const exact = candidates.length <= (unseen ?? 1);
    return all([
        ...certain,
        exact || verdict.is !== "violated" ? verdict : unknown(`${key}, which may name one of: ${verdict.reason}`),
    ]);
}

function isTrusted(reading: Reading, trusted: ReadonlySet<string> | undefined): boolean {
    return trusted?.has(text(reading) ?? "") ?? false;
}
