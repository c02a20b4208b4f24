import { type CacheTarget, type CacheTargetOptions, isForbidden, resolveCache, withNodes } from "../cache/connection";
import { withMySql } from "../database/mysql/connection";
import { OpsError, Refusal } from "../ops-error";
import { recorded } from "../record";
import { type OutputSource, userSecrets } from "../stack/outputs";
import { readCredentials } from "../stack/secrets";
import { type LoginSource, resolveTarget, type TargetOptions } from "../stack/target";
import { type ClientCall, runClient, withAuthorities } from "./client";
import type { ConnectCommands, databaseUsers } from "./command-line";
import { mysqlCall } from "./mysql";
import { psqlCall } from "./psql";
import { redisCall } from "./redis";

interface OpeningOptions {
    write?: boolean;
    records?: string;
}

export interface ConnectDatabaseOptions extends TargetOptions, OpeningOptions {
    as?: (typeof databaseUsers)[number];
    iam?: boolean;
}

export type ConnectCacheOptions = CacheTargetOptions & OpeningOptions;

/** How a package manager brings each client. */
const howToGet = {
    psql: "`apt-get install postgresql-client`, or `brew install libpq`",
    mysql: "`apt-get install mariadb-client`, or `brew install mysql-client`",
    redis: "`apt-get install redis-tools`, or `brew install redis`",
};

/** The commands that open a client. `end` is given its exit code. */
export function connectCommands(stack: string | undefined, end: (code: number) => void): ConnectCommands {
    /** What may write is recorded. */
    const run = async (what: string, call: ClientCall, advice: string, { write, records }: OpeningOptions) => {
        const work = async () => ({ exitCode: await runClient(call, advice) });
        const change = { stack, records, command: `connect ${what} --write`, target: what };
        end((await (write ? recorded(change, work) : work())).exitCode);
    };
    return {
        async database(args, options) {
            const { write = false, as = write ? "application" : "read-only" } = options;
            if (write && as === "read-only")
                throw new Refusal("--as read-only: that user cannot write; give another one");
            const source = { ...options, stack };
            const connection = await resolveTarget(source, loginOf(source, as, options.iam ?? false));
            await withAuthorities(connection.authorities, async (file) => {
                if (connection.engine !== "mysql")
                    return run("database", psqlCall(connection, file, write, args), howToGet.psql, options);
                // MySQL's clients verify less at the near end of a tunnel.
                await withMySql(connection, async () => {});
                return run("database", mysqlCall(connection, file, write, args), howToGet.mysql, options);
            });
        },
        async cache(args, options) {
            const { write = false } = options;
            const target = await resolveCache({ ...options, stack }, !write);
            await checkCache(target, write);
            await withAuthorities(target.authorities, (file) =>
                run("cache", redisCall(target, file, args), howToGet.redis, options),
            );
        },
    };
}

/** Who logs in, and how: by a secret, or by a token of IAM. */
function loginOf(source: OutputSource, as: (typeof databaseUsers)[number], iam: boolean): LoginSource {
    return async (outputs) => {
        const { region, host, port } = outputs;
        const { application, readOnly } = as === "master" ? { application: "", readOnly: "" } : userSecrets(source);
        const secrets = { master: outputs.secretArn, application, "read-only": readOnly };
        const { user, password } = await readCredentials(secrets[as], region);
        return { user, password: iam ? await iamToken({ region, hostname: host, port, username: user }) : password };
    };
}

/** A password that is good for a quarter of an hour. It is for the server's own name, whatever the connection goes through. */
async function iamToken(of: { region: string; hostname: string; port: number; username: string }): Promise<string> {
    const { Signer } = await import("@aws-sdk/rds-signer");
    try {
        return await new Signer(of).getAuthToken();
    } catch (error) {
        throw new OpsError(`no token of IAM: ${(error as Error).message}; log in to AWS, or set AWS_PROFILE`);
    }
}

/**
 * Connects once before redis-cli does, which looks at no host in a certificate. Refuses a server that takes writes, unless it is to: what
 * a cache's user may do is not the session's to restrict, but a replica refuses writes.
 */
async function checkCache(target: CacheTarget, write: boolean): Promise<void> {
    if (target.clusterMode && !write)
        throw new Refusal("in cluster mode, clients are sent on to primaries, which take writes; give --write");
    await withNodes({ ...target, clusterMode: false }, async ([node]) => {
        if (write) return;
        const replication = await node?.client.info("replication").catch((error: unknown) => {
            if (isForbidden(error)) return "";
            throw error;
        });
        if (replication?.includes("role:slave")) return;
        throw new Refusal(
            replication === ""
                ? "the user may not ask whether this is a replica, which refuses writes; give --write"
                : "the cache has no replica, and its primary takes writes; give --write",
        );
    });
}
