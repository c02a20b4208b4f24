import { readFileSync } from "node:fs";
import { OpsError, Refusal } from "../ops-error";
import { openTunnel } from "../tunnel/tunnel";
import type { OutputSource } from "./outputs";

/** How a command reaches a server that has no public address. */
export interface ReachOptions {
    /** Through Session Manager: by a node of the stack's cluster, or by the instance that is named. */
    tunnel?: string | true;
    /** Where to connect instead: the near end of a tunnel. */
    host?: string;
    port?: string;
    /** A file with certificates in PEM, instead of the authorities that the server's kind has. */
    authorities?: string;
    /** Without TLS; only to this machine. */
    plaintext?: boolean;
}

export interface Reached {
    host: string;
    port: number;
    /** Certificates in PEM, of `--authorities`; undefined for those that the server's kind has. */
    authorities?: string;
    /** Through a tunnel too, the certificate is the server's. Undefined without TLS. */
    certificateHost?: string;
}

/** Where a server is; in which region it is, where the stack's outputs say it. */
export interface Found {
    host: string;
    port: number;
    region?: string;
}

/** Where to connect for a server that is at `found`. Opens a tunnel where one is asked for. */
export async function reach(options: ReachOptions & OutputSource, found: Found): Promise<Reached> {
    const { host, port } = options.tunnel === undefined ? nearEnd(options, found) : await throughTunnel(options, found);
    if (options.plaintext) {
        if (!isLocal(host)) throw new Refusal(`--plaintext is for this machine alone, and ${host} is another`);
        return { host, port };
    }
    return { host, port, authorities: authoritiesOf(options.authorities), certificateHost: found.host };
}

function nearEnd(options: ReachOptions, found: Found): { host: string; port: number } {
    return {
        host: options.host ?? found.host,
        port: options.port === undefined ? found.port : portOf(options.port),
    };
}

async function throughTunnel(options: ReachOptions & OutputSource, { region, ...end }: Found) {
    if (region === undefined) throw new OpsError("--tunnel: needs the stack's outputs, and not --url-variable");
    return openTunnel(options, options.tunnel === true ? undefined : options.tunnel, { ...end, region });
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

function authoritiesOf(file: string | undefined): string | undefined {
    if (file === undefined) return undefined;
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`there is no file ${file}`);
    }
}
