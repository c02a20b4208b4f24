import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { ServeContext } from "../../sandbox/servers/context";
import { missingServer } from "../../sandbox/servers/installation";
import { serveMysql } from "../../sandbox/servers/mysql";
import type { Login } from "../../sandbox/servers/plan/plan";

/** Why no server can be started here; empty where one can. */
export const noMySql = missingServer("MySQL") ?? "";

/** A MySQL server of a test, or a MariaDB one, which speaks TLS alone, for `localhost`. */
export class MySqlServer {
    private readonly folder = mkdtempSync(path.join(tmpdir(), "plinth-mysql-"));
    /** A file with the authority of its certificate. */
    readonly authorityFile = path.join(this.folder, "authority.pem");
    private readonly context: ServeContext;

    constructor() {
        const environment = { PATH: process.env.PATH };
        const signal = new AbortController().signal;
        this.context = new ServeContext(
            path.join(tmpdir(), `plinth-mysql-data-${process.pid}`),
            environment,
            this.authorityFile,
            signal,
        );
        writeFileSync(this.authorityFile, this.context.certificates.authority);
    }

    /** The authority of its certificate, in PEM. */
    get authority(): string {
        return this.context.certificates.authority;
    }

    /** Starts it with a database and a master user as RDS has one, and returns its port. */
    async start(database: string, master: Login): Promise<number> {
        const { at } = await serveMysql(
            {
                ...{ name: "database", engine: "mysql", version: "", endpoints: [], database, master, users: [] },
                parameters: [{ name: "require_secure_transport", value: "1" }],
            },
            this.context,
        );
        return at.port;
    }

    async stop(): Promise<void> {
        await this.context.stop();
        for (const folder of [this.folder, this.context.folder]) rmSync(folder, { recursive: true, force: true });
    }
}
