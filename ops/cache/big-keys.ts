import type { Redis } from "ioredis";
import { pause } from "../interrupt";
import type { CacheNode } from "./connection";

export interface BigKey {
    key: string;
    node: string;
    type: string;
    bytes: number;
    /** Seconds until it expires; undefined where it never does. */
    expiresInSeconds?: number;
}

/** What keys with a common beginning take. */
export interface KeyGroup {
    /** What stands in front of the first colon. */
    prefix: string;
    keys: number;
    bytes: number;
    neverExpire: number;
}

export interface KeySample {
    /** Keys that there are. */
    keys: number;
    sampled: number;
    sampledBytes: number;
    biggest: BigKey[];
    /** The largest first. */
    groups: KeyGroup[];
}

/** How many keys a SCAN asks for: a few hundred microseconds of the server's time. */
const batch = 200;
/** Between two batches, so that a server has most of its time for others. */
const pauseMilliseconds = 5;

/**
 * Looks at a sample of the keys: the first that SCAN returns, which is in the order of their hashes and so at random. It never
 * stops a server for longer than a batch takes.
 */
export async function sampleKeys(nodes: CacheNode[], size: number, top: number): Promise<KeySample> {
    const keys: BigKey[] = [];
    let all = 0;
    for (const { name, client } of nodes) {
        all += await client.dbsize();
        keys.push(...(await sampleNode(client, name, Math.ceil(size / nodes.length))));
    }
    const bytesOf = (some: BigKey[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);
    const groups = new Map<string, BigKey[]>();
    for (const one of keys) {
        const group = groups.get(prefixOf(one.key));
        if (group) group.push(one);
        else groups.set(prefixOf(one.key), [one]);
    }
    return {
        keys: all,
        sampled: keys.length,
        sampledBytes: bytesOf(keys),
        biggest: [...keys].sort((a, b) => b.bytes - a.bytes).slice(0, top),
        groups: [...groups]
            .map(([prefix, some]) => ({
                prefix,
                keys: some.length,
                bytes: bytesOf(some),
                neverExpire: some.filter(({ expiresInSeconds }) => expiresInSeconds === undefined).length,
            }))
            .sort((a, b) => b.bytes - a.bytes)
            .slice(0, top),
    };
}

async function sampleNode(client: Redis, node: string, size: number): Promise<BigKey[]> {
    // SCAN may return a key twice.
    const found = new Map<string, BigKey>();
    let cursor = "0";
    do {
        const [next, keys] = await client.scan(cursor, "COUNT", batch);
        cursor = next;
        const pipeline = client.pipeline();
        for (const key of keys) pipeline.memory("USAGE", key).type(key).ttl(key);
        const results = (await pipeline.exec()) ?? [];
        keys.forEach((key, index) => {
            const [bytes, type, ttl] = results.slice(3 * index, 3 * index + 3).map(([error, value]) => {
                if (error) throw error;
                return value;
            });
            // It has gone in the meantime.
            if (typeof bytes !== "number") return;
            const expires = Number(ttl);
            found.set(key, {
                ...{ key, node, bytes },
                type: String(type),
                expiresInSeconds: expires < 0 ? undefined : expires,
            });
        });
        await pause(pauseMilliseconds);
    } while (cursor !== "0" && found.size < size);
    return [...found.values()].slice(0, size);
}

function prefixOf(key: string): string {
    const end = key.indexOf(":");
    return end < 0 ? "(no prefix)" : key.slice(0, end);
}
