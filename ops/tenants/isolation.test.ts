import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres } from "../testing/postgres";
import { attacker, master, TenantServer } from "../testing/tenant-database";
import { Attacker } from "./attack";
import { attacks, hostileContexts, ownersAttacks } from "./attacks";
import { checkIsolation } from "./check";
import { brokenUses } from "./use";

const server = new TenantServer();
afterAll(() => server.stop());

describe.skipIf(noPostgres)(`tenants${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(() => server.start(), 60_000);

    describe.each([
        ["with a context of its own", attacker],
        ["without a context", undefined],
        ["with an empty context", ""],
    ])("%s", (_, context) => {
        it.each(attacks)("$name give nothing away", async ({ statements }) => {
            for (const user of ["application", "read_only"]) expect(await found(user, context, statements)).toEqual([]);
        });

        it.each(ownersAttacks)("$name give nothing away", async ({ statements }) => {
            expect(await found(master, context, statements)).toEqual([]);
        });
    });

    it.each(hostileContexts)("are not had with the context %j", async (context) => {
        const reads = ["SELECT * FROM app.users", "SELECT * FROM app.tenants", "DELETE FROM app.users RETURNING *"];
        const application = await Attacker.as("application", server);
        const { found, outcome } = await application.attempt(context, reads);
        await application.close();
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

async function found(user: string, context: string | undefined, statements: string[]): Promise<string[]> {
    const one = await Attacker.as(user, server);
    const { found } = await one.attempt(context, statements);
    await one.close();
    return found;
}
