import { Command } from "commander";
import { addCacheCommands, type CacheCommands } from "./cache/command-line";
import { addConnectCommands, type ConnectCommands } from "./connect/command-line";
import { addDatabaseCommands, type DatabaseCommands } from "./database/command-line";
import { addQueueCommands, type QueueCommands } from "./queue/command-line";

/** What the commands do, by what they are about; given to the command line, so that it loads only what it runs. */
export interface Commands {
    database: DatabaseCommands;
    queue: QueueCommands;
    cache: CacheCommands;
    connect: ConnectCommands;
}

const examples = [
    "",
    "Examples:",
    "  npm run ops -- prod database migrate up --dry-run",
    "  npm run ops -- prod database health --tunnel   # through Session Manager",
    "  npm run ops -- prod connect database --tunnel -- -c 'TABLE app.tenants'",
    "  npm run ops -- --environment .sandbox/served/dev/.env dev database users   # on this machine",
    "  npm run ops -- database lint ops/migrations/0004_add-invoices.sql",
    "  npm run ops -- prod queue redrive orders --rate 20",
    "",
    "Exit codes: 0 done, 1 failed, 3 refused because it would be unsafe, 4 looked at and not well.",
].join("\n");

/** The command line. The stack stands in front of the command, where there is one. */
export function commandLine(commands: Commands): Command {
    const program = new Command("npm run ops -- <stack>")
        .description("Does to a stack that is up what a program that only declares cannot.")
        .exitOverride()
        .showHelpAfterError()
        .option("-C, --cwd <folder>", "before all else: the folder of the project, as `pulumi -C` has it")
        // `--env-file` is an option of Node.js, which some versions take wherever it stands.
        .option("--environment <file>", "before all else: variables to take, such as those that `sandbox serve` writes")
        .addHelpText("after", examples);
    addDatabaseCommands(program, commands.database);
    addQueueCommands(program, commands.queue);
    addCacheCommands(program, commands.cache);
    addConnectCommands(program, commands.connect);
    return program;
}
