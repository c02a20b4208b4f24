import type { Finding } from "../finding";
import { durationText } from "../print";
import type { Checked } from "./checks";
import { schemaDifferences } from "./inventory";
import type { DrillState } from "./state";

/** What the drill is to keep to; nothing is judged by a goal that is not given. */
export interface Goals {
    rpoSeconds?: number;
    rtoSeconds?: number;
}

/** From this number on, a table that has rows in the living database is not empty by chance. */
const manyRows = 1_000;
/** The server's count is an estimate, and the living database goes on. */
const usualDifference = 0.2;

/** How much would have been lost, and how long it took until the restored database answered. */
export function measured({ origin, startedAt, askedAt, answeredAt }: DrillState): {
    rpoSeconds: number;
    rtoSeconds?: number;
} {
    const seconds = (from: string, to: string) => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
    return {
        rpoSeconds: seconds(origin.moment, startedAt),
        rtoSeconds: askedAt && answeredAt ? seconds(askedAt, answeredAt) : undefined,
    };
}

/** What was found by the drill. It is passed where nothing of it is critical. */
export function drillFindings(state: DrillState, goals: Goals): Finding[] {
    const { rpoSeconds, rtoSeconds } = measured(state);
    const findings = [
        goalFinding("RPO", rpoSeconds, goals.rpoSeconds, "between the backup and the start of the drill", {
            remedy: "make backups more often, or restore to a point in time",
        }),
    ];
    if (rtoSeconds !== undefined) {
        const also = state.resumed > 0 ? `; the drill was interrupted ${times(state.resumed)}, which counts` : "";
        findings.push(
            goalFinding("RTO", rtoSeconds, goals.rtoSeconds, `until the restored database answered${also}`, {
                remedy: "give the restored database a larger class, or make it smaller",
            }),
        );
    }
    if (state.restored) findings.push(encryption(state));
    if (state.checked) findings.push(...contents(state, state.checked));
    if (state.failure !== undefined)
        findings.push({ check: "the drill", severity: "critical", finding: state.failure, remedy: "run it again" });
    return findings;
}

/** Whether the drill shows that the backup can be used. */
export function passed(findings: Finding[]): boolean {
    return findings.every(({ severity }) => severity !== "critical");
}

function goalFinding(
    check: string,
    seconds: number,
    goal: number | undefined,
    what: string,
    { remedy }: { remedy: string },
): Finding {
    const missed = goal !== undefined && seconds > goal;
    const of = goal === undefined ? "" : `, of ${durationText(goal)} at most`;
    return {
        check,
        severity: missed ? "critical" : "ok",
        finding: `${durationText(seconds)} ${what}${of}`,
        remedy: missed ? remedy : undefined,
    };
}

function encryption({ living, restored }: DrillState): Finding {
    const check = "encryption";
    if (!restored?.encrypted)
        return {
            ...{ check, severity: "critical", finding: "the restored storage is not encrypted" },
            remedy: "copy the snapshot under a key before it is restored (docs/restore.md)",
        };
    const { kmsKeyId } = restored;
    return kmsKeyId === living.facts.kmsKeyId
        ? { check, severity: "ok", finding: `the restored storage has the living one's key, ${kmsKeyId}` }
        : {
              ...{ check, severity: "warning", finding: `the restored storage has the key ${kmsKeyId}` },
              remedy: `the living one has ${living.facts.kmsKeyId}: keep both keys as long as the backups`,
          };
}

function contents({ living, origin }: DrillState, checked: Checked): Finding[] {
    const { onlyLiving, onlyRestored, different } = schemaDifferences(living.inventory, checked.inventory);
    const differing = onlyLiving.length + onlyRestored.length + different.length;
    const parts = Object.keys(checked.inventory.schema).length;
    const findings: Finding[] = [
        differing === 0
            ? { check: "schema", severity: "ok", finding: `all ${parts} parts are as in the living database` }
            : {
                  ...{ check: "schema", severity: "warning" },
                  finding: `${onlyLiving.length} parts are only in the living database, ${onlyRestored.length} only in the restored one, ${different.length} differ`,
                  remedy: "they are listed below; all of it has to come from changes after the backup",
              },
        ...rowFindings(living.inventory.estimates, checked.rows),
    ];
    const orphaned = Object.entries(checked.orphans).filter(([, count]) => count > 0);
    const keys = Object.keys(checked.orphans).length;
    if (orphaned.length === 0)
        findings.push({
            check: "orphans",
            severity: "ok",
            finding: `every row of ${keys} foreign keys has its parent`,
        });
    for (const [key, count] of orphaned)
        findings.push({
            ...{ check: "orphans", severity: "critical", finding: `${count} rows of ${key} have no parent` },
            remedy: "look whether the living database has them too",
        });
    const [newest] = Object.values(checked.newest).sort().reverse();
    findings.push({
        check: "newest row",
        severity: "ok",
        finding: newest
            ? `written at ${newest}; the backup is of ${origin.moment}`
            : "no table says when its rows were written, or none has rows",
    });
    for (const [name, reason] of Object.entries(checked.unread))
        findings.push({
            ...{ check: "rows", severity: "critical", finding: `${name} could not be read: ${reason}` },
            remedy: "look at who owns it",
        });
    return findings;
}

function rowFindings(estimates: Record<string, number>, rows: Record<string, number>): Finding[] {
    const check = "rows";
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const findings: Finding[] = [
        { check, severity: "ok", finding: `${total} rows of ${Object.keys(rows).length} tables were read` },
    ];
    for (const [name, estimate] of Object.entries(estimates)) {
        const counted = rows[name];
        if (counted === undefined || estimate < manyRows) continue;
        const finding = `${name} has ${counted} rows, the living one about ${estimate}`;
        if (counted === 0)
            findings.push({ check, severity: "critical", finding, remedy: "find out when they were written" });
        else if (Math.abs(counted - estimate) > usualDifference * estimate)
            findings.push({ check, severity: "warning", finding, remedy: "compare it with what was written since" });
    }
    return findings;
}

function times(count: number): string {
    return count === 1 ? "once" : `${count} times`;
}
