import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { OpsError, Refusal } from "../ops-error";

/** Where the outputs of a stack come from. */
export interface OutputSource {
    /** The stack's name; undefined where none was given. */
    stack?: string;
    /** A file with what `pulumi stack output --json` printed. */
    outputs?: string;
}

/** What a stack says of its database. */
export interface DatabaseOutputs {
    region: string;
    engine: "postgres" | "mysql";
    host: string;
    port: number;
    database: string;
    /** ARN of the secret with the master user's credentials. */
    secretArn: string;
    /** The instance in RDS. */
    instanceId?: string;
    /** The Aurora cluster, where it is one. */
    clusterIdentifier?: string;
}

/** Reads where a stack's database is. Nothing of it is secret. */
export function databaseOutputs(source: OutputSource): DatabaseOutputs {
    const { database, region } = readOutputs(source);
    if (!isObject(database)) throw new OpsError("the stack's outputs have no `database`: it has none, or is not up");
    const { primaryAddress: host, port, databaseName, secretArn } = database;
    const texts = { region, host, databaseName, secretArn };
    refuseMissing({ ...texts, port });
    return {
        region: String(region),
        engine: database.engine === "mysql" ? "mysql" : "postgres",
        host: String(host),
        port: Number(port),
        database: String(databaseName),
        secretArn: String(secretArn),
        instanceId: textOf(database.instanceId),
        clusterIdentifier: textOf(database.clusterIdentifier),
    };
}

/** Where the credentials of the users that log in are, besides the master user's. */
export function userSecrets(source: OutputSource): { region: string; application: string; readOnly: string } {
    const { database, region } = readOutputs(source);
    const { applicationSecretArn: application, readOnlySecretArn: readOnly } = isObject(database) ? database : {};
    if (typeof region !== "string" || typeof application !== "string" || typeof readOnly !== "string")
        throw new OpsError("the stack's outputs lack applicationSecretArn or readOnlySecretArn; bring the stack up");
    return { region, application, readOnly };
}

/** Names of those users, as the stack says them; their usual ones where it says nothing. */
export function loginUsers(source?: OutputSource): { application: string; readOnly: string } {
    const database = source && readOutputs(source).database;
    const users = isObject(database) && isObject(database.users) ? database.users : {};
    return { application: textOf(users.application) ?? "application", readOnly: textOf(users.readOnly) ?? "read_only" };
}

/** The tier in the stack's file; undefined where it cannot be known. */
export function tierOf(stack: string | undefined, folder = process.cwd()): string | undefined {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    if (stack === undefined || !existsSync(file)) return undefined;
    const { config } = (parse(readFileSync(file, "utf8")) ?? {}) as { config?: Record<string, unknown> };
    const tier = config?.["plinth:tier"];
    return typeof tier === "string" ? tier : undefined;
}

/** Refuses outputs of which one is missing: the port is a number, and every other a text. */
export function refuseMissing(outputs: Readonly<Record<string, unknown>>): void {
    const missing = Object.entries(outputs).filter(
        ([name, value]) => typeof value !== (name === "port" ? "number" : "string"),
    );
    if (missing.length > 0)
        throw new OpsError(`the stack's outputs lack ${missing.map(([name]) => name).join(", ")}; bring the stack up`);
}

/** All outputs of a stack. */
export function readOutputs({ stack, outputs }: OutputSource): Record<string, unknown> {
    if (outputs !== undefined) return parseOutputs(readText(outputs), outputs);
    if (stack === undefined) throw new Refusal("give a stack first: npm run ops -- <stack> …");
    const args = ["stack", "output", "--stack", stack, "--json"];
    const { status, stdout, stderr, error } = spawnSync("pulumi", args, { encoding: "utf8" });
    if (error) throw new OpsError(`cannot run pulumi: ${error.message}; give --outputs with a file instead`);
    if (status !== 0) throw new OpsError(`the outputs of ${stack} are not to be had:\n${stderr.trim()}`);
    return parseOutputs(stdout, stack);
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

function readText(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`there is no file ${file}`);
    }
}

function parseOutputs(text: string, where: string): Record<string, unknown> {
    try {
        const outputs: unknown = JSON.parse(text);
        if (isObject(outputs)) return outputs;
    } catch {
        // Said below.
    }
    throw new OpsError(`${where}: is not what \`pulumi stack output --json\` prints`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
