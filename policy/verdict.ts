/** What a rule says of one resource. `reason` names the property or the path, never a value that could be secret. */
export type Verdict =
    | { readonly is: "satisfied" }
    | { readonly is: "violated"; readonly reason: string }
    | { readonly is: "unknown"; readonly reason: string };

/** The resource is proved to be as the rule demands. */
export const satisfied: Verdict = { is: "satisfied" };

/** The resource is proved not to be as the rule demands. */
export const violated = (reason: string): Verdict => ({ is: "violated", reason });

/** Neither could be proved. It is reported just as a violation is, so that what is not known yet never passes. */
export const unknown = (reason: string): Verdict => ({ is: "unknown", reason });

/** Satisfied when every verdict is. A violation outweighs what is unknown; all reasons of the outweighing kind are kept. */
export function all(verdicts: readonly Verdict[]): Verdict {
    const reasons = (is: "violated" | "unknown") => [
        ...new Set(verdicts.flatMap((verdict) => (verdict.is === is ? [verdict.reason] : []))),
    ];
    const [violations, unproved] = [reasons("violated"), reasons("unknown")];
    if (violations.length > 0) return violated(violations.join("; "));
    return unproved.length > 0 ? unknown(unproved.join("; ")) : satisfied;
}

/** The same verdict, with `step` put before its reason as one more step of the path that led there. */
export function through(step: string, verdict: Verdict): Verdict {
    return verdict.is === "satisfied" ? verdict : { is: verdict.is, reason: `${step} → ${verdict.reason}` };
}
