import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { OpsError } from "../ops-error";

/** How a client is called. A password is in the environment alone, which other users of the machine cannot read. */
export interface ClientCall {
    program: string;
    arguments: string[];
    environment: Record<string, string>;
}

/** Runs a client in the terminal, and returns its exit code. */
export async function runClient(call: ClientCall, howToGet: string): Promise<number> {
    // Ctrl-C is the client's, which cancels a statement with it and goes on.
    const ignore = () => {};
    process.on("SIGINT", ignore);
    try {
        return await new Promise<number>((resolve, reject) => {
            const child = spawn(call.program, call.arguments, {
                stdio: "inherit",
                env: { ...process.env, ...call.environment },
            });
            child.once("error", () => reject(new OpsError(`there is no ${call.program}: ${howToGet}`)));
            child.once("exit", (code) => resolve(code ?? 130));
        });
    } finally {
        process.off("SIGINT", ignore);
    }
}

/** Does something with a file of certificates, as clients want them. */
export async function withAuthorities<Result>(
    authorities: string | undefined,
    work: (file: string | undefined) => Promise<Result>,
): Promise<Result> {
    if (authorities === undefined) return work(undefined);
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-"));
    try {
        const file = path.join(folder, "authorities.pem");
        writeFileSync(file, authorities);
        return await work(file);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
