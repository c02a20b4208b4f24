import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    CreateDBInstanceCommand,
    CreateDBSnapshotCommand,
    DescribeDBInstancesCommand,
    DescribeDBSnapshotsCommand,
    RDSClient,
} from "@aws-sdk/client-rds";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Evidence } from "../drill/evidence";
import { type CommandResult, runOps } from "./command";
import { MotoServer } from "./moto";
import { freePort } from "./port";
import { PostgresServer } from "./postgres";
import { RdsFront } from "./rds-front";

export const living = "plinth-prod-database";
export const restored = `${living}-drill`;
export const master = "platform_admin";
const region = "eu-west-1";
export const masterPassword = "no-secret-here";

/** What both servers have, before anything happens to one of them. */
const content = `
    CREATE ROLE ${master} LOGIN CREATEROLE PASSWORD '${masterPassword}';
    CREATE ROLE owner; CREATE ROLE application;
    CREATE DATABASE app;`;
const tables = `
    CREATE SCHEMA shop AUTHORIZATION owner; SET ROLE owner;
    CREATE TABLE shop.customers (tenant int, id int, created_at timestamptz DEFAULT now(), PRIMARY KEY (tenant, id));
    CREATE TABLE shop.orders (tenant int, id int, customer int, PRIMARY KEY (tenant, id),
        CONSTRAINT of_customer FOREIGN KEY (tenant, customer) REFERENCES shop.customers);
    ALTER TABLE shop.customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON shop.customers USING (tenant = 1);
    INSERT INTO shop.customers SELECT 1, n, '2026-11-26 03:00:00+00' FROM generate_series(1, 30) n;
    RESET ROLE; ALTER TABLE shop.customers NO FORCE ROW LEVEL SECURITY;
    INSERT INTO shop.customers SELECT 2, n, '2026-11-26 04:00:00+00' FROM generate_series(1, 20) n;
    ALTER TABLE shop.customers FORCE ROW LEVEL SECURITY;
    INSERT INTO shop.orders SELECT 1, n, n % 30 + 1 FROM generate_series(1, 2000) n;
    GRANT owner TO ${master}`;

/** A stack's database in RDS by moto, and two real servers: the living one, and what a restore of it leads to. */
export class DrillStage {
    readonly folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-drill-"));
    readonly livingServer = new PostgresServer();
    readonly restoredServer = new PostgresServer();
    private readonly moto = new MotoServer();
    private front?: RdsFront;
    private environment: Record<string, string> = {};
    private ports = { living: 0, restored: 0 };
    /** RDS as moto has it. */
    rds = new RDSClient({ region });

    async start(): Promise<void> {
        const motoEnvironment = await this.moto.start();
        this.front = new RdsFront(motoEnvironment.AWS_ENDPOINT_URL ?? "");
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        const client = { endpoint: motoEnvironment.AWS_ENDPOINT_URL, region, credentials };
        this.environment = { ...motoEnvironment, AWS_ENDPOINT_URL: await this.front.start() };
        this.listenForPasswords();
        this.ports = { living: await freePort(), restored: await freePort() };
        const login = [`host app ${master} 127.0.0.1/32 scram-sha-256`];
        const settings = ["fsync = off", "autovacuum = off"];
        for (const [server, port] of [
            [this.livingServer, this.ports.living],
            [this.restoredServer, this.ports.restored],
        ] as const) {
            server.start(settings, login, "127.0.0.1", port);
            server.query(content);
            server.query(tables, "app");
            // In a session of its own, which counts no rows twice.
            server.query("ANALYZE", "app");
        }
        this.rds = new RDSClient(client);
        await this.rds.send(
            new CreateDBInstanceCommand({
                ...{ DBInstanceIdentifier: living, Engine: "postgres", AllocatedStorage: 20, StorageEncrypted: true },
                ...{ DBInstanceClass: "db.m6g.large", MasterUsername: master, MasterUserPassword: masterPassword },
                ...{ KmsKeyId: "the-key", BackupRetentionPeriod: 7, DeletionProtection: true, DBName: "app" },
                Tags: [{ Key: "Stack", Value: "prod" }],
            }),
        );
        await this.rds.send(
            new CreateDBSnapshotCommand({ DBInstanceIdentifier: living, DBSnapshotIdentifier: "of-today" }),
        );
        const { ARN } = await new SecretsManagerClient(client).send(
            new CreateSecretCommand({
                Name: "master",
                SecretString: JSON.stringify({ username: master, password: masterPassword }),
            }),
        );
        const database = { primaryAddress: "127.0.0.1", port: this.ports.living, databaseName: "app", secretArn: ARN };
        const outputs = { region, database: { ...database, instanceId: living, engine: "postgres" } };
        writeFileSync(path.join(this.folder, "outputs.json"), JSON.stringify(outputs));
    }

    /** The calls of RDS that changed something, and what is to happen at each. */
    get calls(): RdsFront {
        if (!this.front) throw new Error("the stage is not started");
        return this.front;
    }

    /** As RDS sets the master user's password, so has the restored server. */
    listenForPasswords(more: RdsFront["on"] = () => true): void {
        this.calls.on = (call, moment) => {
            const password = call.parameters.get("MasterUserPassword");
            if (call.action === "ModifyDBInstance" && password && moment === "after")
                this.query("restored", `ALTER ROLE ${master} PASSWORD '${password}'`);
            return more(call, moment);
        };
    }

    get livingPort(): number {
        return this.ports.living;
    }

    query(server: "living" | "restored", sql: string): string[][] {
        return (server === "living" ? this.livingServer : this.restoredServer).query(sql, "app");
    }

    /** Runs `database drill`; the restored server is at the near end of a tunnel, as it were. */
    drill(args: string[] = [], started?: (process: ChildProcess) => void): Promise<CommandResult> {
        const at = ["--restored-host", "127.0.0.1", "--restored-port", String(this.ports.restored), "--plaintext"];
        const command = ["prod", "database", "drill", "--outputs", "outputs.json", ...at, ...args];
        return runOps(this.folder, this.environment, command, started);
    }

    async instances(): Promise<string[]> {
        const { DBInstances = [] } = await this.rds.send(new DescribeDBInstancesCommand({}));
        return DBInstances.map(({ DBInstanceIdentifier: id = "" }) => id).sort();
    }

    /** What is to be the same before and after whatever a drill does. */
    async livingState(): Promise<unknown> {
        const { DBInstances } = await this.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: living }));
        // It goes on by itself.
        for (const instance of DBInstances ?? []) delete instance.LatestRestorableTime;
        const { DBSnapshots = [] } = await this.rds.send(
            new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: living }),
        );
        const counts = this.query(
            "living",
            `SELECT (SELECT sum(xmin::text::bigint) FROM shop.customers), (SELECT count(*) FROM shop.orders),
                (SELECT string_agg(relname || relforcerowsecurity, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'shop'::regnamespace),
                (SELECT string_agg(rolpassword, ',' ORDER BY rolname) FROM pg_authid)`,
        );
        return JSON.stringify([DBInstances, DBSnapshots.map(({ DBSnapshotIdentifier: id }) => id).sort(), counts]);
    }

    /** The files of the drills. */
    files(): string[] {
        const folder = path.join(this.folder, ".ops", "drills");
        return existsSync(folder) ? readdirSync(folder).sort() : [];
    }

    /** The evidence of the newest drill. */
    evidence(): { json: Evidence; markdown: string; text: string } {
        const folder = path.join(this.folder, ".ops", "drills");
        const [file = ""] = this.files().filter((name) => /-[0-9a-f]{8}\.json$/.test(name));
        const text = readFileSync(path.join(folder, file), "utf8");
        return {
            json: JSON.parse(text),
            text,
            markdown: readFileSync(path.join(folder, file.replace(/json$/, "md")), "utf8"),
        };
    }

    /** As if no drill had ever been; what one made in RDS is another matter. */
    forget(): void {
        rmSync(path.join(this.folder, ".ops"), { recursive: true, force: true });
        this.calls.changes.length = 0;
        this.listenForPasswords();
    }

    stop(): void {
        this.front?.stop();
        this.moto.stop();
        this.livingServer.stop();
        this.restoredServer.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }
}
