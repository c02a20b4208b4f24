import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { OpsError, Refusal } from "../ops-error";
import { type DatabaseConnection, withConnection } from "./connection";
import { type MigrationFile, type MigrationSection, readMigrations } from "./migration-file";

/** Which migrations, on which database. */
export interface MigrationTarget {
    connection: DatabaseConnection;
    /** The folder of the migrations. */
    folder: string;
    /** The role that owns what they make. */
    role: string;
}

export interface MigrationLimits {
    /** Seconds that a statement waits for a lock. Others queue behind it, so that a long wait stops the application. */
    lockTimeoutSeconds: number;
    /** Seconds to wait while another migration runs. */
    waitSeconds: number;
}

/** A migration, and whether the database has it. */
export interface MigrationState {
    name: string;
    state: "applied" | "pending" | "without a file";
    /** When it was applied, in ISO 8601. */
    appliedAt?: string;
}

type Direction = "up" | "down";

const schema = "migrations";
const table = "applied";

/** Each migration in its order, and whether the database has it. */
export async function migrationStates({ connection, folder, role }: MigrationTarget): Promise<MigrationState[]> {
    const files = await readMigrations(folder);
    return withConnection(connection, async (client) => {
        await actAs(client, role);
        return statesOf(files, await appliedIn(client));
    });
}

/** The migrations that `up` would run, or that `down` would undo, the first one first. */
export async function plannedMigrations(
    target: MigrationTarget,
    direction: Direction,
    count?: number,
): Promise<MigrationFile[]> {
    const [files, states] = await Promise.all([readMigrations(target.folder), migrationStates(target)]);
    const lost = states.filter(({ state }) => state === "without a file").map(({ name }) => name);
    if (lost.length > 0)
        throw new Refusal(`the database has ${lost.join(", ")}, which ${target.folder} has not; bring it back first`);
    const names = states
        .filter(({ state }) => state === (direction === "up" ? "pending" : "applied"))
        .map(({ name }) => name);
    const planned =
        direction === "up" ? names.slice(0, count) : names.slice(Math.max(0, names.length - (count ?? 1))).reverse();
    return planned.flatMap((name) => files.find((file) => file.name === name) ?? []);
}

/** Runs or undoes migrations, each in a transaction of its own. Returns the names of those it did. */
export async function migrate(
    target: MigrationTarget,
    direction: Direction,
    limits: MigrationLimits,
    count?: number,
): Promise<string[]> {
    const planned = await plannedMigrations(target, direction, count);
    const final = direction === "down" ? planned.filter(({ down }) => !down).map(({ name }) => name) : [];
    if (final.length > 0) throw new Refusal(`${final.join(", ")} cannot be undone: it has no "-- Down Migration"`);
    const deadline = Date.now() + limits.waitSeconds * 1000;
    for (;;) {
        try {
            return await withConnection(target.connection, (client) =>
                run(client, target, direction, limits, direction === "up" ? count : planned.length),
            );
        } catch (error) {
            // A waiter that blocks in the server holds a snapshot, for which CREATE INDEX CONCURRENTLY would wait in turn.
            if (!(error instanceof Error) || !/another migration is already running/i.test(error.message)) throw error;
            if (Date.now() >= deadline)
                throw new OpsError(`another migration is still running after ${limits.waitSeconds} seconds`);
            await wait(500);
        }
    }
}

async function run(
    client: Client,
    { folder, role }: MigrationTarget,
    direction: Direction,
    { lockTimeoutSeconds }: MigrationLimits,
    count: number | undefined,
): Promise<string[]> {
    await actAs(client, role);
    await client.query(`SET lock_timeout = ${Math.round(lockTimeoutSeconds * 1000)}`);
    const { runner } = await import("node-pg-migrate");
    const files = await readMigrations(folder);
    const quiet = () => {};
    try {
        const done = await runner({
            ...{ dbClient: client, dir: folder, direction, count },
            ...{ migrationsSchema: schema, migrationsTable: table },
            // It reads no files itself: what runs is what was looked at before.
            migrationLoaderStrategies: [{ extensions: [".sql"], loader: async () => files.map(unitOf) }],
            logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        });
        return done.map(({ name }) => name);
    } catch (error) {
        throw await explained(client, error as Error & { code?: string });
    }
}

function unitOf({ path, up, down }: MigrationFile) {
    return { id: path, filePaths: [path], actions: { up: stepsOf(up), down: down ? stepsOf(down) : (false as const) } };
}

function stepsOf({ statements, transaction }: MigrationSection) {
    return (builder: { sql(text: string): void; noTransaction(): void }) => {
        if (!transaction) builder.noTransaction();
        // One by one: PostgreSQL makes a transaction of several that are sent together.
        for (const { text } of statements) builder.sql(text);
    };
}

/** What went wrong, and what it left behind. */
async function explained(client: Client, error: Error & { code?: string }): Promise<Error> {
    if (/another migration is already running/i.test(error.message)) return error;
    await client.query("ROLLBACK");
    const invalid = await client.query<{ name: string }>(
        "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid ORDER BY 1",
    );
    const left = invalid.rows.map(({ name }) => name).join(", ");
    const cause =
        error.code === "55P03"
            ? "a lock was not to be had in time; try again when less is going on"
            : `${error.message}${error.code ? ` (${error.code})` : ""}`;
    return new OpsError(
        `the migration failed: ${cause}${left && `; it left an invalid index, to be dropped before the next try: ${left}`}`,
        { cause: error },
    );
}

async function actAs(client: Client, role: string): Promise<void> {
    try {
        await client.query(`SET ROLE ${client.escapeIdentifier(role)}`);
    } catch (error) {
        throw new Refusal(
            `${client.user} cannot act as ${role}, which is to own the tables; run \`database init\`, or give --role`,
            { cause: error },
        );
    }
    await client.query("SET search_path = app, pg_temp");
}

async function appliedIn(client: Client): Promise<{ name: string; run_on: Date }[]> {
    const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass($1) AS found", [
        `${schema}.${table}`,
    ]);
    if (!rows[0]?.found) return [];
    return (await client.query(`SELECT name, run_on FROM ${schema}.${table} ORDER BY run_on, id`)).rows;
}

function statesOf(files: MigrationFile[], applied: { name: string; run_on: Date }[]): MigrationState[] {
    const known = new Set(files.map(({ name }) => name));
    const lost = applied.filter(({ name }) => !known.has(name));
    return [
        ...lost.map(({ name, run_on }) => ({
            name,
            state: "without a file" as const,
            appliedAt: run_on.toISOString(),
        })),
        ...files.map(({ name }) => {
            const found = applied.find((one) => one.name === name);
            return found
                ? { name, state: "applied" as const, appliedAt: found.run_on.toISOString() }
                : { name, state: "pending" as const };
        }),
    ];
}
