import { execFileSync, spawn } from "node:child_process";
import {
    copyFileSync,
    cpSync,
    linkSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { finished, type Result } from "./checkout";

const source = path.join(__dirname, "..", "..");

/** A package as `npm pack` made it. */
export interface Packed {
    name: string;
    /** The tarball. */
    file: string;
    /** The paths in it. */
    files: string[];
}

/** A Pulumi project of somebody else's: in a folder of its own, with Plinth's packages installed from their tarballs. */
export class PackedProject {
    private readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-packages-")));
    readonly directory = path.join(this.folder, "project");
    readonly packages: Packed[];

    /** `program` is the folder whose files make the project. */
    constructor(program: string) {
        this.packages = this.pack();
        cpSync(program, this.directory, { recursive: true });
        this.install();
    }

    private pack(): Packed[] {
        const dist = path.join(this.folder, "dist");
        const tarballs = path.join(this.folder, "tarballs");
        mkdirSync(tarballs, { recursive: true });
        execFileSync("npm", ["run", "--silent", "build", "--", dist], { cwd: source, stdio: "inherit" });
        const folders = readdirSync(dist).map((name) => path.join(dist, name));
        const listing = execFileSync("npm", ["pack", "--json", "--pack-destination", tarballs, ...folders], {
            cwd: this.folder,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
        const packed = JSON.parse(listing) as { name: string; filename: string; files: { path: string }[] }[];
        return packed.map(({ name, filename, files }) => ({
            name,
            file: path.join(tarballs, filename),
            files: files.map((file) => file.path),
        }));
    }

    /** By npm, from the tarballs. What they depend on is there before, as in this checkout: otherwise npm fetches 300 MB. */
    private install(): void {
        link(path.join(source, "node_modules"), path.join(this.directory, "node_modules"));
        // Its links lead to this checkout's sources, and its lock file knows them.
        rmSync(path.join(this.directory, "node_modules/@plinth"), { recursive: true });
        rmSync(path.join(this.directory, "node_modules/.package-lock.json"), { force: true });
        const { devDependencies } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8")) as {
            devDependencies: { typescript: string };
        };
        const manifest = {
            private: true,
            dependencies: Object.fromEntries(this.packages.map(({ name, file }) => [name, `file:${file}`])),
            devDependencies: { typescript: devDependencies.typescript },
        };
        writeFileSync(path.join(this.directory, "package.json"), JSON.stringify(manifest));
        execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], {
            cwd: this.directory,
            stdio: ["ignore", "ignore", "inherit"],
        });
    }

    /** Unpacks a package's tarball into a folder beside the project, which has its dependencies. */
    unpack(name: string): string {
        const target = path.join(this.folder, "unpacked", name);
        mkdirSync(target, { recursive: true });
        const { file } = this.packageOf(name);
        execFileSync("tar", ["-xzf", file, "--strip-components=1", "-C", target]);
        symlinkSync(path.join(this.directory, "node_modules"), path.join(target, "node_modules"));
        return target;
    }

    packageOf(name: string): Packed {
        const found = this.packages.find((one) => one.name === name);
        if (!found) throw new Error(`${name} is not among ${this.packages.map((one) => one.name).join(", ")}`);
        return found;
    }

    read(file: string): string {
        return readFileSync(path.join(this.directory, file), "utf8");
    }

    /** Runs a command of the sandbox, from `folder` of the project. */
    sandbox(args: string[], environment: NodeJS.ProcessEnv = {}, folder = "."): Promise<Result> {
        return this.run(["plinth-sandbox", ...args], environment, folder);
    }

    /** Runs the command of a package as its user does, from `folder` of the project. */
    run(command: string[], environment: NodeJS.ProcessEnv = {}, folder = "."): Promise<Result> {
        const child = spawn("npx", ["--offline", ...command], {
            cwd: path.join(this.directory, folder),
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                ...process.env,
                HOME: this.folder,
                XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"),
                NO_COLOR: "1",
                ...environment,
            },
        });
        return finished(child);
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** The same files under another folder: links to them where the file system allows, else copies. */
function link(from: string, to: string): void {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [original, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
        if (entry.isDirectory()) link(original, copy);
        else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(original), copy);
        else {
            try {
                linkSync(original, copy);
            } catch {
                copyFileSync(original, copy);
            }
        }
    }
}
