import { readFileSync } from "node:fs";
import type { Commands } from "../command-line";
import { migrationsFolder, packageFile } from "../files";
import { exitCodes, OpsError, Refusal } from "../ops-error";
import { databaseOutputs, tierOf, userSecrets } from "../stack/outputs";
import { readCredentials, readSecret } from "../stack/secrets";
import { resolveTarget, type TargetOptions } from "../stack/target";
import { createDemoTenant, refuseDemoTenant } from "../tenants/demo-tenant";
import { addContextKey, removeContextKey } from "../tenants/signed-context";
import { withConnection } from "./connection";
import { databaseHealth } from "./health";
import { initializeDatabase } from "./initialize";
import { type LintFinding, lintSection } from "./lint";
import { migrate, migrationStates, plannedMigrations } from "./migrate";
import { readSections } from "./migration-file";
import { makeUsers, usersSql } from "./users";

export interface DatabaseCommandOptions extends TargetOptions {
    json?: boolean;
    dryRun?: boolean;
}

export interface MigrateOptions extends DatabaseCommandOptions {
    folder?: string;
    role: string;
    count?: string;
    lockTimeout: string;
    wait: string;
    confirm?: string;
}

/** How a command says something: a text for people, and what machines get with --json. */
export type Print = (text: string, machine: object) => void;

/** The users that the Job make-roles makes, or `users`. */
const users = { application: "application", readOnly: "read_only" };

/** The commands on the database of a stack. `end` is given an exit code other than 0. */
export function databaseCommands(stack: string | undefined, end: (code: number) => void): Commands {
    const targetOf = async (options: MigrateOptions) => ({
        connection: await resolveTarget({ ...options, stack }),
        folder: options.folder ?? migrationsFolder,
        role: options.role,
    });
    return {
        async users(options) {
            const print = printer(options);
            if (options.dryRun) return print(usersSql(), { sql: usersSql() });
            const { region, application, readOnly } = userSecrets({ ...options, stack });
            const connection = await resolveTarget({ ...options, stack });
            const credentials = {
                application: await readCredentials(application, region),
                readOnly: await readCredentials(readOnly, region),
            };
            await makeUsers(connection, credentials);
            const names = [credentials.application.user, credentials.readOnly.user];
            print(`The users ${names.join(" and ")} are there, with the passwords of their secrets.`, { users: names });
        },
        async init({ demoTenant, tier = tierOf(stack), ...options }) {
            if (demoTenant) refuseDemoTenant(tier);
            const print = printer(options);
            if (options.dryRun)
                return print(packageFile("database/roles.sql"), { sql: packageFile("database/roles.sql") });
            const connection = await resolveTarget({ ...options, stack });
            await initializeDatabase(connection, users);
            if (demoTenant) {
                const target = { connection, folder: migrationsFolder, role: "tenants_owner" };
                await migrate(target, "up", { lockTimeoutSeconds: 5, waitSeconds: 60 });
                await createDemoTenant(connection, tier);
            }
            print(`The roles and schemas are there${demoTenant ? ", and the demo tenant" : ""}.`, {
                demoTenant: demoTenant === true,
            });
        },
        async migrate(direction, options) {
            const print = printer(options);
            const count = options.count === undefined ? undefined : numberOf("--count", options.count, 1);
            const limits = {
                lockTimeoutSeconds: numberOf("--lock-timeout", options.lockTimeout, 0.001),
                waitSeconds: numberOf("--wait", options.wait, 0),
            };
            const target = await targetOf(options);
            const planned = await plannedMigrations(target, direction, count);
            if (direction === "up") {
                const found = planned.flatMap(({ name, up }) =>
                    lintSection(up, true).map((finding) => ({ file: name, ...finding })),
                );
                if (found.length > 0)
                    throw new Refusal(`these migrations are dangerous:\n${found.map(lintText).join("\n")}`);
            }
            if (options.dryRun) {
                const sql = planned.map((file) => ({
                    name: file.name,
                    statements: (file[direction]?.statements ?? []).map(({ text }) => text),
                }));
                const text = sql.map(({ name, statements }) =>
                    [`-- ${name}`, ...statements.map((one) => `${one};`)].join("\n"),
                );
                return print(text.join("\n\n") || "There is nothing to do.", { planned: sql });
            }
            if (direction === "down" && (options.confirm === undefined || options.confirm !== stack))
                throw new Refusal(
                    `down would lose what ${planned.map(({ name }) => name).join(", ") || "nothing"} made; give --confirm ${stack ?? "with the stack's name"}`,
                );
            const done = await migrate(target, direction, limits, count);
            print(done.map((name) => `${direction} ${name}`).join("\n") || "There was nothing to do.", {
                direction,
                done,
            });
        },
        async status(options) {
            const states = await migrationStates(await targetOf(options));
            const lines = states.map(({ name, state, appliedAt }) =>
                `${state.padEnd(14)} ${name} ${appliedAt ?? ""}`.trimEnd(),
            );
            printer(options)(lines.join("\n"), { migrations: states });
        },
        async lint(files, options) {
            const found: (LintFinding & { file: string })[] = [];
            for (const file of files) {
                const { up } = await readSections(textOf(file), file);
                found.push(...lintSection(up, false).map((finding) => ({ file, ...finding })));
            }
            printer(options)(found.map(lintText).join("\n") || "Nothing dangerous was found.", { findings: found });
            if (found.length > 0) end(exitCodes.unhealthy);
        },
        async health(options) {
            const findings = await databaseHealth(await resolveTarget({ ...options, stack }), users);
            const lines = findings.map(
                ({ check, severity, finding, remedy }) =>
                    `${severity.padEnd(8)} ${check}: ${finding}${remedy ? `\n         ${remedy}` : ""}`,
            );
            printer(options)(lines.join("\n"), { findings });
            if (findings.some(({ severity }) => severity !== "ok")) end(exitCodes.unhealthy);
        },
        async addContextKey(name, { secret, ...options }) {
            const { region } = databaseOutputs({ ...options, stack });
            const key = Buffer.from(await readSecret(secret, region), "base64");
            await asOwner({ ...options, stack }, (client) => addContextKey(client, name, key));
            printer(options)(`Contexts are signed from now on, with ${name} or another key that was added.`, {
                added: name,
            });
        },
        async removeContextKey(name, options) {
            await asOwner({ ...options, stack }, (client) => removeContextKey(client, name));
            printer(options)(`The key ${name} has ended.`, { removed: name });
        },
    };
}

async function asOwner(options: TargetOptions, work: Parameters<typeof withConnection<void>>[1]): Promise<void> {
    await withConnection(await resolveTarget(options), async (client) => {
        await client.query("SET ROLE tenants_owner");
        await work(client);
    });
}

function printer({ json }: { json?: boolean }): Print {
    return (text, machine) => {
        process.stdout.write(json ? `${JSON.stringify(machine, undefined, 2)}\n` : `${text}\n`);
    };
}

function lintText({ file, line, rule, problem }: LintFinding & { file: string }): string {
    return `${file}:${line}: ${rule}: ${problem}`;
}

function numberOf(option: string, text: string, least: number): number {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value < least)
        throw new OpsError(`${option}: ${text} is not allowed; give a number of at least ${least}`);
    return value;
}

function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`there is no file ${file}`);
    }
}
