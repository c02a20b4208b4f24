import { type DatabaseConnection, withConnection } from "../database/connection";
import { Refusal } from "../ops-error";

/** A tenant to try things with, with a user who may do everything. Made once, and never where the tier is prod. */
export async function createDemoTenant(connection: DatabaseConnection, tier: string | undefined): Promise<void> {
    refuseDemoTenant(tier);
    await withConnection(connection, async (client) => {
        await client.query("BEGIN; SET LOCAL ROLE tenants_manager");
        const { rows } = await client.query<{ id: string }>(
            `INSERT INTO app.tenants (name, subdomain, plan) VALUES ('Demo', 'demo', 'enterprise')
                ON CONFLICT ((subdomain || '')) DO NOTHING RETURNING id`,
        );
        if (rows[0]) {
            // Under the policies, as an application would do it.
            await client.query("SET LOCAL ROLE tenants_application");
            await client.query("SELECT set_config('app.tenant_id', $1, true)", [rows[0].id]);
            await client.query(
                `WITH one AS (INSERT INTO app.users (email) VALUES ('demo@demo.example') RETURNING id),
                    role AS (INSERT INTO app.roles (name, permissions) VALUES ('admin', '{*:*}') RETURNING id)
                SELECT one.id, role.id FROM one, role`,
            );
            await client.query(
                "INSERT INTO app.user_roles (user_id, role_id) SELECT users.id, roles.id FROM app.users, app.roles",
            );
        }
        await client.query("COMMIT");
    });
}

/** @throws Refusal where no demo tenant may be */
export function refuseDemoTenant(tier: string | undefined): void {
    if (tier === "dev" || tier === "staging") return;
    throw new Refusal(
        tier === undefined
            ? "--demo-tenant: there is no Pulumi.<stack>.yaml with a plinth:tier here, so this may be prod; give --tier dev or staging"
            : `--demo-tenant: the tier is ${tier}; a demo tenant is for dev and staging`,
    );
}
