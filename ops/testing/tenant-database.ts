import { Client } from "pg";
import type { DatabaseConnection } from "../database/connection";
import { initializeDatabase } from "../database/initialize";
import { migrate } from "../database/migrate";
import { migrationsFolder } from "../files";
import { PostgresServer } from "./postgres";

/** Two tenants. Every text that belongs to the victim has the word `victim` in it. */
export const attacker = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
export const victim = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
export const attackerUser = "aaaaaaaa-0000-4000-8000-000000000001";
export const victimUser = "bbbbbbbb-0000-4000-8000-000000000001";
export const victimAssistant = "bbbbbbbb-0000-4000-8000-000000000003";
export const victimRole = "bbbbbbbb-0000-4000-8000-000000000002";

/** As on RDS: the master user makes roles and databases, and is no superuser. */
export const master = "platform_admin";

/** The users as the Job make-roles leaves them, which is more than tenants allow. */
const loginUsers = (database: string) => `
    GRANT ALL ON DATABASE ${database} TO application;
    GRANT CONNECT ON DATABASE ${database} TO read_only`;

/** What both have, from anew. */
export const possessionsAnew = `
    DELETE FROM app.tenants;
    INSERT INTO app.tenants (id, name, subdomain, settings) VALUES
        ('${attacker}', 'Attacker', 'attacker', '{}'), ('${victim}', 'victim & sons', 'victim', '{"plan": "victim plan"}');
    INSERT INTO app.users (tenant_id, id, email, external_id, metadata) VALUES
        ('${attacker}', '${attackerUser}', 'own@attacker.example', 'own-1', '{}'),
        ('${victim}', '${victimUser}', 'ceo@victim.example', 'victim-1', '{"salary": "victim 100000"}');
    INSERT INTO app.users (tenant_id, id, email) VALUES ('${victim}', '${victimAssistant}', 'assistant@victim.example');
    INSERT INTO app.users (tenant_id, email) SELECT '${victim}', 'user' || n || '@victim.example' FROM generate_series(1, 60) AS n;
    INSERT INTO app.roles (tenant_id, id, name, description, permissions) VALUES
        ('${attacker}', 'aaaaaaaa-0000-4000-8000-000000000002', 'admin', 'own', '{orders:read}'),
        ('${victim}', '${victimRole}', 'victim admin', 'victim description', '{victim:read,victim:write}');
    INSERT INTO app.user_roles (tenant_id, user_id, role_id, metadata) VALUES
        ('${attacker}', '${attackerUser}', 'aaaaaaaa-0000-4000-8000-000000000002', '{}'),
        ('${victim}', '${victimUser}', '${victimRole}', '{"why": "victim reason"}');`;

/** A server with a database of two tenants, made by the migrations, and copies of it to spoil. */
export class TenantServer {
    readonly server = new PostgresServer();

    /** The database that the others are copies of. */
    readonly database = "tenants";

    async start(): Promise<void> {
        this.server.start(["autovacuum = off", "fsync = off", "max_connections = 60"]);
        this.server.query(
            `CREATE ROLE ${master} LOGIN CREATEROLE CREATEDB; CREATE ROLE application LOGIN; CREATE ROLE read_only LOGIN`,
        );
        this.server.query(`CREATE DATABASE ${this.database} OWNER ${master}`);
        this.server.query(loginUsers(this.database), this.database);
        this.server.query("GRANT USAGE, CREATE ON SCHEMA public TO application", this.database);
        await initializeDatabase(this.connection(master), { application: "application", readOnly: "read_only" });
        const target = { connection: this.connection(master), folder: migrationsFolder, role: "tenants_owner" };
        await migrate(target, "up", { lockTimeoutSeconds: 5, waitSeconds: 0 });
        // As a careless migration might leave it: whoever can make it see a row, has it.
        this.server.query(
            `CREATE FUNCTION public.whisper(secret text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
                AS $$ BEGIN RAISE NOTICE 'whispered: %', secret; RETURN true; END $$;
            ${possessionsAnew} ANALYZE`,
            this.database,
        );
    }

    /** A copy of the database. */
    copy(name: string): string {
        this.server.query(`CREATE DATABASE ${name} TEMPLATE ${this.database}; ${databaseGrants(name)}`);
        return name;
    }

    connection(user: string, database = this.database): DatabaseConnection {
        return { host: this.server.directory, port: 5432, database, user };
    }

    /** An open connection, to be closed by who asked for it. */
    async connect(user: string, database = this.database): Promise<Client> {
        const client = new Client(this.connection(user, database));
        await client.connect();
        return client;
    }

    stop(): void {
        this.server.stop();
    }
}

/** A copy has no grants on itself: these are a database's own. */
function databaseGrants(name: string): string {
    return `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO application, read_only, ${master}`;
}
