import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import * as path from "node:path";
import { SandboxError } from "../account/sandbox-error";
import { privateFile, type ServeContext, type Served, servedHost } from "./context";
import { postgresFolder, type ServerAccount, serverAccount } from "./installation";
import type { DatabasePlan, Parameter } from "./plan/plan";
import { freePort } from "./port";
import { bootstrapSql, superuser } from "./postgres-roles";

/** What is taken from the memory of the instance's class, and would not fit on a laptop. */
const memoryParameters = new Set(["shared_buffers", "huge_pages"]);

/** Starts PostgreSQL as RDS would have it: its parameters, its roles, TLS. */
export async function servePostgres(plan: DatabasePlan, context: ServeContext): Promise<Served> {
    const programs = postgresFolder() ?? "";
    const account = serverAccount("postgres");
    if (!account) throw new SandboxError("PostgreSQL does not run as root, and there is no user postgres to run it as");
    const folder = context.folderFor(plan.name, account);
    const environment = { ...context.environment, HOME: folder, LC_ALL: "C" };
    const run = (program: string, args: string[], more: { input?: string; env?: NodeJS.ProcessEnv } = {}) => {
        const options = { cwd: folder, env: { ...environment, ...more.env }, input: more.input ?? "" };
        const result = spawnSync(path.join(programs, program), args, { ...account, ...options, encoding: "utf8" });
        return { ...result, failed: result.status !== 0 };
    };
    const password = randomBytes(24).toString("hex");
    const passwordFile = privateFile(folder, "superuser", `${password}\n`, account);
    const data = path.join(folder, "data");
    const made = run("initdb", [
        ...["-D", data, "-U", superuser, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
        ...["-E", "UTF8", "--no-locale", "--no-sync"],
    ]);
    if (made.failed) throw new SandboxError(`initdb failed:\n${made.stderr}`);

    const libraries = installedLibraries(run("postgres", ["--single", "-D", data, "template1"], librariesQuery).stdout);
    const accepted = (parameter: Parameter) =>
        !run("postgres", ["-D", data, "-c", `${parameter.name}=${parameter.value}`, "-C", parameter.name]).failed;
    const { taken, differences } = localParameters(plan.parameters, libraries, accepted);
    const port = await freePort(plan.endpoints[0]?.port);
    writeConfiguration(data, { taken, port, ...context.writeCertificates(folder, account) });
    writeAccess(data, plan, account);

    const server = context.start(path.join(programs, "postgres"), ["-D", data], {
        ...{ name: `PostgreSQL for ${plan.name}`, folder, environment, account, stopSignal: "SIGINT" },
    });
    await server.ready(() => !run("pg_isready", ["-q", "-h", servedHost, "-p", String(port)]).failed);
    const authority = privateFile(folder, "authority.crt", context.certificates.authority, account);
    const roles = run("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"], {
        input: bootstrapSql(plan, hasStatistics(taken)),
        env: {
            ...{ PGHOST: servedHost, PGPORT: String(port), PGUSER: superuser, PGPASSWORD: password },
            ...{ PGDATABASE: "postgres", PGSSLMODE: "verify-full", PGSSLROOTCERT: authority },
        },
    });
    if (roles.failed) throw new SandboxError(`the users of ${plan.name} could not be made:\n${roles.stderr}`);
    const version = /\d+(\.\d+)?/.exec(run("postgres", ["--version"]).stdout)?.[0] ?? "";
    const other = version.split(".")[0] === plan.version.split(".")[0] ? [] : [`RDS has version ${plan.version}`];
    return {
        ...{ name: plan.name, program: `PostgreSQL ${version}`, endpoints: plan.endpoints },
        ...{ at: { host: servedHost, port }, differences: [...other, ...differences] },
    };
}

/** The parameters that this server takes, and what becomes of the others. */
export function localParameters(
    parameters: Parameter[],
    libraries: ReadonlySet<string>,
    accepted: (parameter: Parameter) => boolean,
): { taken: Parameter[]; differences: string[] } {
    const sized = parameters.filter(({ name, value }) => memoryParameters.has(name) || /[{(]/.test(value));
    const rest = parameters.filter((parameter) => !sized.includes(parameter));
    const wanted = rest.map(({ name, value }) => {
        if (name !== "shared_preload_libraries") return { name, value, missing: [] };
        const names = value.split(",").map((one) => one.trim());
        const missing = names.filter((one) => one !== "" && !libraries.has(one));
        return { name, value: names.filter((one) => libraries.has(one)).join(","), missing };
    });
    const unknown = wanted.filter((parameter) => !accepted(parameter));
    const missing = wanted.flatMap((parameter) => parameter.missing);
    const names = (of: { name: string }[]) => of.map(({ name }) => name).join(", ");
    return {
        taken: wanted.filter((parameter) => !unknown.includes(parameter)).map(({ name, value }) => ({ name, value })),
        differences: [
            ...(sized.length > 0 ? [`the server's own, for they follow the memory of the class: ${names(sized)}`] : []),
            ...(missing.length > 0 ? [`without the libraries ${missing.join(", ")}, which are not installed`] : []),
            ...(unknown.length > 0 ? [`without ${names(unknown)}, which this server does not take`] : []),
        ],
    };
}

const librariesQuery = { input: "select pg_ls_dir(setting) from pg_config where name = 'PKGLIBDIR'\n" };

/** The libraries that the server can load, from what single-user mode prints of their files. */
function installedLibraries(output: string): Set<string> {
    return new Set([...output.matchAll(/"([\w-]+)\.(?:so|dylib)"/g)].map(([, name = ""]) => name));
}

function hasStatistics(parameters: Parameter[]): boolean {
    return parameters.some(
        ({ name, value }) => name === "shared_preload_libraries" && /pg_stat_statements/.test(value),
    );
}

function writeConfiguration(
    data: string,
    { taken, port, certificate, key }: { taken: Parameter[]; port: number; certificate: string; key: string },
): void {
    const own = {
        ...{ listen_addresses: servedHost, port: String(port), unix_socket_directories: "" },
        ...{ ssl: "on", ssl_cert_file: certificate, ssl_key_file: key, password_encryption: "scram-sha-256" },
    };
    const lines = [...taken, ...Object.entries(own).map(([name, value]) => ({ name, value }))];
    const text = lines.map(({ name, value }) => `${name} = '${value.replaceAll("'", "''")}'`).join("\n");
    appendFileSync(path.join(data, "postgresql.conf"), `${text}\n`);
}

/** Who may come: whoever has a password, over TLS alone where the parameters force it. */
function writeAccess(data: string, { parameters }: DatabasePlan, account: ServerAccount): void {
    const forced = parameters.find(({ name }) => name === "rds.force_ssl")?.value !== "0";
    const kind = forced ? "hostssl" : "host";
    const lines = ["127.0.0.1/32", "::1/128"].map((from) => `${kind} all all ${from} scram-sha-256`);
    privateFile(data, "pg_hba.conf", `${lines.join("\n")}\n`, account);
}
