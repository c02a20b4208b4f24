import type { Client } from "pg";
import type { LoginUsers } from "../database/initialize";
import { packageFile } from "../files";

/** Something that lets a tenant see or change what another has, or would if one more thing went wrong. */
export interface IsolationFinding {
    /** What it is about: `table app.users`. */
    where: string;
    finding: string;
}

/** Looks through the catalog for every table with a column tenant_id, also those that later migrations made. */
export async function checkIsolation(
    client: Client,
    { application, readOnly }: LoginUsers,
): Promise<IsolationFinding[]> {
    const findings: IsolationFinding[] = [];
    // As with no other search path, names in definitions are then printed with their schema.
    await client.query("SET search_path = pg_catalog");
    for (const file of ["tables", "keys", "privileges", "definitions"]) {
        const { rows } = await client.query<IsolationFinding>(packageFile(`tenants/checks/${file}.sql`), [
            [application, readOnly],
            readOnly,
        ]);
        findings.push(...rows);
    }
    return findings;
}
