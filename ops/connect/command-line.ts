import { type Command, Option } from "commander";
import { fromOutputs, reaching } from "../options";
import type { ConnectCacheOptions, ConnectDatabaseOptions } from "./commands";

/** Who may be logged in as. */
export const databaseUsers = ["read-only", "application", "master"] as const;

/** What the commands do. */
export interface ConnectCommands {
    database(args: string[], options: ConnectDatabaseOptions): Promise<void>;
    cache(args: string[], options: ConnectCacheOptions): Promise<void>;
}

/** Adds the commands that open a client of a server. */
export function addConnectCommands(program: Command, commands: ConnectCommands): void {
    const connect = program
        .command("connect")
        .description("Open psql, mysql or redis-cli on a stack's database or cache. Reads only, unless told to write.");

    opening(connect.command("database"), "RDS's")
        .description("Open psql or mysql.")
        .argument("[arguments...]", "after `--`: what psql or mysql is given, such as -c 'SELECT 1'")
        .addOption(
            new Option(
                "--as <user>",
                "whose secret is used; read-only without it, and application with --write",
            ).choices(databaseUsers),
        )
        .option(
            "--iam",
            "with a token of IAM instead of the secret's password, which the user must be allowed (rds_iam)",
        )
        .action((args, options) => commands.database(args, options));
    opening(connect.command("cache"), "those that redis-cli knows")
        .description("Open redis-cli. Without --write, on a replica.")
        .argument("[arguments...]", "after `--`: what redis-cli is given, such as GET key")
        .action((args, options) => commands.cache(args, options));
}

function opening(command: Command, authorities: string): Command {
    return reaching(fromOutputs(command), authorities)
        .option("--write", "let the session write; it is recorded")
        .option("--records <folder>", "where to record it", ".ops");
}
