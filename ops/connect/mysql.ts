import { spawnSync } from "node:child_process";
import type { DatabaseConnection } from "../database/connection";
import type { ClientCall } from "./client";

/**
 * How MySQL's client, or MariaDB's, is called; it reads the password from its environment. At the near end of a tunnel neither can be told
 * which host the certificate is for, so there the client verifies what it can, and the connection was verified before.
 */
export function mysqlCall(
    { host, port, database, user, password = "", certificateHost }: DatabaseConnection,
    authoritiesFile: string | undefined,
    write: boolean,
    args: string[],
): ClientCall {
    const isMariaDb = /MariaDB/.test(spawnSync("mysql", ["--version"], { encoding: "utf8" }).stdout ?? "");
    const direct = certificateHost === host;
    const verify = isMariaDb
        ? ["--ssl", ...(direct ? ["--ssl-verify-server-cert"] : [])]
        : [`--ssl-mode=${direct ? "VERIFY_IDENTITY" : "VERIFY_CA"}`];
    return {
        program: "mysql",
        arguments: [
            ...["--protocol=TCP", `--host=${host}`, `--port=${port}`, `--user=${user}`, `--database=${database}`],
            ...(authoritiesFile === undefined ? [] : [`--ssl-ca=${authoritiesFile}`, ...verify]),
            ...(write ? [] : ["--init-command=SET SESSION TRANSACTION READ ONLY"]),
            ...args,
        ],
        environment: { MYSQL_PWD: password },
    };
}
