/** A rule's result for one resource. `reason` names the property or the path, never a value that could be secret. */
export type Verdict =
    | { readonly is: "satisfied" }
    | { readonly is: "violated"; readonly reason: string }
    | { readonly is: "unknown"; readonly reason: string };

/** The resource provably satisfies the rule. */
export const satisfied: Verdict = { is: "satisfied" };

/** The resource provably violates the rule. */
export const violated = (reason: string): Verdict => ({ is: "violated", reason });

/** Neither can be proved. It is reported like a violation, so that an unknown value never passes. */
export const unknown = (reason: string): Verdict => ({ is: "unknown", reason });

/** Satisfied when every verdict is; else violated when any is, with the reasons of all violations; else unknown. */
export function all(verdicts: readonly Verdict[]): Verdict {
    const reasons = (is: "violated" | "unknown") => [
        ...new Set(verdicts.flatMap((verdict) => (verdict.is === is ? [verdict.reason] : []))),
    ];
    const [violations, unknowns] = [reasons("violated"), reasons("unknown")];
    if (violations.length > 0) return violated(violations.join("; "));
    return unknowns.length > 0 ? unknown(unknowns.join("; ")) : satisfied;
}

/** The same verdict with `step` added at the start of its reason, as a step of the path that led there. */
export function through(step: string, verdict: Verdict): Verdict {
    return verdict.is === "satisfied" ? verdict : { is: verdict.is, reason: `${step} → ${verdict.reason}` };
}
