import { Command, Option } from "commander";
import type { DatabaseCommandOptions, MigrateOptions } from "./database/commands";

/** What the commands do; given to the command line, so that it loads only what it runs. */
export interface Commands {
    users(options: DatabaseCommandOptions): Promise<void>;
    init(options: DatabaseCommandOptions & { demoTenant?: boolean; tier?: string }): Promise<void>;
    migrate(direction: "up" | "down", options: MigrateOptions): Promise<void>;
    status(options: MigrateOptions): Promise<void>;
    lint(files: string[], options: { json?: boolean }): Promise<void>;
    health(options: DatabaseCommandOptions): Promise<void>;
    addContextKey(name: string, options: DatabaseCommandOptions & { secret: string }): Promise<void>;
    removeContextKey(name: string, options: DatabaseCommandOptions): Promise<void>;
}

const examples = [
    "",
    "Examples:",
    "  npm run ops -- prod database migrate up --dry-run",
    "  npm run ops -- prod database health --host localhost --port 15432   # through a tunnel",
    "  npm run ops -- database lint ops/migrations/0004_add-invoices.sql",
    "",
    "Exit codes: 0 done, 1 failed, 3 refused because it would be unsafe, 4 looked at and not well.",
].join("\n");

/** The command line. The stack stands in front of the command, where there is one. */
export function commandLine(commands: Commands): Command {
    const program = new Command("npm run ops -- <stack>")
        .description("Runs what the stacks have: migrations, tenants, health.")
        .exitOverride()
        .showHelpAfterError()
        .option("-C, --cwd <folder>", "before all else: the folder of the project, as `pulumi -C` has it")
        .addHelpText("after", examples);
    const database = program.command("database").description("A PostgreSQL database, or an Aurora one.");

    ofStack(database.command("users"))
        .description("Make the users that log in, from their secrets, where no Job in a cluster does. Then run `init`.")
        .option("--dry-run", "print what would run, and connect to nothing")
        .action((options) => commands.users(options));
    onDatabase(database.command("init"))
        .description("Make the tenants' roles and schemas, or bring them into step. Then run `migrate up`.")
        .option("--demo-tenant", "also migrate, and make a tenant to try things with; not in prod")
        .option("--tier <tier>", "the tier, where there is no Pulumi.<stack>.yaml")
        .option("--dry-run", "print what would run, and connect to nothing")
        .action((options) => commands.init(options));

    const migrate = database.command("migrate").description("The schema, by plain SQL in files.");
    changing(migrate.command("up"))
        .description("Run the migrations that the database has not, each in a transaction.")
        .action((options) => commands.migrate("up", options));
    changing(migrate.command("down"))
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

    const keys = database.command("context-key").description("The keys that tenants' contexts are signed with.");
    onDatabase(keys.command("add"))
        .description("Take only contexts that are signed with this key, or with another that was added.")
        .argument("<name>")
        .requiredOption("--secret <id>", "the secret with the key in Base64")
        .action((name, options) => commands.addContextKey(name, options));
    onDatabase(keys.command("remove"))
        .description("End a key. Without the last one, contexts need no signature any more.")
        .argument("<name>")
        .action((name, options) => commands.removeContextKey(name, options));
    return program;
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
    return command
        .option("--json", "print it for machines")
        .option("--outputs <file>", "what `pulumi stack output --json` printed, instead of asking Pulumi")
        .option("--host <host>", "where to connect, if it is not the server: the near end of a tunnel")
        .option("--port <port>", "its port")
        .option("--authorities <file>", "the authorities of the server's certificate in PEM; RDS's without it")
        .addOption(new Option("--plaintext", "without TLS, only to a server on this machine").conflicts("authorities"));
}

function ofMigrations(command: Command): Command {
    return onDatabase(command)
        .option("--folder <folder>", "the folder of the migrations; those of the tenants without it")
        .option("--role <role>", "the role that owns what they make", "tenants_owner");
}

function changing(command: Command): Command {
    return ofMigrations(command)
        .option("--count <number>", "how many; `up` runs all without it, `down` undoes one")
        .option("--lock-timeout <seconds>", "how long a statement waits for a lock", "5")
        .option("--wait <seconds>", "how long to wait while another migration runs", "60")
        .option("--dry-run", "print what would run, and change nothing");
}
