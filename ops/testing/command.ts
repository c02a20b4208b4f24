import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { packageFolder } from "../files";

export interface CommandResult {
    /** The exit code; undefined where a signal ended it. */
    code?: number;
    stdout: string;
    stderr: string;
}

/** The command line as a process of its own, in `folder`. */
export function runOps(
    folder: string,
    environment: Record<string, string>,
    args: string[],
    started: (process: ChildProcess) => void = () => {},
): Promise<CommandResult> {
    const child = spawn(process.execPath, [path.join(packageFolder, "cli.cjs"), ...args], {
        cwd: folder,
        // The SDK says on old versions of Node.js when it will need a newer one.
        env: { PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    started(child);
    const result: CommandResult = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
        result.stdout += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
        result.stderr += chunk;
    });
    return new Promise((resolve) => {
        child.once("close", (code) => resolve({ ...result, code: code ?? undefined }));
    });
}
