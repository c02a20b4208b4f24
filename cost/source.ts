import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Plan, readPreview } from "./plan/preview";

/** The error of a plan that could not be had; its message says why. */
export class PlanError extends Error {}

/** The plan in a file that `pulumi preview --json --show-sames` wrote. */
export function planInFile(file: string): Plan {
    if (!existsSync(file)) throw new PlanError(`there is no file ${file}`);
    try {
        return readPreview(readFileSync(file, "utf8"));
    } catch (error) {
        throw new PlanError(`${file}: ${error instanceof Error ? error.message : error}`);
    }
}

/** Whether the project has a stack of that name. */
export function isStack(root: string, name: string): boolean {
    return existsSync(path.join(root, `Pulumi.${name}.yaml`));
}

/** What the sandbox, whose script is at a path in the project at `root`, plans for a stack of it. */
export async function planOfStack(sandbox: string, root: string, stack: string): Promise<Plan> {
    if (!isStack(root, stack)) throw new PlanError(`there is no Pulumi.${stack}.yaml in ${root}`);
    if (!existsSync(path.join(root, sandbox)))
        throw new PlanError(
            "there is no sandbox to plan the stack in: npm install --save-dev @plinth/sandbox, or give --plan with a file",
        );
    process.stderr.write(`Previewing ${stack} in the sandbox…\n`);
    const child = spawn(process.execPath, [sandbox, "preview", stack, "--json", "--show-sames"], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    if (code === 0) return readPreview(stdout);
    throw new PlanError(`the preview of ${stack} failed:\n${messagesIn(stdout)}${stderr}`);
}

/** What the engine said, which it prints in the JSON. */
function messagesIn(stdout: string): string {
    try {
        const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: { message: string }[] };
        return diagnostics.map(({ message }) => message).join("");
    } catch {
        return stdout;
    }
}

/** What the sandbox plans for a stack as the repository had it at a revision, with the packages that are installed now. */
export async function planOfRevision(sandbox: string, root: string, revision: string, stack: string): Promise<Plan> {
    const commit = commitOf(root, revision);
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-cost-"));
    try {
        const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 2 ** 30 });
        execFileSync("tar", ["-x", "-C", folder], { input: archive });
        const packages = path.join(folder, "node_modules");
        rmSync(packages, { recursive: true, force: true }); // where a link of that name was committed
        symlinkSync(path.join(root, "node_modules"), packages);
        return await planOfStack(sandbox, folder, stack);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function commitOf(root: string, revision: string): string {
    try {
        return execFileSync("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], {
            cwd: root,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        }).trim();
    } catch {
        throw new PlanError(`${revision} is neither a stack with a Pulumi.${revision}.yaml nor a revision of git`);
    }
}
