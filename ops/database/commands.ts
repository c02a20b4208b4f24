import { readFileSync } from "node:fs";
import { drill } from "../drill/commands";
import { migrationsFolder, packageFile } from "../files";
import { allWell, findingsText } from "../finding";
import { exitCodes, OpsError, Refusal } from "../ops-error";
import { type ChangeOptions, numberOf, type StackOptions, wholeOf } from "../options";
import { bytesText, printer } from "../print";
import { type Change, recorded } from "../record";
import { type RestoredPart, restoreCommands } from "../restore/commands";
import { scale } from "../scale/commands";
import { snapshot } from "../snapshot/commands";
import { databaseOutputs, loginUsers, tierOf, userSecrets } from "../stack/outputs";
import { readCredentials } from "../stack/secrets";
import { resolveTarget, type TargetOptions } from "../stack/target";
import { contextKeyCommands } from "../tenants/context-key-commands";
import { createDemoTenant, refuseDemoTenant } from "../tenants/demo-tenant";
import { automatedBackups, backupsText, retentionChange } from "./backups";
import type { DatabaseCommands } from "./command-line";
import { engineCommands } from "./engines";
import { initializeDatabase } from "./initialize";
import { type LintFinding, lintSection } from "./lint";
import { type MaintenanceResult, maintain, plannedMaintenance } from "./maintenance";
import { migrate, migrationStates, plannedMigrations } from "./migrate";
import { readSections } from "./migration-file";
import { databaseSource, windowInRds, withRds } from "./rds";
import { MaintenanceWindow, refuseOutside } from "./window";

export interface DatabaseCommandOptions extends TargetOptions, ChangeOptions {}

export interface MigrateOptions extends DatabaseCommandOptions {
    folder?: string;
    role: string;
    count?: string;
    lockTimeout: string;
    wait: string;
    confirm?: string;
}

export interface BackupsOptions extends StackOptions {
    retention?: string;
}

export interface MaintainOptions extends DatabaseCommandOptions {
    window?: string;
    anyTime?: boolean;
}

/** The commands on the database of a stack. `end` is given an exit code other than 0. */
export function databaseCommands(stack: string | undefined, end: (code: number) => void): DatabaseCommands {
    const targetOf = async (options: MigrateOptions) => ({
        connection: await resolveTarget({ ...options, stack }),
        folder: options.folder ?? migrationsFolder,
        role: options.role,
    });
    const usersOf = (options: TargetOptions) =>
        loginUsers(options.urlVariable === undefined ? { ...options, stack } : undefined);
    const changeOf = ({ records }: ChangeOptions, command: string, target: string): Change => ({
        ...{ stack, records, target },
        command: `database ${command}`,
    });
    const withSource: RestoredPart["withSource"] = async (options, work) => {
        const { region, ...database } = databaseOutputs({ ...options, stack });
        await withRds(region, async (client) => work(await databaseSource(client, database)));
    };
    return {
        async users(options) {
            const print = printer(options);
            if (options.dryRun) {
                const { engine, database } = databaseOutputs({ ...options, stack });
                const sql = engineCommands[engine].usersSql(database, usersOf(options));
                return print(sql, { sql });
            }
            const { region, application, readOnly } = userSecrets({ ...options, stack });
            const connection = await resolveTarget({ ...options, stack });
            const credentials = {
                application: await readCredentials(application, region),
                readOnly: await readCredentials(readOnly, region),
            };
            const names = [credentials.application.user, credentials.readOnly.user];
            const result = await recorded(changeOf(options, "users", connection.database), async () => {
                await engineCommands[connection.engine ?? "postgres"].makeUsers(connection, credentials);
                return { users: names };
            });
            print(`The users ${names.join(" and ")} are there, with the passwords of their secrets.`, result);
        },
        async init({ demoTenant, tier = tierOf(stack), ...options }) {
            if (demoTenant) refuseDemoTenant(tier);
            const print = printer(options);
            if (options.dryRun)
                return print(packageFile("database/roles.sql"), { sql: packageFile("database/roles.sql") });
            const connection = await resolveTarget({ ...options, stack });
            const result = await recorded(changeOf(options, "init", connection.database), async () => {
                await initializeDatabase(connection, usersOf(options));
                if (demoTenant) {
                    const target = { connection, folder: migrationsFolder, role: "tenants_owner" };
                    await migrate(target, "up", { lockTimeoutSeconds: 5, waitSeconds: 60 });
                    await createDemoTenant(connection, tier);
                }
                return { demoTenant: demoTenant === true };
            });
            print(`The roles and schemas are there${demoTenant ? ", and the demo tenant" : ""}.`, result);
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
            const change = changeOf(options, `migrate ${direction}`, target.connection.database);
            const plan = { migrations: planned.map(({ name }) => name) };
            const result = await recorded({ ...change, plan }, async () => ({
                direction,
                done: await migrate(target, direction, limits, count),
            }));
            print(result.done.map((name) => `${direction} ${name}`).join("\n") || "There was nothing to do.", result);
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
            const connection = await resolveTarget({ ...options, stack });
            const { health } = engineCommands[connection.engine ?? "postgres"];
            const findings = await health(connection, usersOf(options));
            printer(options)(findingsText(findings), { findings });
            if (!allWell(findings)) end(exitCodes.unhealthy);
        },
        async maintain(task, tables, options) {
            const print = printer(options);
            const window = options.anyTime ? undefined : await maintenanceWindow({ ...options, stack });
            const connection = await resolveTarget({ ...options, stack });
            const plan = await plannedMaintenance(connection, task, tables);
            const lines = plan.map(({ sql, bytes }) => `${sql};  -- ${bytesText(bytes)}`);
            if (options.dryRun) return print(lines.join("\n") || "There is nothing to do.", { planned: plan });
            if (window) refuseOutside(window, new Date(), "give another --window, or --any-time");
            if (plan.length === 0) return print("There is nothing to do.", { task, done: [], left: [] });
            const change = { ...changeOf(options, `maintain ${task}`, connection.database), plan: { steps: plan } };
            const result = await recorded(change, () => maintain(connection, task, tables, window));
            print(maintenanceText(result), result);
            if (result.left.length > 0) end(exitCodes.failed);
        },
        async backups(options) {
            const days = options.retention === undefined ? undefined : wholeOf("--retention", options.retention, 0, 35);
            const { region, ...database } = databaseOutputs({ ...options, stack });
            const backups = await withRds(region, (client) => automatedBackups(client, database));
            const change = days === undefined ? undefined : retentionChange(backups, days, new Date());
            printer(options)(backupsText(backups, change), { ...backups, change });
            if (change?.loses || change?.snapshots.length) end(exitCodes.unhealthy);
        },
        snapshot: (options) => withSource(options, (source) => snapshot(stack, "database", source, options)),
        scale: (flags, options) => scale(stack, end, flags, options),
        drill: (options) => drill(stack, end, options),
        restoring: restoreCommands({ part: "database", stack, withSource }),
        ...contextKeyCommands(stack, changeOf),
    };
}

/** The window that was given, or the one that RDS has for the database. */
async function maintenanceWindow({ window, urlVariable, ...source }: MaintainOptions): Promise<MaintenanceWindow> {
    if (window !== undefined) return new MaintenanceWindow(window);
    if (urlVariable !== undefined)
        throw new Refusal("which window RDS has is not known here; give --window or --any-time");
    const { region, ...database } = databaseOutputs(source);
    return new MaintenanceWindow(await withRds(region, (client) => windowInRds(client, database)));
}

function maintenanceText({ done, left }: MaintenanceResult): string {
    return [
        ...done.map(({ target, seconds }) => `done  ${target} in ${seconds.toFixed(1)} s`),
        ...left.map((target) => `left  ${target}: interrupted, or the window has closed`),
    ].join("\n");
}

function lintText({ file, line, rule, problem }: LintFinding & { file: string }): string {
    return `${file}:${line}: ${rule}: ${problem}`;
}

function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`there is no file ${file}`);
    }
}
