import { spawn } from "node:child_process";
import * as path from "node:path";

let address: Promise<string> | undefined;

/** Where the program of this checkout is served, by a process that all files of a test process share. It ends with it, or when the program fails. */
export function programHost(): Promise<string> {
    address ??= new Promise((resolve, reject) => {
        const host = spawn(process.execPath, [path.join(__dirname, "program-host.cjs")], {
            stdio: ["pipe", "pipe", "inherit"],
        });
        host.once("error", reject).once("exit", (code) => {
            address = undefined;
            reject(new Error(`the program's host ended with ${code}`));
        });
        host.stdout.once("data", (port: Buffer) => resolve(`127.0.0.1:${port.toString().trim()}`));
        for (const held of [host, host.stdin, host.stdout]) (held as unknown as { unref(): void }).unref();
    });
    return address;
}
