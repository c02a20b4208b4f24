import { spawn } from "node:child_process";

/** What a preview came to. */
export interface Previewed {
    code: number | null;
    /** The plan in JSON, and what the engine said. */
    stdout: string;
    stderr: string;
}

/** Previews a stack in the sandbox, with all that stays as it is. `sandbox` is the script of its command line, `cwd` the project's folder. */
export function previewInSandbox(
    sandbox: string,
    cwd: string,
    stack: string,
    flags: readonly string[] = [],
    variables: Readonly<Record<string, string>> = {},
): Promise<Previewed> {
    process.stderr.write(`Previewing ${stack} in the sandbox…\n`);
    const child = spawn(process.execPath, [sandbox, "preview", stack, "--json", "--show-sames", ...flags], {
        cwd,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...variables },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
    });
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
}

/** What the engine said, which it prints in the JSON. */
export function messagesIn(stdout: string): string {
    try {
        const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: { message: string }[] };
        return diagnostics.map(({ message }) => message).join("");
    } catch {
        return stdout;
    }
}
