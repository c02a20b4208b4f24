import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { makeCertificates } from "./certificates";
import { freePort } from "./port";

/** Why no server can be started here; empty where one can. */
export const noRedis = ["redis-server", "redis-cli"].some((program) => spawnSync(program, ["--version"]).error)
    ? "no redis-server is installed"
    : "";

/** Redis servers of a test, which speak TLS alone and want a password. */
export class RedisServers {
    readonly folder = mkdtempSync(path.join(tmpdir(), "plinth-redis-"));
    /** A file with the authority of their certificate. */
    readonly authorityFile = path.join(this.folder, "authority.pem");
    private readonly servers: ChildProcess[] = [];

    /** @param host the name in their certificate */
    constructor(
        private readonly host: string,
        private readonly password: string,
    ) {}

    /** Starts a server with these settings, and returns its port. */
    async start(...settings: string[]): Promise<number> {
        if (this.servers.length === 0) this.writeCertificates();
        const port = await freePort();
        const folder = path.join(this.folder, String(port));
        mkdirSync(folder);
        const file = path.join(folder, "redis.conf");
        const own = [
            "bind 127.0.0.1",
            "port 0",
            `tls-port ${port}`,
            `tls-cert-file ${path.join(this.folder, "server.crt")}`,
            `tls-key-file ${path.join(this.folder, "server.key")}`,
            `tls-ca-cert-file ${this.authorityFile}`,
            "tls-auth-clients no",
            `requirepass ${this.password}`,
            `dir ${folder}`,
            'save ""',
            `logfile ${path.join(folder, "log")}`,
        ];
        writeFileSync(file, [...own, ...settings].join("\n"), { mode: 0o600 });
        const server = spawn("redis-server", [file], { stdio: "ignore" });
        this.servers.push(server);
        for (let wait = 0; wait < 100 && server.exitCode === null; wait++) {
            if (this.tryAsk(port, ["ping"]) === "PONG") return port;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`redis-server did not start:\n${readFileSync(path.join(folder, "log"), "utf8")}`);
    }

    /** What redis-cli prints of a command. */
    ask(port: number, ...command: string[]): string {
        return execFileSync("redis-cli", this.arguments(port, command), this.options).trim();
    }

    /** Runs many commands, one a line. */
    feed(port: number, commands: string[]): void {
        const input = `${commands.join("\n")}\n`;
        execFileSync("redis-cli", this.arguments(port, []), { ...this.options, input });
    }

    stop(): void {
        for (const server of this.servers) server.kill("SIGKILL");
        rmSync(this.folder, { recursive: true, force: true });
    }

    private tryAsk(port: number, command: string[]): string {
        return (spawnSync("redis-cli", this.arguments(port, command), this.options).stdout ?? "").trim();
    }

    private get options() {
        return { env: { ...process.env, REDISCLI_AUTH: this.password }, encoding: "utf8" } as const;
    }

    private arguments(port: number, command: string[]): string[] {
        return ["-h", "127.0.0.1", "-p", String(port), "--tls", "--cacert", this.authorityFile, ...command];
    }

    private writeCertificates(): void {
        const { authority, certificate, key } = makeCertificates(this.host);
        writeFileSync(this.authorityFile, authority);
        writeFileSync(path.join(this.folder, "server.crt"), certificate);
        writeFileSync(path.join(this.folder, "server.key"), key, { mode: 0o600 });
    }
}
