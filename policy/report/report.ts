import type { Findings, Recorded } from "../findings";
import { controlIds } from "../pack";
import type { Rule } from "../rule";
import type { Position } from "./position";

/** The level of a policy in the configuration of a pack. */
export type Level = "advisory" | "mandatory" | "disabled";

/** The file that `--policy-pack-config` names, as far as levels depend on it. */
export type PackConfig = Readonly<Record<string, Level | { readonly enforcementLevel?: Level } | undefined>>;

/** A finding with what a reader needs of it. */
export interface ReportedFinding extends Recorded {
    readonly name: string;
    readonly type: string;
    readonly level: Level;
    readonly positions: readonly Position[];
}

/** What the pack makes of a control. */
export interface ControlStatus {
    readonly control: string;
    readonly rules: readonly string[];
    readonly status: "violated" | "unproved" | "waived" | "proved" | "not applicable" | "not judged";
    readonly resources: number;
}

export interface Report {
    readonly stack: string;
    readonly findings: readonly ReportedFinding[];
    readonly controls: readonly ControlStatus[];
    readonly coverage: Findings["coverage"];
}

/** The level of a rule, by its configuration. */
export function levelOf({ id, enforcement }: Rule, config: PackConfig): Level {
    const own = config[id];
    const all = config.all;
    return (typeof own === "string" ? own : own?.enforcementLevel) ?? (typeof all === "string" ? all : enforcement);
}

/** Puts together what the pack found in a stack. */
export function reportOf(
    stack: string,
    rules: readonly Rule[],
    { findings, coverage }: Findings,
    config: PackConfig,
    positions: ReadonlyMap<string, readonly Position[]>,
): Report {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const reported = findings.flatMap((finding) => {
        const rule = byId.get(finding.rule);
        const [type = "", name = ""] = finding.urn.split("::").slice(-2);
        const own = { type: type.split("$").pop() ?? type, name, positions: positions.get(finding.urn) ?? [] };
        return rule ? [{ ...finding, ...own, level: levelOf(rule, config) }] : [];
    });
    return { stack, findings: reported, controls: controlsOf(rules, reported, config), coverage };
}

function controlsOf(rules: readonly Rule[], findings: readonly ReportedFinding[], config: PackConfig): ControlStatus[] {
    const claims = rules.flatMap((rule) => controlIds(rule).map((control) => ({ control, rule })));
    return [...new Set(claims.map(({ control }) => control))].sort(inOrder).map((control) => {
        const own = claims.filter((claim) => claim.control === control).map(({ rule }) => rule);
        const judged = own.filter((rule) => levelOf(rule, config) !== "disabled").map(({ id }) => id);
        const found = findings.filter(({ rule }) => judged.includes(rule));
        return {
            control,
            rules: own.map(({ id }) => id),
            status: judged.length === 0 ? "not judged" : statusOf(found),
            resources: new Set(found.map(({ urn }) => urn)).size,
        };
    });
}

/** The gravest outcome decides. What the update judges is not proved yet. */
function statusOf(findings: readonly Recorded[]): ControlStatus["status"] {
    const has = (...outcomes: readonly Recorded["outcome"][]) =>
        findings.some(({ outcome }) => outcomes.includes(outcome));
    if (has("violated")) return "violated";
    if (has("unproved", "postponed")) return "unproved";
    if (has("waived")) return "waived";
    return findings.length > 0 ? "proved" : "not applicable";
}

const inOrder = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true });
