import { execFileSync, spawnSync } from "node:child_process";
import {
    appendFileSync,
    chownSync,
    existsSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { postgresFolder, serverAccount } from "../../sandbox/servers/installation";

const binaries = postgresFolder();
/** PostgreSQL refuses to run as root. */
const account = serverAccount("postgres");

/** Why no server can be started here; empty where one can. */
export const noPostgres = !binaries
    ? "no PostgreSQL server is installed"
    : account
      ? ""
      : "root has no user postgres to run it as";

/** A PostgreSQL server of its own for a test, which listens on a socket in a folder of its own, and nowhere else unless it is told to. */
export class PostgresServer {
    /** Where the socket is: what clients give as the host. */
    readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-postgres-")));
    private readonly data = path.join(this.directory, "data");
    private port = 5432;
    private readonly logFile = path.join(this.directory, "log");

    /**
     * Starts the server with lines for its configuration and, in front of its own, for its table of who may log in.
     * @param addresses to listen on as well, at `port`; none without it
     */
    start(settings: string[], hostBasedAuthentication: string[] = [], addresses = "", port = 5432): void {
        this.port = port;
        chownSync(this.directory, account?.uid ?? 0, account?.gid ?? 0);
        this.run("initdb", "-D", this.data, "-U", "tester", "--auth=trust", "--no-sync");
        appendFileSync(path.join(this.data, "postgresql.conf"), `${settings.join("\n")}\n`);
        if (hostBasedAuthentication.length > 0) {
            const file = path.join(this.data, "pg_hba.conf");
            writeFileSync(file, `${hostBasedAuthentication.join("\n")}\n${readFileSync(file, "utf8")}`);
        }
        this.run(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            this.data,
            "-l",
            this.logFile,
            "-o",
            `-k ${this.directory} -h '${addresses}' -p ${port}`,
        );
    }

    /** A file that only the server can read, in the server's folder. */
    privateFile(name: string, text: string): string {
        const file = path.join(this.directory, name);
        writeFileSync(file, text, { mode: 0o600 });
        chownSync(file, account?.uid ?? 0, account?.gid ?? 0);
        return file;
    }

    /** What the server has logged so far. */
    log(): string {
        return readFileSync(this.logFile, "utf8");
    }

    /** The rows of the last statement, as texts, as the superuser sees them. */
    query(sql: string, database = "postgres"): string[][] {
        const args = [
            "-h",
            this.directory,
            "-p",
            String(this.port),
            "-U",
            "tester",
            "-d",
            database,
            "-qAt",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
        ];
        const output = execFileSync(path.join(binaries ?? "", "psql"), args, {
            input: sql,
            encoding: "utf8",
            stdio: "pipe",
        });
        return output
            .replace(/\n$/, "")
            .split("\n")
            .map((row) => row.split("\t"));
    }

    /** The folder of `psql` and its like. */
    get clients(): string {
        return binaries ?? "";
    }

    stop(): void {
        if (existsSync(this.data)) this.run("pg_ctl", "stop", "-D", this.data, "-m", "immediate");
        rmSync(this.directory, { recursive: true, force: true });
    }

    private run(program: string, ...args: string[]): void {
        const { status, stderr } = spawnSync(path.join(binaries ?? "", program), args, {
            ...account,
            cwd: this.directory,
            stdio: ["ignore", "ignore", "pipe"],
            encoding: "utf8",
        });
        if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stderr}`);
    }
}
