import { execFile } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

/** The folder to put in front of PATH for a program in a language, or why there is none. */
export type LanguageHost = { path: string } | { missing: string };

const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "plinth", "language-hosts");

const yaml = "pulumi-language-yaml";
const yamlVersion = "1.25.0";
/** The last one that can be built outside of Pulumi's repository. It takes the interpreter from PATH. */
const pythonVersion = "3.76.0";

/** The language host of YAML: the one on PATH, else one that was built before, else a new one, which takes minutes. */
export async function yamlHost(): Promise<LanguageHost> {
    const own = (process.env.PATH ?? "").split(path.delimiter).find((folder) => existsSync(path.join(folder, yaml)));
    if (own) return { path: own };
    return languageHost(yaml, `yaml-${yamlVersion}`, async (folder) => {
        await goBuild(folder, "github.com/pulumi/pulumi-yaml", `v${yamlVersion}`, "cmd/pulumi-language-yaml");
    });
}

/** The language host of Python, and Python with the SDK. */
export function pythonHost(sdk: string): Promise<LanguageHost> {
    return languageHost("pulumi-language-python", `python-${pythonVersion}-${sdk}`, async (folder) => {
        const module = "github.com/pulumi/pulumi/sdk/v3";
        const sources = await goBuild(folder, module, `v${pythonVersion}`, "python/cmd/pulumi-language-python");
        const starter = "pulumi-language-python-exec";
        copyFileSync(path.join(sources, "python/cmd", starter), path.join(folder, starter));
        chmodSync(path.join(folder, starter), 0o755);
        // The interpreter's own folder is on PATH before any other, and knows its packages wherever it is moved.
        await run("python3", ["-m", "venv", "--copies", path.join(folder, "venv")]);
        await run(path.join(folder, "venv/bin/python3"), ["-m", "pip", "install", "--quiet", `pulumi==${sdk}`]);
        const python = `#!/bin/sh\nexec "$(dirname "$0")/venv/bin/python3" "$@"\n`;
        writeFileSync(path.join(folder, "python3"), python, { mode: 0o755 });
    });
}

async function languageHost(
    executable: string,
    name: string,
    build: (folder: string) => Promise<void>,
): Promise<LanguageHost> {
    const folder = path.join(cache, `${name}-${process.platform}-${process.arch}`);
    if (existsSync(path.join(folder, executable))) return { path: folder };
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(`${folder}.`);
    try {
        await build(draft);
        renameSync(draft, folder);
        return { path: folder };
    } catch (error) {
        return { missing: `${executable} can't be had: ${error instanceof Error ? error.message : error}` };
    } finally {
        rmSync(draft, { recursive: true, force: true });
    }
}

/** Builds a command of a Go module into `folder`, and returns where the module's sources are. */
async function goBuild(folder: string, module: string, version: string, command: string): Promise<string> {
    const workspace = path.join(folder, "module");
    mkdirSync(workspace);
    writeFileSync(path.join(workspace, "go.mod"), `module host\n\ngo 1.25.0\n\nrequire ${module} ${version}\n`);
    const output = path.join(folder, path.basename(command));
    await run("go", ["build", "-mod=mod", "-trimpath", "-o", output, `${module}/${command}`], workspace);
    const sources = await run("go", ["list", "-mod=mod", "-m", "-f", "{{.Dir}}", module], workspace);
    rmSync(workspace, { recursive: true });
    return sources.trim();
}

async function run(command: string, args: string[], cwd?: string): Promise<string> {
    const { stdout } = await promisify(execFile)(command, args, { cwd });
    return stdout;
}
