import { execFileSync, spawn } from "node:child_process";
import {
    accessSync,
    constants,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SandboxError } from "../account/sandbox-error";

/** The oldest engine that the sandbox's plugins understand (policy packs are run by the language host since). */
const OLDEST = [3, 200] as const;

/** The engine to install. */
interface Wanted {
    /** The folder of the Go module that builds it. */
    engineModule: string;
    version: string;
    /** The oldest Go that builds it. */
    goVersion: string;
}

export interface Engine {
    pulumi: string;
    /** Whether the official nodejs language host is installed, next to the engine or on PATH. */
    hasLanguageHost: boolean;
}

/** The engine to use: the one on PATH, else one that the sandbox installed before, else a new installation. */
export async function findEngine(engineModule: string): Promise<Engine> {
    const own = onPath("pulumi");
    if (own && isRecent(own)) return { pulumi: own, hasLanguageHost: languageHostFor(own) };
    const wanted = wantedEngine(engineModule);
    const cached = path.join(cacheDirectory(wanted.version), "bin", "pulumi");
    if (!existsSync(cached)) await install(wanted, own);
    return { pulumi: cached, hasLanguageHost: languageHostFor(cached) };
}

/** What is installed where there is no engine: what the Go module in `engine/` builds. */
function wantedEngine(engineModule: string): Wanted {
    const module = readFileSync(path.join(engineModule, "go.mod"), "utf8");
    const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(module)?.[1];
    const goVersion = /^go (\S+)/m.exec(module)?.[1];
    if (!version || !goVersion)
        throw new Error(`${engineModule}/go.mod does not state the versions of the Pulumi engine and of Go`);
    return { engineModule, version, goVersion };
}

function onPath(command: string): string | undefined {
    return (process.env.PATH ?? "")
        .split(path.delimiter)
        .filter((directory) => directory !== "")
        .map((directory) => path.join(directory, command))
        .find(isExecutable);
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

function isRecent(pulumi: string): boolean {
    try {
        const [major = 0, minor = 0] = execFileSync(pulumi, ["version"], {
            encoding: "utf8",
            env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
            stdio: ["ignore", "pipe", "ignore"],
        })
            .trim()
            .replace(/^v/, "")
            .split(".")
            .map(Number);
        return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    } catch {
        return false;
    }
}

function languageHostFor(pulumi: string): boolean {
    const beside = path.join(path.dirname(realpathSync(pulumi)), "pulumi-language-nodejs");
    return existsSync(beside) || onPath("pulumi-language-nodejs") !== undefined;
}

function cacheDirectory(version: string): string {
    const home = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
    return path.join(home, "plinth", `engine-${version}-${process.platform}-${process.arch}`);
}

/** Installs into a temporary folder and moves it into place when it is complete, so that two installations do not interfere. */
async function install(wanted: Wanted, tooOld: string | undefined): Promise<void> {
    const target = cacheDirectory(wanted.version);
    mkdirSync(path.dirname(target), { recursive: true });
    const draft = mkdtempSync(`${target}.`);
    const failures: string[] = tooOld ? [`${tooOld} is older than ${OLDEST.join(".")} or does not run`] : [];
    try {
        for (const [way, attempt] of [
            ["the official installer", download],
            ["go build", build],
        ] as const) {
            try {
                say(
                    `No Pulumi engine found: installing ${wanted.version} by ${way} (once; it is kept in ${path.dirname(target)}).`,
                );
                await attempt(draft, wanted);
                if (!existsSync(target)) renameSync(draft, target);
                say("The engine is installed.");
                return;
            } catch (error) {
                failures.push(`${way}: ${error instanceof Error ? error.message : error}`);
            }
        }
    } finally {
        rmSync(draft, { recursive: true, force: true });
    }
    throw new SandboxError(
        [
            "The sandbox runs on the real Pulumi engine, which could not be installed:",
            ...failures.map((failure) => `  - ${failure}`),
            "Do one of these:",
            `  - install the Pulumi CLI ${OLDEST.join(".")} or later and put it on PATH: https://www.pulumi.com/docs/install/`,
            "  - allow this machine to reach get.pulumi.com, for the official installer",
            `  - install Go ${wanted.goVersion} or later and allow it to reach a module proxy, to build the engine from source`,
        ].join("\n"),
    );
}

async function download(draft: string): Promise<void> {
    // Loaded only here, as it is large and rarely needed. It installs the version of the SDK, which go.mod follows.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    await PulumiCommand.install({ root: draft });
    if (!existsSync(path.join(draft, "bin", "pulumi"))) throw new Error("the installer created no bin/pulumi");
}

async function build(draft: string, { engineModule, version }: Wanted): Promise<void> {
    if (!onPath("go")) throw new Error("go is not on PATH");
    say("Building takes about four minutes on two cores.");
    const args = [
        "build",
        "-v",
        "-trimpath",
        "-ldflags",
        `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
    ];
    const child = spawn(
        "go",
        [...args, "-o", path.join(draft, "bin", "pulumi"), "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
        {
            cwd: engineModule,
            stdio: ["ignore", "inherit", "pipe"],
        },
    );
    let seen = 0;
    let last = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        const lines = text.split("\n").filter((line) => line !== "");
        seen += lines.length;
        last = lines.at(-1) ?? last;
    });
    const started = Date.now();
    const progress = setInterval(() => {
        say(`  ${Math.round((Date.now() - started) / 1000)} s: ${seen} steps, now ${last}`);
    }, 10_000);
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    }).finally(() => clearInterval(progress));
    if (code !== 0) throw new Error(`go build failed with exit code ${code}: ${last}`);
}

/** Progress goes to standard error, so that the output of commands with --json stays valid. */
function say(text: string): void {
    process.stderr.write(`${text}\n`);
}
