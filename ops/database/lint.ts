import type { AlterTableCmd, ColumnDef, Constraint, Node, RangeVar } from "@pgsql/types";
import type { MigrationSection } from "./migration-file";
import type { SqlStatement } from "./sql";

/** A statement that would stop an application, or lose data, on a table in use. */
export interface LintFinding {
    rule: string;
    line: number;
    problem: string;
}

type Report = (rule: string, problem: string) => void;

/** What a statement is looked at with. */
interface Context {
    /** Whether a table is made in the same section, so that nobody uses it yet. */
    isNew(table: RangeVar | undefined): boolean;
    transaction: boolean;
}

/** `-- lint: allow drop-column: nothing reads it since release 41`; without a reason it allows nothing. */
const allowance = /--[ \t]*lint:[ \t]*allow[ \t]+([\w-]+)[ \t]*:[ \t]*\S/g;

/**
 * The dangerous statements of a section that no comment directly before them allows.
 * @param lockTimeoutSet whether what runs it sets lock_timeout, as `database migrate` does
 */
export function lintSection({ statements, transaction }: MigrationSection, lockTimeoutSet: boolean): LintFinding[] {
    const made = new Set(
        statements.flatMap(({ tree }) => ("CreateStmt" in tree ? [nameOf(tree.CreateStmt.relation)] : [])),
    );
    const context: Context = { isNew: (table) => made.has(nameOf(table)), transaction };
    let waits = lockTimeoutSet;
    return statements.flatMap((statement) => {
        const found: LintFinding[] = [];
        const report: Report = (rule, problem) => found.push({ rule, line: statement.line, problem });
        const timeout = lockTimeoutIn(statement.tree);
        if (timeout !== undefined) waits = timeout;
        if (timeout === false)
            report("lock-timeout", "lets a statement wait for a lock without end, and everything else behind it");
        lintStatement(statement.tree, context, report);
        if (!waits && locksHard(statement.tree, context)) {
            report(
                "lock-timeout",
                "waits for a lock without end, and everything else behind it; SET lock_timeout = '5s' before it",
            );
            waits = true;
        }
        return found.filter(({ rule }) => !allowedBy(statement).has(rule));
    });
}

function allowedBy({ comments }: SqlStatement): Set<string> {
    return new Set([...comments.matchAll(allowance)].map(([, rule = ""]) => rule));
}

function lintStatement(tree: Node, context: Context, report: Report): void {
    if ("IndexStmt" in tree) {
        const { concurrent, relation } = tree.IndexStmt;
        if (concurrent && context.transaction)
            report(
                "index-in-transaction",
                'CONCURRENTLY runs in no transaction; begin the section with "-- Up Migration, no transaction"',
            );
        if (!concurrent && !context.isNew(relation))
            report(
                "index-without-concurrently",
                `stops writes to ${nameOf(relation)} while it is built; CREATE INDEX CONCURRENTLY in a migration of its own`,
            );
    }
    if (
        "AlterTableStmt" in tree &&
        tree.AlterTableStmt.objtype === "OBJECT_TABLE" &&
        !context.isNew(tree.AlterTableStmt.relation)
    ) {
        for (const command of tree.AlterTableStmt.cmds ?? [])
            if ("AlterTableCmd" in command)
                lintAlteration(command.AlterTableCmd, nameOf(tree.AlterTableStmt.relation), report);
    }
    if ("DropStmt" in tree) {
        const { removeType, concurrent } = tree.DropStmt;
        if (removeType === "OBJECT_TABLE") report("drop-table", "loses the table's rows; take a snapshot first");
        if (removeType === "OBJECT_INDEX" && !concurrent)
            report("index-without-concurrently", "stops reads and writes of the table; DROP INDEX CONCURRENTLY");
    }
    if ("RenameStmt" in tree && ["OBJECT_TABLE", "OBJECT_COLUMN"].includes(tree.RenameStmt.renameType ?? ""))
        report(
            "rename",
            "breaks the release that is running, which knows the old name; add the new one, move, drop the old one later",
        );
    if ("TruncateStmt" in tree) report("truncate", "loses the table's rows; take a snapshot first");
    if ("ReindexStmt" in tree && !JSON.stringify(tree.ReindexStmt).includes('"concurrently"'))
        report("index-without-concurrently", "stops writes of the table; REINDEX … CONCURRENTLY");
    if ("VacuumStmt" in tree && JSON.stringify(tree.VacuumStmt).includes('"full"'))
        report("table-rewrite", "VACUUM FULL rewrites the table while nobody can read it");
    if ("ClusterStmt" in tree) report("table-rewrite", "CLUSTER rewrites the table while nobody can read it");
}

function lintAlteration({ subtype, name, def }: AlterTableCmd, table: string, report: Report): void {
    const where = `${table}.${name ?? ""}`;
    if (subtype === "AT_DropColumn")
        report(
            "drop-column",
            `loses ${where}, which the release that is running may still read; drop it one release later`,
        );
    if (subtype === "AT_AlterColumnType")
        report(
            "table-rewrite",
            `a new type of ${where} can rewrite the table while nobody can read it; add a column, copy, swap`,
        );
    if (subtype === "AT_SetNotNull")
        report(
            "set-not-null",
            `reads all of ${table} while nobody can; add CHECK (${name} IS NOT NULL) NOT VALID and validate it first`,
        );
    if (subtype === "AT_AddColumn" && def && "ColumnDef" in def) lintColumn(def.ColumnDef, table, report);
    if (subtype === "AT_AddConstraint" && def && "Constraint" in def) lintConstraint(def.Constraint, table, report);
}

function lintColumn({ colname, constraints = [] }: ColumnDef, table: string, report: Report): void {
    const all = constraints.flatMap((one) => ("Constraint" in one ? [one.Constraint] : []));
    const has = (type: Constraint["contype"]) => all.some(({ contype }) => contype === type);
    const filled = has("CONSTR_DEFAULT") || has("CONSTR_GENERATED") || has("CONSTR_IDENTITY");
    if (has("CONSTR_NOTNULL") && !filled)
        report(
            "not-null-without-default",
            `fails if ${table} has rows; give ${colname} a default, or add it without NOT NULL`,
        );
    const initial = all.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
    if (has("CONSTR_GENERATED") || has("CONSTR_IDENTITY") || (initial && mayBeVolatile(initial)))
        report(
            "table-rewrite",
            `a value of ${colname} for each row rewrites ${table} while nobody can read it; add it without, fill in batches`,
        );
    for (const one of all)
        if (["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_FOREIGN"].includes(one.contype ?? ""))
            lintConstraint(one, table, report);
}

function lintConstraint({ contype, skip_validation, indexname }: Constraint, table: string, report: Report): void {
    if ((contype === "CONSTR_FOREIGN" || contype === "CONSTR_CHECK") && !skip_validation)
        report(
            "constraint-not-valid",
            `reads all of ${table} under a lock; add it NOT VALID, and VALIDATE CONSTRAINT in the next migration`,
        );
    if ((contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY" || contype === "CONSTR_EXCLUSION") && !indexname)
        report(
            "index-without-concurrently",
            `stops ${table} while its index is built; build it CONCURRENTLY, then add the constraint USING INDEX`,
        );
}

/** Constants and the time of the transaction are put in without a rewrite. */
function mayBeVolatile(expression: Node): boolean {
    const calls = [...JSON.stringify(expression).matchAll(/"funcname":\[(.*?)\]/g)].map(([, name = ""]) => name);
    return calls.some((name) => !/"(now|transaction_timestamp|current_setting)"/.test(name));
}

function locksHard(tree: Node, { isNew }: Context): boolean {
    if ("AlterTableStmt" in tree) return !isNew(tree.AlterTableStmt.relation);
    if ("IndexStmt" in tree) return !tree.IndexStmt.concurrent && !isNew(tree.IndexStmt.relation);
    if ("CreateTrigStmt" in tree) return !isNew(tree.CreateTrigStmt.relation);
    return ["DropStmt", "RenameStmt", "TruncateStmt", "ClusterStmt", "LockStmt"].some((type) => type in tree);
}

/** Whether a statement sets an end to waiting for locks; undefined if it has nothing to do with it. */
function lockTimeoutIn(tree: Node): boolean | undefined {
    if (!("VariableSetStmt" in tree) || tree.VariableSetStmt.name !== "lock_timeout") return undefined;
    const { kind, args } = tree.VariableSetStmt;
    return kind === "VAR_SET_VALUE" && !/"ival":\{\}|"sval":"0[a-z]*"/.test(JSON.stringify(args));
}

function nameOf(table: RangeVar | undefined): string {
    return [table?.schemaname, table?.relname].filter((part) => part !== undefined).join(".");
}
