import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { evaluate } from "../components/database/formula";
import { engineParameters, parametersOf } from "../components/database/parameters";
import { auroraSpec, databaseSpec } from "../components/testing/specs";

/** The memory that the formulas are evaluated for: little enough for any machine that runs tests. */
const DBInstanceClassMemory = 1024 ** 3;
const MiB = 1024 ** 2;

const binaries = findBinaries();
/** PostgreSQL refuses to run as root, so there it runs as the user that Debian makes for it. */
const server = process.getuid?.() === 0 ? accountOf("postgres") : { uid: process.getuid?.(), gid: process.getgid?.() };
const why = !binaries ? "no PostgreSQL server is installed" : !server ? "root has no user postgres to run it as" : "";

const planned = parametersOf({ ...databaseSpec, maxConnections: 100 });
const known = engineParameters.postgres.parameters.filter(({ onlyRds }) => !onlyRds);
/** Aurora's table, of which the server knows all but what forces TLS. */
const knownOfAurora = engineParameters["aurora-postgresql"].parameters.filter(({ onlyRds }) => !onlyRds);

/** A parameter's value as the server takes it: what RDS would make of the formula. */
function givenValue(name: string, of = planned): string {
    const value = of.find((parameter) => parameter.name === name)?.value ?? "";
    return /[{(]/.test(value) ? String(evaluate(value, { DBInstanceClassMemory })) : value;
}

const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-postgres-")));
afterAll(() => {
    if (!why) run("pg_ctl", "stop", "-D", path.join(directory, "data"), "-m", "immediate");
    rmSync(directory, { recursive: true, force: true });
});

describe.skipIf(why)(`the parameters of PostgreSQL${why && `, skipped: ${why}`}`, () => {
    it("are taken by a real server, which reports each as it was given, in the unit that the table says", () => {
        const data = path.join(directory, "data");
        chownSync(directory, server?.uid ?? 0, server?.gid ?? 0);
        run("initdb", "-D", data, "-U", "tester", "--auth=trust", "--no-sync");
        const lines = known.map(({ name }) => `${name} = '${givenValue(name)}'`);
        appendFileSync(path.join(data, "postgresql.conf"), `${lines.join("\n")}\n`);
        run("pg_ctl", "start", "-w", "-D", data, "-l", path.join(directory, "log"), "-o", `-k ${directory} -h ''`);

        const names = known.map(({ name }) => `'${name}'`).join(",");
        const settings = query(`select name, setting, coalesce(unit, '') from pg_settings where name in (${names})`);
        const expected = known.map(({ name, unit = "" }) => [name, givenValue(name), unit]);
        expect(settings.sort()).toEqual(expected.sort());

        // The server takes Aurora's too, each in the unit that its table says.
        const ofAurora = parametersOf({ ...auroraSpec, maxConnections: 100 });
        const wanted = knownOfAurora.map(({ name, unit = "" }) => [name, givenValue(name, ofAurora), unit]);
        const got = wanted.map(([name]) => settings.find(([setting]) => setting === name));
        expect(got).toEqual(wanted);
        expect(engineParameters["aurora-postgresql"].parameters.length - knownOfAurora.length).toBe(1);

        // What the numbers mean, in the server's own words.
        const bytes = (name: string) => Number(query(`select pg_size_bytes(current_setting('${name}'))`)[0]?.[0]);
        expect(bytes("shared_buffers")).toBe(256 * MiB);
        expect(bytes("effective_cache_size")).toBe(512 * MiB);
        expect(bytes("maintenance_work_mem")).toBe(64 * MiB);
        expect(query("create extension pg_stat_statements; select count(*) > 0 from pg_stat_statements")).toEqual([
            ["t"],
        ]);
    });
});

function run(program: string, ...args: string[]): void {
    const { status, stderr } = spawnSync(path.join(binaries ?? "", program), args, {
        ...server,
        cwd: directory,
        stdio: ["ignore", "ignore", "pipe"],
        encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stderr}`);
}

/** The rows of the last statement, as texts. */
function query(sql: string): string[][] {
    const args = ["-h", directory, "-U", "tester", "-d", "postgres", "-qAt", "-F", "\t", "-c", sql];
    const output = execFileSync(path.join(binaries ?? "", "psql"), args, { encoding: "utf8" });
    return output
        .replace(/\n$/, "")
        .split("\n")
        .map((row) => row.split("\t"));
}

function findBinaries(): string | undefined {
    const debian = "/usr/lib/postgresql";
    const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
    const folders = [
        ...versions.map((version) => path.join(debian, version, "bin")),
        ...(process.env.PATH ?? "").split(":"),
    ];
    return folders.find((folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "psql")));
}

function accountOf(user: string): { uid: number; gid: number } | undefined {
    const numbers = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user], { encoding: "utf8" }));
    if (numbers.some(({ status }) => status !== 0)) return undefined;
    const [uid = 0, gid = 0] = numbers.map(({ stdout }) => Number(stdout));
    return { uid, gid };
}
