import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { SandboxError } from "../account/sandbox-error";
import { privateFile, type ServeContext, type Served, servedHost } from "./context";
import { mysqlServer, programPath, serverAccount } from "./installation";
import { bootstrapMysql } from "./mysql-users";
import type { DatabasePlan, Parameter } from "./plan/plan";
import { freePort } from "./port";

/** What is taken from the memory and the disks of the instance's class. */
const sizedParameters =
    /^(innodb_buffer_pool_size|innodb_log_file_size|innodb_redo_log_capacity|innodb_log_buffer_size)$/;

/** Starts MySQL, or MariaDB in its place, as RDS would have it: its parameters, its users, TLS. */
export async function serveMysql(plan: DatabasePlan, context: ServeContext): Promise<Served> {
    const program = mysqlServer() ?? "";
    const account = serverAccount("mysql");
    if (!account) throw new SandboxError("MySQL does not run as root, and there is no user mysql to run it as");
    const folder = context.folderFor(plan.name, account);
    const environment = { ...context.environment, HOME: folder };
    const run = (command: string, args: string[], more: NodeJS.ProcessEnv = {}) =>
        spawnSync(command, args, { ...account, cwd: folder, env: { ...environment, ...more }, encoding: "utf8" });

    const version = versionOf(run(program, ["--version"]).stdout);
    const data = path.join(folder, "data");
    const made = version.isMariaDb
        ? run(programPath("mariadb-install-db") ?? "mariadb-install-db", [
              ...["--no-defaults", `--datadir=${data}`, "--skip-test-db", "--auth-root-authentication-method=normal"],
          ])
        : run(program, ["--no-defaults", `--datadir=${data}`, "--initialize-insecure"]);
    if (made.status !== 0) throw new SandboxError(`the folder of MySQL could not be made:\n${made.stderr}`);

    const accepted = (parameters: Parameter[]) =>
        run(program, ["--no-defaults", ...parameters.map(optionOf), "--verbose", "--help"]).status === 0;
    const { taken, differences } = mysqlParameters(plan.parameters, accepted);
    const port = await freePort(plan.endpoints[0]?.port);
    const { certificate, key } = context.writeCertificates(folder, account);
    const authority = privateFile(folder, "authority.crt", context.certificates.authority, account);
    const users = privateFile(folder, "users.sql", bootstrapMysql(plan, version.isMariaDb), account);
    const configuration = [
        "[mysqld]",
        ...taken.map(({ name, value }) => `${name} = ${value}`),
        ...[`datadir = ${data}`, `port = ${port}`, "bind-address = 127.0.0.1", "skip-name-resolve"],
        // Relative to its data: the whole path could be too long for a socket.
        ...["socket = server.sock", "pid-file = server.pid", `init-file = ${users}`],
        ...[`ssl-ca = ${authority}`, `ssl-cert = ${certificate}`, `ssl-key = ${key}`],
        ...(version.isMariaDb ? [] : ["mysqlx = OFF"]),
    ];
    const file = privateFile(folder, "my.cnf", `${configuration.join("\n")}\n`, account);
    const server = context.start(program, [`--defaults-file=${file}`], {
        ...{ name: `MySQL for ${plan.name}`, folder, environment, account },
    });
    const client = programPath(version.isMariaDb ? "mariadb-admin" : "mysqladmin") ?? "mysqladmin";
    const login = ["--no-defaults", "--protocol=TCP", "-h", servedHost, "-P", String(port), "-u", plan.master.user];
    const ping = [...login, `--ssl-ca=${authority}`, "status"];
    await server.ready(() => run(client, ping, { MYSQL_PWD: plan.master.password }).status === 0);
    // It has the passwords, or their hashes, and is read at the start alone.
    writeFileSync(users, "");
    return {
        ...{ name: plan.name, program: version.text, endpoints: plan.endpoints, at: { host: servedHost, port } },
        differences: [...(version.major === plan.version ? [] : [`RDS has MySQL ${plan.version}`]), ...differences],
    };
}

/** The parameters that this server takes, and what becomes of the others. */
export function mysqlParameters(
    parameters: Parameter[],
    accepted: (parameters: Parameter[]) => boolean,
): { taken: Parameter[]; differences: string[] } {
    const sized = parameters.filter(({ name, value }) => sizedParameters.test(name) || /[{(]/.test(value));
    const rest = parameters.filter((parameter) => !sized.includes(parameter));
    const taken = accepted(rest) ? rest : rest.filter((parameter) => accepted([parameter]));
    const unknown = rest.filter((parameter) => !taken.includes(parameter));
    const names = (of: Parameter[]) => of.map(({ name }) => name).join(", ");
    return {
        taken,
        differences: [
            ...(sized.length > 0 ? [`the server's own, for they follow the memory of the class: ${names(sized)}`] : []),
            ...(unknown.length > 0 ? [`without ${names(unknown)}, which this server does not take`] : []),
        ],
    };
}

function optionOf({ name, value }: Parameter): string {
    return `--${name}=${value}`;
}

function versionOf(output: string) {
    const isMariaDb = /MariaDB/.test(output);
    const number = /Ver (\d+\.\d+)(?:\.\d+)?/.exec(output);
    const major = isMariaDb ? "" : (number?.[1] ?? "");
    return { isMariaDb, major, text: `${isMariaDb ? "MariaDB" : "MySQL"} ${number?.[0].replace("Ver ", "") ?? ""}` };
}
