import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Plan, readPreview } from "./plan/preview";
import { messagesIn, previewInSandbox } from "./plan/sandbox";

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

/** Where a project is, and what plans its stacks. */
export interface PlannedProject {
    /** The folder that the command was started in, as a rule the project's. */
    root: string;
    /** The project's folder, from there. */
    folder: string;
    /** The script of the sandbox's command line, from there. */
    sandbox: string;
}

/** Whether the project has a stack of that name. */
export function isStack({ root, folder }: PlannedProject, name: string): boolean {
    return existsSync(path.join(root, folder, `Pulumi.${name}.yaml`));
}

/** What the sandbox plans for a stack of a project. */
export async function planOfStack(project: PlannedProject, stack: string): Promise<Plan> {
    const cwd = path.join(project.root, project.folder);
    const sandbox = path.join(project.root, project.sandbox);
    if (!isStack(project, stack)) throw new PlanError(`there is no Pulumi.${stack}.yaml in ${cwd}`);
    if (!existsSync(sandbox))
        throw new PlanError(
            "there is no sandbox to plan the stack in: npm install --save-dev @plinth/sandbox, or give --plan with a file",
        );
    const { code, stdout, stderr } = await previewInSandbox(sandbox, cwd, stack);
    if (code === 0) return readPreview(stdout);
    throw new PlanError(`the preview of ${stack} failed:\n${messagesIn(stdout)}${stderr}`);
}

/** What the sandbox plans for a stack as the repository had it at a revision, with the packages that are installed now. */
export async function planOfRevision(project: PlannedProject, revision: string, stack: string): Promise<Plan> {
    const { root } = project;
    const commit = commitOf(root, revision);
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-cost-"));
    try {
        const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 2 ** 30 });
        execFileSync("tar", ["-x", "-C", folder], { input: archive });
        const packages = path.join(folder, "node_modules");
        rmSync(packages, { recursive: true, force: true }); // where a link of that name was committed
        symlinkSync(path.join(root, "node_modules"), packages);
        return await planOfStack({ ...project, root: folder }, stack);
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
