import { isIP } from "node:net";
import type { DatabaseConnection } from "../database/connection";
import type { ClientCall } from "./client";

/** How psql is called: all that it needs is in its environment. */
export function psqlCall(
    { host, port, database, user, password = "", certificateHost }: DatabaseConnection,
    authoritiesFile: string | undefined,
    write: boolean,
    args: string[],
): ClientCall {
    // The certificate is for the host; where the address is another one, as that of a tunnel's near end, psql is told both.
    const named = certificateHost !== undefined && certificateHost !== host && isIP(host) !== 0;
    return {
        program: "psql",
        arguments: args,
        environment: {
            ...{ PGHOST: named ? certificateHost : host, ...(named && { PGHOSTADDR: host }), PGPORT: String(port) },
            ...{ PGDATABASE: database, PGUSER: user, PGPASSWORD: password, PGAPPNAME: "plinth-ops" },
            ...{ PGCONNECT_TIMEOUT: "10", PGSSLMODE: authoritiesFile === undefined ? "disable" : "verify-full" },
            ...(authoritiesFile !== undefined && { PGSSLROOTCERT: authoritiesFile }),
            PGOPTIONS: write ? "" : "-c default_transaction_read_only=on",
        },
    };
}
