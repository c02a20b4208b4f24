/** A rule's result for one resource. `reason` names the property or the path, never a value that could be secret. */
export type Verdict =
    | { readonly is: "satisfied" }
    | { readonly is: "violated"; readonly reason: string }
    | { readonly is: "unknown"; readonly reason: string }
    | { readonly is: "deferred"; readonly reason: string };

/** The resource provably satisfies the rule. */
export const satisfied: Verdict = { is: "satisfied" };

/** The resource provably violates the rule. */
export const violated = (reason: string): Verdict => ({ is: "violated", reason });

/** Neither can be proved. It is reported like a violation, so that an unknown value never passes. */
export const unknown = (reason: string): Verdict => ({ is: "unknown", reason });

/** A policy document of resources of the stack, which no preview before these exist can show. The update judges it. */
export const deferred = (reason: string): Verdict => ({ is: "deferred", reason });

/** From the gravest on. */
const grave = ["violated", "unknown", "deferred"] as const;

/** Satisfied when every verdict is; else the gravest of them, with the reasons of all that are as grave. */
export function all(verdicts: readonly Verdict[]): Verdict {
    for (const is of grave) {
        const reasons = new Set(verdicts.flatMap((verdict) => (verdict.is === is ? [verdict.reason] : [])));
        if (reasons.size > 0) return { is, reason: [...reasons].join("; ") };
    }
    return satisfied;
}

/** The same verdict with `step` added at the start of its reason, as a step of the path that led there. */
export function through(step: string, verdict: Verdict): Verdict {
    return verdict.is === "satisfied" ? verdict : { is: verdict.is, reason: `${step} → ${verdict.reason}` };
}
