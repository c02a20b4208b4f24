import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";

/** A kind of server that a laptop can run. */
export type ServerKind = "PostgreSQL" | "MySQL" | "Redis" | "Valkey" | "moto" | "openssl";

/** How a package manager brings each. */
const howToGet: Record<ServerKind, string> = {
    PostgreSQL: "`apt-get install postgresql` or `brew install postgresql@16`",
    MySQL: "`apt-get install mariadb-server` or `brew install mysql`",
    Redis: "`apt-get install redis-server` or `brew install redis`",
    Valkey: "`apt-get install valkey-server` or `brew install valkey`; Redis does too",
    moto: "`pipx install 'moto[server]'`",
    openssl: "`apt-get install openssl` or `brew install openssl`",
};

/** What a kind of server is called here, and how to get it, where it is missing. */
export function missingServer(kind: ServerKind): string | undefined {
    return isInstalled[kind]() ? undefined : `${kind} is not installed: ${howToGet[kind]}`;
}

const isInstalled: Record<ServerKind, () => boolean> = {
    PostgreSQL: () => postgresFolder() !== undefined,
    MySQL: () => mysqlServer() !== undefined,
    Redis: () => programPath("redis-server") !== undefined,
    Valkey: () => valkeyServer() !== undefined,
    moto: () => programPath("moto_server") !== undefined,
    openssl: () => programPath("openssl") !== undefined,
};

/** The folder of PostgreSQL's programs, of the newest version that there is. */
export function postgresFolder(): string | undefined {
    const debian = "/usr/lib/postgresql";
    const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
    const folders = [...versions.map((version) => path.join(debian, version, "bin")), ...searchPath()];
    return folders.find((folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "psql")));
}

/** MySQL's server, or MariaDB's. */
export function mysqlServer(): string | undefined {
    return programPath("mysqld") ?? programPath("mariadbd");
}

/** The server that speaks for Valkey: Redis, where there is no other. */
export function valkeyServer(): string | undefined {
    return programPath("valkey-server") ?? programPath("redis-server");
}

/** Where a program is. Debian keeps those of servers out of a user's PATH. */
export function programPath(name: string): string | undefined {
    return [...searchPath(), "/usr/sbin", "/usr/local/sbin"]
        .map((folder) => path.join(folder, name))
        .find((file) => existsSync(file));
}

/** A user of this machine, by its numbers. */
export interface ServerAccount {
    uid?: number;
    gid?: number;
}

/**
 * Who a server runs as that refuses to run as root: the user that Debian makes for it. Undefined where root has no such user.
 */
export function serverAccount(user: string): ServerAccount | undefined {
    if (process.getuid?.() !== 0) return { uid: process.getuid?.(), gid: process.getgid?.() };
    const numbers = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user], { encoding: "utf8" }));
    if (numbers.some(({ status }) => status !== 0)) return undefined;
    const [uid = 0, gid = 0] = numbers.map(({ stdout }) => Number(stdout));
    return { uid, gid };
}

function searchPath(): string[] {
    return (process.env.PATH ?? "").split(path.delimiter);
}
