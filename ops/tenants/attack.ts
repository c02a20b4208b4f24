import type { Client, DatabaseError } from "pg";
import { possessionsAnew, type TenantServer, victim } from "../testing/tenant-database";

/** Hostile SQL, which an application was made to run. */
export interface Attack {
    name: string;
    statements: string[];
}

/** Whatever the attacker got to see: rows, notices, errors. */
export interface Outcome {
    seen: string[];
    /** The codes of errors, in the order of the statements; empty for a statement that worked. */
    codes: string[];
}

/** Runs statements in a transaction, each by itself so that one which fails does not stop the rest. */
export async function run(client: Client, context: string | undefined, statements: string[]): Promise<Outcome> {
    const seen: string[] = [];
    const codes: string[] = [];
    const hear = ({ message = "", detail = "" }: { message?: string; detail?: string }) =>
        seen.push(`${message} ${detail}`);
    client.on("notice", hear);
    await client.query("BEGIN");
    if (context !== undefined) await client.query("SELECT set_config('app.tenant_id', $1, true)", [context]);
    for (const statement of statements) {
        try {
            const results = [await client.query(`SAVEPOINT before; ${statement}`)].flat().slice(1);
            for (const { rows } of results) seen.push(JSON.stringify(rows));
            codes.push("");
        } catch (error) {
            const { message, detail = "", where = "", hint = "", code = "" } = error as DatabaseError;
            seen.push([message, detail, where, hint].join(" "));
            codes.push(code);
            await client.query("ROLLBACK TO SAVEPOINT before").catch(() => {});
        }
    }
    await client.query("COMMIT");
    client.off("notice", hear);
    return { seen, codes };
}

/** Attacks a database as one of its users. */
export class Attacker {
    private constructor(
        private readonly client: Client,
        /** Sees everything, for no policy holds for it. */
        private readonly superuser: Client,
    ) {}

    static async as(user: string, server: TenantServer, database = server.database): Promise<Attacker> {
        return new Attacker(await server.connect(user, database), await server.connect("tester", database));
    }

    /** What of the victim's was seen or changed. Afterwards, both tenants have what they had. */
    async attempt(context: string | undefined, statements: string[]): Promise<{ found: string[]; outcome: Outcome }> {
        const before = await this.possessions();
        const outcome = await run(this.client, context, statements);
        await this.client.query("DISCARD ALL");
        const after = await this.possessions();
        if (after.all !== before.all) await this.superuser.query(possessionsAnew);
        const found = outcome.seen.filter((text) => /victim/i.test(text));
        return {
            found: after.victims === before.victims ? found : [...found, "the victim's rows were changed"],
            outcome,
        };
    }

    async close(): Promise<void> {
        await Promise.all([this.client.end(), this.superuser.end()]);
    }

    private async possessions(): Promise<{ all: string; victims: string }> {
        const { rows } = await this.superuser.query<{ all: string; victims: string }>(
            `WITH rows AS (
                SELECT id AS tenant, to_jsonb(t)::text AS row FROM app.tenants t
                UNION ALL SELECT tenant_id, to_jsonb(u)::text FROM app.users u
                UNION ALL SELECT tenant_id, to_jsonb(r)::text FROM app.roles r
                UNION ALL SELECT tenant_id, to_jsonb(ur)::text FROM app.user_roles ur
            )
            SELECT string_agg(row, ' ' ORDER BY row) AS all, string_agg(row, ' ' ORDER BY row) FILTER (WHERE tenant = $1) AS victims
            FROM rows`,
            [victim],
        );
        return rows[0] ?? { all: "", victims: "" };
    }
}
