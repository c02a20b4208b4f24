import { createHash, createHmac } from "node:crypto";
import type { Client } from "pg";
import { OpsError } from "../ops-error";

/** The longest that the database takes a signature for, in seconds. */
export const longestContextSeconds = 3600;

const shortestKeyBytes = 32;

/**
 * The value of `app.tenant_id` where contexts are signed. An application signs one when it knows who asks, and passes it on; SQL
 * that somebody smuggled in can set only contexts that it was shown.
 * @param key at least 32 bytes, the same as the database's
 * @param seconds how long it is valid, at most 3600
 */
export function signContext(tenantId: string, key: Buffer, seconds: number, now = new Date()): string {
    const context = `${tenantId.toLowerCase()}.${Math.floor(now.getTime() / 1000) + seconds}`;
    return `${context}.${createHmac("sha256", key).update(context).digest("hex")}`;
}

/** Makes the database take contexts that are signed with the key. From the first one on, it takes no others. */
export async function addContextKey(client: Client, name: string, key: Buffer): Promise<void> {
    if (key.length < shortestKeyBytes)
        throw new OpsError(`the key ${name} has ${key.length} bytes; give at least ${shortestKeyBytes}`);
    // As HMAC defines it (RFC 2104): a longer key than a block is hashed, a shorter one filled with zeros.
    const block = Buffer.alloc(64);
    (key.length > 64 ? createHash("sha256").update(key).digest() : key).copy(block);
    const masked = (mask: number) => Buffer.from(block.map((byte) => byte ^ mask));
    await client.query(
        `INSERT INTO app.context_keys (name, inner_block, outer_block) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET inner_block = excluded.inner_block, outer_block = excluded.outer_block`,
        [name, masked(0x36), masked(0x5c)],
    );
}

/** Ends a key. Without the last one, contexts need no signature any more. */
export async function removeContextKey(client: Client, name: string): Promise<void> {
    const { rowCount } = await client.query("DELETE FROM app.context_keys WHERE name = $1", [name]);
    if (rowCount === 0) throw new OpsError(`there is no key ${name}`);
}
