import type { Report, ReportedFinding } from "./report";

/** The report as a page: what is to be mended first, then each control. */
export function markdownOf(report: Report): string {
    const of = (...outcomes: readonly ReportedFinding["outcome"][]) =>
        report.findings.filter(({ outcome, level }) => outcomes.includes(outcome) && level !== "disabled");
    const faults = of("violated", "unproved");
    const count = (level: string) => faults.filter((one) => one.level === level).length;
    const judged = new Set(report.findings.map(({ urn }) => urn)).size;
    const { sensitive } = report.coverage;
    const unknown = Object.entries(sensitive).map(([type, names]) => [`\`${type}\``, names.join(", ")]);
    return `${[
        `# Policy report of ${report.stack}`,
        `${count("mandatory")} mandatory and ${count("advisory")} advisory findings on ${judged} resources; ` +
            `${of("satisfied").length} verdicts are proved, ${of("waived").length} waived, ${of("postponed").length} left to the update.`,
        ...section("Findings", ["level", "rule", "resource", "what", "line"], faults.sort(byLevel).map(lineOf)),
        ...section(
            "Waived",
            ["rule", "resource", "reason", "owner", "until"],
            of("waived").map(({ rule, name, waiver }) => [
                ...[`\`${rule}\``, name, waiver?.reason ?? "", waiver?.owner ?? ""],
                waiver?.expires ?? "",
            ]),
        ),
        ...section("Judged by no rule", ["type", "resources"], unknown),
        ...section(
            "Controls",
            ["control", "status", "resources", "rules"],
            report.controls.map(({ control, status, resources, rules }) => [
                ...[control, status, String(resources)],
                rules.map((rule) => `\`${rule}\``).join(", "),
            ]),
        ),
    ].join("\n\n")}\n`;
}

const byLevel = (one: ReportedFinding, other: ReportedFinding) =>
    other.level.localeCompare(one.level) || one.rule.localeCompare(other.rule) || one.name.localeCompare(other.name);

function lineOf({ level, rule, name, outcome, reason, positions: [position] }: ReportedFinding): string[] {
    const what = `${outcome === "unproved" ? "cannot be proved: " : ""}${reason ?? ""}`;
    return [level, `\`${rule}\``, name, what, position ? `${position.file}:${position.line}` : "–"];
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    if (rows.length === 0) return [];
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [`## ${title}`, [line(head), line(head.map(() => "-")), ...rows.map(line)].join("\n")];
}
