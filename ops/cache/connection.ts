import type { Redis } from "ioredis";
import { OpsError } from "../ops-error";
import { cacheOutputs } from "../stack/cache-outputs";
import type { OutputSource } from "../stack/outputs";
import { type Reached, type ReachOptions, reach } from "../stack/reach";
import { readCacheCredentials } from "../stack/secrets";

export type CacheTargetOptions = OutputSource & ReachOptions;

/** How to reach a cache. */
export interface CacheTarget extends Reached {
    user?: string;
    password: string;
    clusterMode: boolean;
    /** Whether only the node at the near end of a tunnel can be reached. */
    oneNode: boolean;
}

/** A node of a cache, and a connection to it. */
export interface CacheNode {
    name: string;
    client: Redis;
}

const connectMilliseconds = 10_000;
const commandMilliseconds = 15_000;

/**
 * The cache that the options ask for.
 * @param reader whether a replica does, where there is one
 */
export async function resolveCache(options: CacheTargetOptions, reader = false): Promise<CacheTarget> {
    const { region, host, readerHost, port, clusterMode, secretArn } = cacheOutputs(options);
    const reached = await reach(options, { host: reader ? readerHost : host, port, region });
    const credentials = await readCacheCredentials(secretArn, region);
    return { ...reached, ...credentials, clusterMode, oneNode: (options.host ?? options.tunnel) !== undefined };
}

/** Does something with the primaries of a cache: one, or in cluster mode that of each shard. */
export async function withNodes<Result>(
    target: CacheTarget,
    work: (nodes: CacheNode[], notes: string[]) => Promise<Result>,
): Promise<Result> {
    const open: CacheNode[] = [];
    const add = async (to: CacheTarget) => {
        const node = { name: `${to.host}:${to.port}`, client: await connect(to) };
        open.push(node);
        return node;
    };
    try {
        const first = await add(target);
        if (!target.clusterMode) return await work([first], []);
        const addresses = await primaries(first.client, target);
        if (target.oneNode) {
            const note = `only the node behind ${first.name} was looked at, of ${addresses.length} shards; inside the VPC all are`;
            return await work([first], addresses.length > 1 ? [note] : []);
        }
        const nodes: CacheNode[] = [];
        for (const { host, port } of addresses)
            nodes.push(await add({ ...target, host, port, certificateHost: target.certificateHost && host }));
        return await work(nodes, []);
    } finally {
        for (const { client } of open) client.disconnect();
    }
}

/** Where the primary of each shard is. */
async function primaries(client: Redis, { host }: CacheTarget): Promise<{ host: string; port: number }[]> {
    const slots = await client.cluster("SLOTS");
    // A node that does not say its host is where it was asked.
    const found = slots.flatMap(([, , primary]) => (primary ? [{ host: primary[0] || host, port: primary[1] }] : []));
    return [...new Map(found.map((one) => [`${one.host}:${one.port}`, one])).values()];
}

async function connect({ host, port, user, password, authorities, certificateHost }: CacheTarget): Promise<Redis> {
    const { Redis } = await import("ioredis");
    const client = new Redis({
        ...{ host, port, username: user, password },
        tls:
            certificateHost === undefined
                ? undefined
                : { ca: authorities, servername: certificateHost, rejectUnauthorized: true },
        connectionName: "plinth-ops",
        connectTimeout: connectMilliseconds,
        commandTimeout: commandMilliseconds,
        retryStrategy: () => null,
        maxRetriesPerRequest: 0,
        lazyConnect: true,
    });
    // ioredis says the cause here, and only that it is closed where it is waited for.
    let cause: (Error & { code?: string }) | undefined;
    client.on("error", (error: Error & { code?: string }) => {
        cause ??= error;
    });
    try {
        await client.connect();
        await client.ping();
        return client;
    } catch (error) {
        client.disconnect();
        throw new OpsError(unreachable(`${user ?? "the token"} at ${host}:${port}`, cause ?? (error as Error)));
    }
}

/** Why there is no connection, without the password. */
function unreachable(where: string, error: Error & { code?: string }): string {
    const untrusted = "the server's certificate is signed by none of the authorities";
    const causes: Record<string, string> = {
        WRONGPASS: "the password is wrong; if it was rotated a moment ago, try again",
        NOAUTH: "the server wants a password",
        NOPERM: "the user may not do this",
        ENOTFOUND: "the name is unknown here; inside the VPC it is known",
        ECONNREFUSED: "nothing listens there; open a tunnel first, or run this inside the VPC",
        ETIMEDOUT: "there is no answer; open a tunnel first, or run this inside the VPC",
        ECONNRESET: "the server closed the connection; look at TLS",
        EPROTO: "the server speaks no TLS",
        ERR_SSL_WRONG_VERSION_NUMBER: "the server speaks no TLS",
        SELF_SIGNED_CERT_IN_CHAIN: untrusted,
        UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
        DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
        UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
        ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host",
    };
    const word = /^[A-Z]+/.exec(error.message)?.[0] ?? "";
    return `cannot connect with ${where}: ${causes[error.code ?? ""] ?? causes[word] ?? error.message}`;
}

/** Whether the user lacks the right to a command, as ACLs say it. */
export function isForbidden(error: unknown): boolean {
    return error instanceof Error && /^NOPERM/.test(error.message);
}
