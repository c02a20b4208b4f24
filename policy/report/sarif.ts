import { createHash } from "node:crypto";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import { controlIds } from "../pack";
import type { Rule } from "../rule";
import type { Position } from "./position";
import type { Level, Report, ReportedFinding } from "./report";

/** SARIF has levels of its own. */
const levels: Readonly<Record<Level, Result.level>> = { mandatory: "error", advisory: "warning", disabled: "none" };

/** GitHub sorts alerts by a number from 0 to 10. https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const securitySeverity: Readonly<Record<Rule["severity"], string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
};

/**
 * The violations, and what cannot be proved, as SARIF 2.1.0. What is waived, and what the update judges, is left out: code scanning
 * would show it as an alert. A resource without a line of its own, such as one of a YAML program, is shown at the project's file.
 */
export function sarifOf(report: Report, rules: readonly Rule[], version: string): Log {
    const shown = report.findings.filter(({ outcome, level }) => isShown(outcome) && level !== "disabled");
    const used = rules.filter(({ id }) => shown.some(({ rule }) => rule === id));
    return {
        version: "2.1.0",
        $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        runs: [
            {
                tool: { driver: { name: "plinth-policy", semanticVersion: version, rules: used.map(descriptorOf) } },
                automationDetails: { id: `plinth-policy/${report.stack}/` },
                columnKind: "utf16CodeUnits",
                results: shown.map((finding) =>
                    resultOf(
                        finding,
                        used.findIndex(({ id }) => id === finding.rule),
                    ),
                ),
            },
        ],
    };
}

const isShown = (outcome: ReportedFinding["outcome"]) => outcome === "violated" || outcome === "unproved";

function descriptorOf(rule: Rule): ReportingDescriptor {
    return {
        id: rule.id,
        shortDescription: { text: `${rule.title}.` },
        help: { text: rule.remedy, markdown: rule.remedy },
        defaultConfiguration: { level: levels[rule.enforcement] },
        properties: {
            tags: ["security", ...controlIds(rule)],
            precision: "high",
            "security-severity": securitySeverity[rule.severity],
        },
    };
}

function resultOf(finding: ReportedFinding, ruleIndex: number): Result {
    const [nearest, ...callers] = finding.positions;
    const fault = finding.outcome === "unproved" ? `cannot be proved: ${finding.reason}` : finding.reason;
    return {
        ruleId: finding.rule,
        ruleIndex,
        level: levels[finding.level],
        kind: "fail",
        message: { text: `${finding.name}: ${fault}` },
        locations: [
            {
                ...locationOf(nearest),
                logicalLocations: [{ name: finding.name, fullyQualifiedName: finding.urn, kind: "resource" }],
            },
        ],
        relatedLocations: callers.map((position, id) => ({
            ...locationOf(position),
            id,
            message: { text: "used here" },
        })),
        partialFingerprints: {
            "ruleAndUrn/v1": createHash("sha256").update(`${finding.rule} ${finding.urn}`).digest("hex"),
        },
    };
}

function locationOf(position: Position | undefined): Location {
    const { file, line, column } = position ?? { file: "Pulumi.yaml", line: 1, column: 1 };
    const uri = file.split("/").map(encodeURIComponent).join("/");
    return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } };
}
