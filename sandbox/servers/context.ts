import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { makeCertificates } from "./certificates";
import type { ServerAccount } from "./installation";
import { LocalServer, type LocalServerOptions } from "./local-server";
import type { Endpoint } from "./plan/plan";

/** The name that the servers' certificate is for. */
export const servedHost = "localhost";

/** What the servers of one stack share. */
export class ServeContext {
    readonly certificates = makeCertificates(servedHost);
    private readonly running: LocalServer[] = [];

    /**
     * @param folder for all that the servers write; nobody else reads it
     * @param environment what every server inherits, so that recovery finds it
     * @param authorityFile the authority of the certificate, which clients need
     * @param signal says that nothing is to be started any more
     */
    constructor(
        readonly folder: string,
        readonly environment: NodeJS.ProcessEnv,
        readonly authorityFile: string,
        private readonly signal: AbortSignal,
    ) {
        // Servers that run as other users have folders in it.
        mkdirSync(folder, { mode: 0o711, recursive: true });
    }

    /** Starts a server, which runs until {@link stop}. */
    start(program: string, args: string[], options: Omit<LocalServerOptions, "signal">): LocalServer {
        this.signal.throwIfAborted();
        const server = new LocalServer(program, args, { ...options, signal: this.signal });
        this.running.push(server);
        return server;
    }

    /** Becomes what is to be said of the first server of those that run now that ends. */
    anyEnd(): Promise<string> {
        const running = this.running.filter(({ isRunning }) => isRunning);
        return Promise.race(running.map((server) => server.ended.then((how) => server.describe(how))));
    }

    /** Ends all servers, the last one first. */
    async stop(): Promise<void> {
        for (const server of this.running.reverse()) await server.stop();
    }

    /** A folder for one server. */
    folderFor(server: string, account?: ServerAccount): string {
        const folder = path.join(this.folder, server);
        mkdirSync(folder, { mode: 0o700 });
        own(folder, account);
        return folder;
    }

    /** Writes the certificate and its key into a server's folder. */
    writeCertificates(folder: string, account?: ServerAccount): { certificate: string; key: string } {
        return {
            certificate: privateFile(folder, "server.crt", this.certificates.certificate, account),
            key: privateFile(folder, "server.key", this.certificates.key, account),
        };
    }
}

/** Writes a file that only the server reads. */
export function privateFile(folder: string, name: string, text: string, account?: ServerAccount): string {
    const file = path.join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    own(file, account);
    return file;
}

function own(file: string, account: ServerAccount | undefined): void {
    if (account?.uid !== undefined && account.gid !== undefined) chownSync(file, account.uid, account.gid);
}

/** A server that runs, in the place of one of the stack's. */
export interface Served {
    /** Whose place it takes: the name of the instance, the cluster or the group. */
    name: string;
    /** What it is, with its version. */
    program: string;
    /** Where the stack has it. */
    endpoints: Endpoint[];
    /** Where it is. */
    at: Endpoint;
    /** What differs from the stack's, for people. */
    differences: string[];
}
