import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres } from "../testing/postgres";
import { attacker, master, TenantServer } from "../testing/tenant-database";
import { Attacker } from "./attack";
import { attacks, hostileContexts, ownersAttacks } from "./attacks";
import { checkIsolation } from "./check";
import { brokenUses } from "./use";

const server = new TenantServer();
const attackers: Record<string, Attacker> = {};
afterAll(async () => {
    for (const one of Object.values(attackers)) await one.close();
    server.stop();
});

describe.skipIf(noPostgres)(`tenants${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(async () => {
        await server.start();
        for (const user of ["application", "read_only", master]) attackers[user] = await Attacker.as(user, server);
    }, 60_000);

    describe.each([
        ["with a context of its own", attacker],
        ["without a context", undefined],
        ["with an empty context", ""],
    ])("%s", (_, context) => {
        it.each(attacks)("$name give nothing away", async ({ statements }) => {
            for (const user of ["application", "read_only"])
                expect((await attempt(user, context, statements)).found).toEqual([]);
        });

        it.each(ownersAttacks)("$name give nothing away", async ({ statements }) => {
            expect((await attempt(master, context, statements)).found).toEqual([]);
        });
    });

    it("are attacked with statements that PostgreSQL understands", async () => {
        const mistyped = new Set(["42601", "42703", "42883", "42804", "42702"]);
        for (const { statements } of attacks) {
            const { outcome } = await attempt("application", attacker, statements);
            for (const [index, code] of outcome.codes.entries())
                expect(mistyped.has(code), `${statements[index]}: ${outcome.seen[index]}`).toBe(false);
        }
    });

    it.each(hostileContexts)("are not had with the context %j", async (context) => {
        const reads = ["SELECT * FROM app.users", "SELECT * FROM app.tenants", "DELETE FROM app.users RETURNING *"];
        const { found, outcome } = await attempt("application", context, reads);
        expect(found).toEqual([]);
        for (const text of outcome.seen) expect(text).toMatch(/^\[\]$|invalid input syntax for type uuid/);
    });

    it("can be used by their own application", async () => {
        expect(await brokenUses(server, server.database)).toEqual([]);
    });

    it("pass the check of the catalog", async () => {
        const client = await server.connect(master);
        const users = { application: "application", readOnly: "read_only" };
        expect(await checkIsolation(client, users)).toEqual([]);
        await client.end();
    });
});

function attempt(user: string, context: string | undefined, statements: string[]) {
    const one = attackers[user];
    if (!one) throw new Error(`nobody attacks as ${user}`);
    return one.attempt(context, statements);
}
