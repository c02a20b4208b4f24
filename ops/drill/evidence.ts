import * as path from "node:path";
import { writeWhole } from "../files";
import type { Finding } from "../finding";
import { durationText } from "../print";
import { userName } from "../record";
import { drillFindings, type Goals, measured, passed } from "./findings";
import { type SchemaDifferences, schemaDifferences } from "./inventory";
import type { DrillState } from "./state";

/** What a drill leaves for whoever audits it. It has names and numbers, and no row of anybody's. */
export interface Evidence {
    drill: string;
    stack: string;
    by: string;
    passed: boolean;
    source: string;
    restoredAs: string;
    origin: DrillState["origin"];
    startedAt: string;
    endedAt: string;
    interruptions: number;
    goals: Goals;
    rpoSeconds: number;
    rtoSeconds?: number;
    living: DrillState["living"]["facts"];
    restored?: DrillState["restored"];
    findings: Finding[];
    tables: { name: string; rows: number; living?: number; newest?: string }[];
    orphans: Record<string, number>;
    schema?: SchemaDifferences;
    /** When nothing of what the drill made was there any more. */
    takenDownAt?: string;
}

export function evidenceOf(state: DrillState, goals: Goals): Evidence {
    const { checked, living } = state;
    const findings = drillFindings(state, goals);
    return {
        drill: state.id,
        stack: state.stack,
        by: userName(),
        passed: passed(findings),
        source: state.source,
        restoredAs: state.name,
        origin: state.origin,
        startedAt: state.startedAt,
        endedAt: state.removedAt ?? new Date().toISOString(),
        interruptions: state.resumed,
        goals,
        ...measured(state),
        living: living.facts,
        restored: state.restored,
        findings,
        tables: Object.entries(checked?.rows ?? {}).map(([name, rows]) => ({
            ...{ name, rows, living: living.inventory.estimates[name], newest: checked?.newest[name] },
        })),
        orphans: checked?.orphans ?? {},
        schema: checked && schemaDifferences(living.inventory, checked.inventory),
        takenDownAt: state.removedAt,
    };
}

/** Writes the evidence, and returns its two files. Written again, it is the same files. */
export function writeEvidence(folder: string, evidence: Evidence): { json: string; markdown: string } {
    const day = evidence.startedAt.slice(0, 10);
    const base = path.join(folder, `${evidence.stack}-${day}-${evidence.drill}`);
    const files = { json: `${base}.json`, markdown: `${base}.md` };
    writeWhole(files.json, `${JSON.stringify(evidence, undefined, 2)}\n`, { mode: 0o600 });
    writeWhole(files.markdown, evidenceText(evidence), { mode: 0o600 });
    return files;
}

/** The evidence for people, in Markdown. */
export function evidenceText(evidence: Evidence): string {
    const { findings, tables, orphans, schema, rtoSeconds, rpoSeconds, origin, goals } = evidence;
    const goal = (seconds?: number) => (seconds === undefined ? "none was given" : durationText(seconds));
    const lines = [
        `# Restore drill of ${evidence.stack}: ${evidence.passed ? "passed" : "not passed"}`,
        "",
        ...table(
            ["", ""],
            [
                ["drill", evidence.drill],
                ["database", evidence.source],
                ["restored from", origin.snapshot ?? `RDS's own backups, to ${origin.moment}`],
                ["of", origin.moment],
                ["restored as", evidence.restoredAs],
                ["run by", evidence.by],
                ["began", evidence.startedAt],
                ["taken down", evidence.takenDownAt ?? "not yet"],
                ["interrupted", String(evidence.interruptions)],
            ],
        ),
        "",
        "## Objectives",
        "",
        ...table(
            ["objective", "measured", "seconds", "goal"],
            [
                ["RPO: what would be lost", durationText(rpoSeconds), rpoSeconds.toFixed(0), goal(goals.rpoSeconds)],
                [
                    "RTO: until it answered",
                    rtoSeconds === undefined ? "it did not answer" : durationText(rtoSeconds),
                    rtoSeconds?.toFixed(0) ?? "",
                    goal(goals.rtoSeconds),
                ],
            ],
        ),
        "",
        "RPO is from the moment of the backup to the start of the drill, as if the database had been lost then. RTO is from the call to RDS to the first answered query; to move an application comes on top.",
        "",
        "## Findings",
        "",
        ...table(
            ["", "check", "finding", "what to do"],
            findings.map(({ severity, check, finding, remedy = "" }) => [severity, check, finding, remedy]),
        ),
    ];
    if (tables.length > 0) {
        lines.push(
            "",
            "## Tables",
            "",
            "Rows of the restored one are counted; those of the living one are its own estimate from before.",
            "",
        );
        const rows = tables.map(({ name, rows: counted, living, newest }) => [
            ...[name, String(counted), living === undefined ? "" : `about ${living}`, newest ?? ""],
        ]);
        lines.push(...table(["table", "restored", "living", "newest row"], rows));
        lines.push("", "## Foreign keys", "");
        lines.push(
            ...table(
                ["key", "rows without a parent"],
                Object.entries(orphans).map(([key, n]) => [key, String(n)]),
            ),
        );
    }
    const lists = { "Only in the living one": schema?.onlyLiving, "Only in the restored one": schema?.onlyRestored };
    for (const [title, parts] of Object.entries({ ...lists, Different: schema?.different }))
        if (parts?.length) lines.push("", `## ${title}`, "", ...parts.map((part) => `- \`${part}\``));
    return `${lines.join("\n")}\n`;
}

function table(head: string[], rows: string[][]): string[] {
    const line = (cells: string[]) =>
        `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s+/g, " ")).join(" | ")} |`;
    return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)];
}
