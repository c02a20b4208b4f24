// Bundles TypeScript by esbuild, and keeps what came of it in node_modules/.cache: the next process that needs the same takes it
// from there, if every file that went into it still holds what it held. That is half of the time of a command that only looks.
"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/**
 * The compiled files, by name, of entry points in the repository at `root`: absolute paths by the name that the compiled one is
 * to have. Their source maps are beside them, as `<name>.map`, with sources relative to `root`.
 */
exports.bundle = (root, entryPoints) => {
    const contentHash = (file) => hashOf(readIfThere(path.join(root, file)) ?? "");
    const entries = Object.entries(entryPoints).map(([name, file]) => [name, path.relative(root, file)]);
    const record = path.join(root, "node_modules", ".cache", "plinth", `${hashOf(JSON.stringify(entries))}.json`);
    const kept = read(record);
    if (
        kept &&
        kept.esbuild === versionOfEsbuild() &&
        Object.entries(kept.inputs).every(([file, hash]) => contentHash(file) === hash)
    )
        return kept.files;
    const { outputFiles, metafile } = require("esbuild").buildSync({
        absWorkingDir: root,
        entryPoints: Object.fromEntries(entries.map(([name, file]) => [name, `./${file}`])),
        outdir: ".",
        bundle: true,
        write: false,
        metafile: true,
        platform: "node",
        format: "cjs",
        target: "node20",
        sourcemap: "external",
        sourcesContent: false,
        // The SDK compares object identities across packages, so there may be only one copy of it.
        // What is only loaded by some commands, or reads files of its own, is left where it is too.
        external: [
            ...["@pulumi/*", "@grpc/*", "google-protobuf", "esbuild", "typescript", "typedoc"],
            ...["@aws-sdk/*", "libpg-query", "node-pg-migrate", "pg"],
        ],
        tsconfig: "tsconfig.json",
        logLevel: "error",
    });
    const files = Object.fromEntries(
        outputFiles.map(({ path: file, text }) => [path.relative(root, file).replace(/\.js(?=$|\.map$)/, ""), text]),
    );
    const inputs = Object.fromEntries(
        [path.relative(root, __filename), "tsconfig.json", ...Object.keys(metafile.inputs)].map((file) => [
            file,
            contentHash(file),
        ]),
    );
    write(record, { esbuild: versionOfEsbuild(), inputs, files });
    return files;
};

function versionOfEsbuild() {
    return require("esbuild/package.json").version;
}

function readIfThere(file) {
    try {
        return readFileSync(file);
    } catch (error) {
        if (error.code !== "ENOENT") throw error;
        return undefined;
    }
}

function hashOf(content) {
    return createHash("sha1").update(content).digest("hex");
}

function read(file) {
    try {
        return JSON.parse(readFileSync(file, "utf8"));
    } catch {
        return undefined; // there is none yet, or one that a crash cut off
    }
}

/** Two processes may write the same at once: each a file of its own, which is then moved into place whole. */
function write(file, value) {
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(value));
    renameSync(draft, file);
}
