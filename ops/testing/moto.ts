import { type ChildProcess, spawn, spawnSync } from "node:child_process";

/** Why moto, which answers as AWS does, cannot be started here; empty where it can. */
export const noMoto =
    spawnSync("moto_server", ["--help"]).status === 0
        ? ""
        : "there is no moto_server (pip install -r ops/testing/requirements.txt)";

/** AWS's API on this machine, by moto. It has an empty account, which the tests fill. */
export class MotoServer {
    private server?: ChildProcess;

    /** Starts it, and returns what an AWS SDK needs to find it. */
    async start(): Promise<Record<string, string>> {
        const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "pipe", "pipe"] });
        this.server = server;
        let log = "";
        const url = await new Promise<string>((resolve, reject) => {
            const read = (chunk: Buffer) => {
                log += chunk;
                const found = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0];
                if (found) resolve(found);
            };
            server.stdout.on("data", read);
            server.stderr.on("data", read);
            server.once("exit", (code) => reject(new Error(`moto_server ended with ${code}:\n${log}`)));
        });
        return { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    }

    stop(): void {
        this.server?.kill("SIGKILL");
    }
}
