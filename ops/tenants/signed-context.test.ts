import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres } from "../testing/postgres";
import { attacker, master, TenantServer, victim } from "../testing/tenant-database";
import { Attacker } from "./attack";
import { attacks, hostileContexts } from "./attacks";
import { addContextKey, removeContextKey, signContext } from "./signed-context";

const server = new TenantServer();
const key = randomBytes(32);
let application: Attacker;
afterAll(async () => {
    await application?.close();
    server.stop();
});

describe.skipIf(noPostgres)(`a signed context${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(async () => {
        await server.start();
        await asOwner((client) => addContextKey(client, "first", key));
        application = await Attacker.as("application", server);
    }, 60_000);

    it("lets its tenant work", async () => {
        const { outcome } = await application.attempt(signContext(attacker, key, 60), ["SELECT email FROM app.users"]);
        expect(outcome.seen).toEqual(['[{"email":"own@attacker.example"}]']);
    });

    it.each(attacks)("lets no tenant do: $name", async ({ statements }) => {
        expect((await application.attempt(signContext(attacker, key, 60), statements)).found).toEqual([]);
    });

    it.each([
        ["plain", victim],
        ["signed with another key", signContext(victim, randomBytes(32), 60)],
        ["with another tenant's signature", signContext(attacker, key, 60).replace(attacker, victim)],
        [
            "with another time",
            signContext(victim, key, -10).replace(/\.\d+\./, `.${Math.floor(Date.now() / 1000) + 60}.`),
        ],
        ["expired", signContext(victim, key, -1)],
        ["for longer than an hour", signContext(victim, key, 3700)],
        ["in capitals", signContext(victim, key, 60).toUpperCase()],
        ["with something after it", `${signContext(victim, key, 60)} `],
        ...hostileContexts.map((context) => ["hostile", context]),
    ])("is needed: %s is refused: %j", async (_, context = "") => {
        const statements = [
            "SELECT * FROM app.users",
            `SELECT set_config('app.tenant_id', '${context.replaceAll("'", "''")}', true)`,
            "SELECT * FROM app.users",
            "DELETE FROM app.users",
        ];
        // Smuggled in beside a valid context, it is refused too.
        for (const first of [context, signContext(attacker, key, 60)]) {
            const { found, outcome } = await application.attempt(first, statements);
            expect(found).toEqual([]);
            expect(outcome.codes.at(-1)).toBe("42501");
        }
    });

    it("can be signed with either of two keys while one follows the other", async () => {
        const next = randomBytes(100);
        await asOwner((client) => addContextKey(client, "second", next));
        for (const one of [key, next])
            expect(
                (await application.attempt(signContext(attacker, one, 60), ["SELECT 1 FROM app.users"])).outcome.codes,
            ).toEqual([""]);
        await asOwner((client) => removeContextKey(client, "first"));
        const { outcome } = await application.attempt(signContext(attacker, key, 60), ["SELECT 1 FROM app.users"]);
        expect(outcome.codes).toEqual(["42501"]);
        await expect(asOwner((client) => removeContextKey(client, "first"))).rejects.toThrow("there is no key first");
        await expect(asOwner((client) => addContextKey(client, "weak", randomBytes(31)))).rejects.toThrow("31 bytes");
    });
});

async function asOwner(work: (client: Awaited<ReturnType<typeof server.connect>>) => Promise<void>): Promise<void> {
    const client = await server.connect(master);
    try {
        await client.query("SET ROLE tenants_owner");
        await work(client);
    } finally {
        await client.end();
    }
}
