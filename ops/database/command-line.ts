import { Argument, type Command, Option } from "commander";
import { addDrillCommand, type DrillOptions } from "../drill/commands";
import { changing, onStack, reaching } from "../options";
import { addRestoreCommands, type RestoreCommands } from "../restore/commands";
import { addScaleCommand, type ScaleOptions } from "../scale/commands";
import { addSnapshotCommand, type SnapshotOptions } from "../snapshot/commands";
import type { BackupsOptions, DatabaseCommandOptions, MaintainOptions, MigrateOptions } from "./commands";
import { type MaintenanceTask, maintenanceTasks } from "./maintenance-plan";

/** What the commands do. */
export interface DatabaseCommands {
    users(options: DatabaseCommandOptions): Promise<void>;
    init(options: DatabaseCommandOptions & { demoTenant?: boolean; tier?: string }): Promise<void>;
    migrate(direction: "up" | "down", options: MigrateOptions): Promise<void>;
    status(options: MigrateOptions): Promise<void>;
    lint(files: string[], options: { json?: boolean }): Promise<void>;
    health(options: DatabaseCommandOptions): Promise<void>;
    maintain(task: MaintenanceTask, tables: string[], options: MaintainOptions): Promise<void>;
    backups(options: BackupsOptions): Promise<void>;
    snapshot(options: SnapshotOptions): Promise<void>;
    restoring: RestoreCommands;
    scale(flags: string[], options: ScaleOptions): Promise<void>;
    drill(options: DrillOptions): Promise<void>;
    addContextKey(name: string, options: DatabaseCommandOptions & { secret: string }): Promise<void>;
    removeContextKey(name: string, options: DatabaseCommandOptions): Promise<void>;
}

/** Adds the commands on a database. */
export function addDatabaseCommands(program: Command, commands: DatabaseCommands): void {
    const database = program.command("database").description("A PostgreSQL database, or an Aurora one.");

    changing(ofStack(database.command("users")), "print what would run, and connect to nothing")
        .description("Make the users that log in, from their secrets, where no Job in a cluster does. Then run `init`.")
        .action((options) => commands.users(options));
    changing(onDatabase(database.command("init")), "print what would run, and connect to nothing")
        .description("Make the tenants' roles and schemas, or bring them into step. Then run `migrate up`.")
        .option("--demo-tenant", "also migrate, and make a tenant to try things with; not in prod")
        .option("--tier <tier>", "the tier, where there is no Pulumi.<stack>.yaml")
        .action((options) => commands.init(options));

    const migrate = database.command("migrate").description("The schema, by plain SQL in files.");
    migrating(migrate.command("up"))
        .description("Run the migrations that the database has not, each in a transaction.")
        .action((options) => commands.migrate("up", options));
    migrating(migrate.command("down"))
        .description("Undo the last migration.")
        .option("--confirm <stack>", "the stack's name again: what a migration made is lost")
        .action((options) => commands.migrate("down", options));
    ofMigrations(migrate.command("status"))
        .description("Which migrations the database has.")
        .action((options) => commands.status(options));

    database
        .command("lint")
        .description("Find statements that stop an application or lose data. Needs no database.")
        .argument("<files...>", "files with SQL, also those of other tools")
        .option("--json", "print it for machines")
        .action((files, options) => commands.lint(files, options));
    onDatabase(database.command("health"))
        .description(
            "Connections, replication, long transactions, locks, wraparound, dead rows, slow statements, tenants. Only reads.",
        )
        .action((options) => commands.health(options));

    changing(onDatabase(database.command("maintain")))
        .description("Vacuum, analyze or reindex (concurrently) tables, in the maintenance window.")
        .addArgument(new Argument("<task>").choices(maintenanceTasks))
        .argument(
            "[tables...]",
            "with their schemas; those that need it, or for a reindex the invalid indexes, without one",
        )
        .option("--window <window>", "such as sun:03:00-sun:05:00, in UTC; RDS's maintenance window without it")
        .addOption(new Option("--any-time", "outside any window").conflicts("window"))
        .action((task, tables, options) => commands.maintain(task, tables, options));
    onStack(database.command("backups"))
        .description("The backups that RDS makes by itself, and what another retention would expire. Only reads.")
        .option("--retention <days>", "the retention to come, 0 to 35")
        .action((options) => commands.backups(options));
    addSnapshotCommand(database, (options) => commands.snapshot(options));
    addRestoreCommands(database, "database", () => commands.restoring);
    addScaleCommand(database, (flags, options) => commands.scale(flags, options));
    addDrillCommand(ofStack(database.command("drill")), (options) => commands.drill(options));

    const keys = database.command("context-key").description("The keys that tenants' contexts are signed with.");
    changing(onDatabase(keys.command("add")))
        .description("Take only contexts that are signed with this key, or with another that was added.")
        .argument("<name>")
        .requiredOption("--secret <id>", "the secret with the key in Base64")
        .action((name, options) => commands.addContextKey(name, options));
    changing(onDatabase(keys.command("remove")))
        .description("End a key. Without the last one, contexts need no signature any more.")
        .argument("<name>")
        .action((name, options) => commands.removeContextKey(name, options));
}

/** The options of whatever connects. */
function onDatabase(command: Command): Command {
    return ofStack(command).option(
        "--url-variable <name>",
        "the environment variable with the database's URL, inside the cluster, instead of outputs and secret",
    );
}

/** The options of what needs the stack's outputs to connect. */
function ofStack(command: Command): Command {
    return reaching(onStack(command), "RDS's");
}

function ofMigrations(command: Command): Command {
    return onDatabase(command)
        .option("--folder <folder>", "the folder of the migrations; those of the tenants without it")
        .option("--role <role>", "the role that owns what they make", "tenants_owner");
}

function migrating(command: Command): Command {
    return changing(ofMigrations(command), "print what would run, and change nothing")
        .option("--count <number>", "how many; `up` runs all without it, `down` undoes one")
        .option("--lock-timeout <seconds>", "how long a statement waits for a lock", "5")
        .option("--wait <seconds>", "how long to wait while another migration runs", "60");
}
