import { attacker, attackerUser, master, type TenantServer } from "../testing/tenant-database";
import { run } from "./attack";

const ownRole = "aaaaaaaa-0000-4000-8000-000000000002";

/** What a tenant's application, its reports and the maker of tenants do all day. */
const uses: [user: string, context: string | undefined, statement: string, expected: RegExp][] = [
    [
        "application",
        attacker,
        "INSERT INTO app.users (email) VALUES ('new@attacker.example') RETURNING tenant_id",
        /aaaaaaaa/,
    ],
    [
        "application",
        attacker,
        "UPDATE app.users SET metadata = '{\"seen\": 1}' WHERE email = 'new@attacker.example' RETURNING email",
        /new@/,
    ],
    ["application", attacker, "DELETE FROM app.users WHERE email = 'new@attacker.example' RETURNING email", /new@/],
    ["application", attacker, "INSERT INTO app.roles (name) VALUES ('guest') RETURNING name", /guest/],
    [
        "application",
        attacker,
        "UPDATE app.roles SET description = 'a guest' WHERE name = 'guest' RETURNING name",
        /guest/,
    ],
    ["application", attacker, "DELETE FROM app.roles WHERE name = 'guest' RETURNING name", /guest/],
    ["application", attacker, "UPDATE app.user_roles SET granted_by = user_id RETURNING granted_by", /aaaaaaaa/],
    ["application", attacker, "SELECT permission FROM app.user_permissions", /orders:read/],
    ["application", attacker, "SELECT name FROM app.tenants", /Attacker/],
    ["application", attacker, "DELETE FROM app.user_roles RETURNING user_id", /aaaaaaaa/],
    [
        "application",
        attacker,
        `INSERT INTO app.user_roles (user_id, role_id) VALUES ('${attackerUser}', '${ownRole}') RETURNING user_id`,
        /aaaaaaaa/,
    ],
    ["read_only", attacker, "SELECT email FROM app.users", /own@/],
    ["read_only", attacker, "SELECT name FROM app.roles", /admin/],
    ["read_only", attacker, "SELECT user_id FROM app.user_roles", /aaaaaaaa/],
    ["read_only", attacker, "SELECT permission FROM app.user_permissions", /orders:read/],
    ["read_only", attacker, "SELECT name FROM app.tenants", /Attacker/],
    [
        master,
        undefined,
        "SET LOCAL ROLE tenants_manager; INSERT INTO app.tenants (name, subdomain) VALUES ('New', 'new') RETURNING name",
        /New/,
    ],
    [
        master,
        undefined,
        "SET LOCAL ROLE tenants_manager; UPDATE app.tenants SET status = 'suspended' WHERE subdomain = 'new' RETURNING status",
        /suspended/,
    ],
    [
        master,
        undefined,
        "SET LOCAL ROLE tenants_manager; DELETE FROM app.tenants WHERE subdomain = 'new' RETURNING name",
        /New/,
    ],
];

/** The statements of ordinary use that do not work; empty if all do. */
export async function brokenUses(server: TenantServer, database: string): Promise<string[]> {
    const broken: string[] = [];
    for (const user of new Set(uses.map(([user]) => user))) {
        const client = await server.connect(user, database);
        for (const [, context, statement, expected] of uses.filter(([by]) => by === user)) {
            const { seen } = await run(client, context, [statement]);
            if (!expected.test(seen.join(" "))) broken.push(`${user}: ${statement}: ${seen.join(" ")}`);
        }
        await client.end();
    }
    return broken;
}
