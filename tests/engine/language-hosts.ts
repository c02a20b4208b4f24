import { execFileSync } from "node:child_process";
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

/** The folder to put in front of PATH for a program in a language, or why there is none. */
export type LanguageHost = { path: string } | { missing: string };

const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "plinth", "language-hosts");

const yaml = "pulumi-language-yaml";
const yamlVersion = "1.25.0";
/** The last one that can be built outside of Pulumi's repository. It takes the interpreter from PATH. */
const pythonVersion = "3.76.0";

/** The language host of YAML: the one on PATH, else one that was built before, else a new one, which takes minutes. */
export function yamlHost(): LanguageHost {
    const own = (process.env.PATH ?? "").split(path.delimiter).find((folder) => existsSync(path.join(folder, yaml)));
    if (own) return { path: own };
    return languageHost(yaml, `yaml-${yamlVersion}`, (folder) => {
        goBuild(folder, "github.com/pulumi/pulumi-yaml", `v${yamlVersion}`, "cmd/pulumi-language-yaml");
    });
}

/** The language host of Python, and Python with the SDK. */
export function pythonHost(sdk: string): LanguageHost {
    return languageHost("pulumi-language-python", `python-${pythonVersion}-${sdk}`, (folder) => {
        const module = "github.com/pulumi/pulumi/sdk/v3";
        const sources = goBuild(folder, module, `v${pythonVersion}`, "python/cmd/pulumi-language-python");
        const starter = "pulumi-language-python-exec";
        copyFileSync(path.join(sources, "python/cmd", starter), path.join(folder, starter));
        chmodSync(path.join(folder, starter), 0o755);
        // The interpreter's own folder is on PATH before any other, and knows its packages wherever it is moved.
        run("python3", ["-m", "venv", "--copies", path.join(folder, "venv")]);
        run(path.join(folder, "venv/bin/python3"), ["-m", "pip", "install", "--quiet", `pulumi==${sdk}`]);
        const python = `#!/bin/sh\nexec "$(dirname "$0")/venv/bin/python3" "$@"\n`;
        writeFileSync(path.join(folder, "python3"), python, { mode: 0o755 });
    });
}

function languageHost(executable: string, name: string, build: (folder: string) => void): LanguageHost {
    const folder = path.join(cache, `${name}-${process.platform}-${process.arch}`);
    if (existsSync(path.join(folder, executable))) return { path: folder };
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(`${folder}.`);
    try {
        build(draft);
        renameSync(draft, folder);
        return { path: folder };
    } catch (error) {
        return { missing: `${executable} can't be had: ${error instanceof Error ? error.message : error}` };
    } finally {
        rmSync(draft, { recursive: true, force: true });
    }
}

/** Builds a command of a Go module into `folder`, and returns where the module's sources are. */
function goBuild(folder: string, module: string, version: string, command: string): string {
    const workspace = path.join(folder, "module");
    mkdirSync(workspace);
    writeFileSync(path.join(workspace, "go.mod"), `module host\n\ngo 1.25.0\n\nrequire ${module} ${version}\n`);
    const output = path.join(folder, path.basename(command));
    run("go", ["build", "-mod=mod", "-trimpath", "-o", output, `${module}/${command}`], workspace);
    const sources = run("go", ["list", "-mod=mod", "-m", "-f", "{{.Dir}}", module], workspace).trim();
    rmSync(workspace, { recursive: true });
    return sources;
}

function run(command: string, args: string[], cwd?: string): string {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
