/** How bad a finding is. */
export type Severity = "ok" | "warning" | "critical";

/** What was found where something living was looked at. */
export interface Finding {
    check: string;
    severity: Severity;
    finding: string;
    /** What to do; undefined where all is well. */
    remedy?: string;
}

/** The findings for people. */
export function findingsText(findings: Finding[]): string {
    return findings
        .map(
            ({ check, severity, finding, remedy }) =>
                `${severity.padEnd(8)} ${check}: ${finding}${remedy ? `\n         ${remedy}` : ""}`,
        )
        .join("\n");
}

/** Whether all that was looked at is well. */
export function allWell(findings: Finding[]): boolean {
    return findings.every(({ severity }) => severity === "ok");
}
