import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres } from "../testing/postgres";
import { attacker, master, TenantServer } from "../testing/tenant-database";
import { Attacker } from "./attack";
import { attacks, ownersAttacks } from "./attacks";
import { checkIsolation } from "./check";
import { type Catch, mutations } from "./mutations";
import { brokenUses } from "./use";

const server = new TenantServer();
afterAll(() => server.stop());

/** What each way of finding out finds in a database. */
const finders: Record<Catch, (database: string) => Promise<unknown[]>> = {
    attack: async (database) => {
        for (const [user, tried] of [
            [master, ownersAttacks],
            ["application", attacks],
        ] as const) {
            const one = await Attacker.as(user, server, database);
            try {
                for (const { statements } of tried)
                    for (const context of [attacker, undefined]) {
                        const { found } = await one.attempt(context, statements);
                        if (found.length > 0) return found;
                    }
            } finally {
                await one.close();
            }
        }
        return [];
    },
    use: (database) => brokenUses(server, database),
    check: async (database) => {
        const client = await server.connect(master, database);
        try {
            return await checkIsolation(client, { application: "application", readOnly: "read_only" });
        } finally {
            await client.end();
        }
    },
};

describe.skipIf(noPostgres)(`a rule of the tenants that is broken${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(() => server.start(), 60_000);

    it.each(mutations.map((mutation, index) => ({ ...mutation, index })))(
        "is found by $caughtBy: $sql",
        async ({ sql, caughtBy, index }) => {
            const database = server.copy(`mutated_${index}`);
            server.server.query(sql, database);
            expect(await finders[caughtBy](database)).not.toEqual([]);
            server.server.query(`DROP DATABASE ${database} WITH (FORCE)`);
        },
    );

    it("is not found where none is", async () => {
        const database = server.copy("unchanged");
        for (const [name, find] of Object.entries(finders)) expect(await find(database), name).toEqual([]);
    });

    it("is found in a role", async () => {
        const database = server.copy("roles");
        for (const sql of [
            "GRANT tenants_manager TO application",
            "GRANT tenants_owner TO application",
            "ALTER ROLE application BYPASSRLS",
        ]) {
            server.server.query(sql, database);
            expect(await finders.attack(database), sql).not.toEqual([]);
            expect(await finders.check(database), sql).not.toEqual([]);
            server.server.query(
                "REVOKE tenants_manager, tenants_owner FROM application; ALTER ROLE application NOBYPASSRLS",
            );
        }
        server.server.query("ALTER ROLE application SET app.tenant_id = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'");
        expect(await finders.attack(database)).not.toEqual([]);
        expect(await finders.check(database)).not.toEqual([]);
        server.server.query("ALTER ROLE application RESET app.tenant_id");
    });
});
