import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres, PostgresServer } from "../testing/postgres";
import { type DatabaseConnection, withConnection } from "./connection";
import { type LoginCredentials, makeUsers, scramVerifier } from "./users";

/** Every character that SQL or a driver might make something of. */
const hostile = `'"\\ $$ %s %I :x :'x' -- ; /*`;
const credentials: LoginCredentials = {
    application: { user: `application ${hostile}`, password: `A1${hostile}` },
    readOnly: { user: `read_only ${hostile}`, password: `R1${hostile}` },
};
const { application, readOnly } = credentials;

const server = new PostgresServer();
const master: DatabaseConnection = {
    ...{ host: server.directory, port: 5432, database: "app" },
    ...{ user: "platform_admin", password: "master's" },
};
afterAll(() => server.stop());

/** The rows of statements, as a user. */
function as({ user, password }: { user: string; password: string }, ...statements: string[]): Promise<unknown[]> {
    return withConnection({ ...master, user, password }, async (client) => {
        let rows: unknown[] = [];
        for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
        return rows;
    });
}

it("sends what PostgreSQL keeps of a password, and not the password", () => {
    // The example of https://www.rfc-editor.org/rfc/rfc7677#section-3, whose keys are in its signatures.
    const verifier = scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"), 4096);
    expect(verifier).toBe(
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
});

describe.skipIf(noPostgres)(`the users that log in${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(async () => {
        server.start(
            ["log_statement = all", "log_min_error_statement = debug1"],
            ["local all tester trust", "local all all scram-sha-256"],
        );
        // As on RDS: the master user makes roles and databases, and is no superuser.
        server.query("create role platform_admin login createrole createdb password 'master''s'");
        server.query("create database app owner platform_admin");
        await makeUsers(master, credentials);
    }, 60_000);

    it("are made as often as wanted, with any names and passwords, and can log in", async () => {
        await makeUsers(master, credentials);
        expect(await as(application, "select current_user::text as name")).toEqual([{ name: application.user }]);
        await expect(as({ ...application, password: "A2" }, "select 1")).rejects.toThrow("the password is wrong");
        expect(server.log()).not.toContain("A1'");
        expect(server.log()).toContain("SCRAM-SHA-256$4096:");
    });

    it("let one make what it needs, and the other read it, whenever it was made", async () => {
        await as(application, "create table early (id int)", "create schema shop", "create table shop.orders (id int)");
        await makeUsers(master, credentials);
        await as(application, "create table late (id int)", "insert into late values (7)");
        expect(await as(readOnly, "select * from early")).toEqual([]);
        expect(await as(readOnly, "select * from shop.orders")).toEqual([]);
        expect(await as(readOnly, "select * from late")).toEqual([{ id: 7 }]);
    });

    it.each([
        "insert into early values (2)",
        "delete from shop.orders",
        "create table mine (id int)",
        "create schema mine",
    ])("let the reader not %s", async (write) => {
        // The session's own setting alone would be no protection: anyone can change it.
        await expect(as(readOnly, "set default_transaction_read_only = off", write)).rejects.toThrow(
            "permission denied",
        );
    });

    it("take back what the reader was given besides", async () => {
        await as(application, `grant all on early to "${readOnly.user.replaceAll('"', '""')}"`);
        await makeUsers(master, credentials);
        await expect(
            as(readOnly, "set default_transaction_read_only = off", "insert into early values (2)"),
        ).rejects.toThrow("permission denied");
    });

    it("get the passwords that their secrets have now", async () => {
        const rotated = { ...credentials, readOnly: { ...readOnly, password: "R2" } };
        await makeUsers(master, rotated);
        expect(await as(rotated.readOnly, "select 1 as one")).toEqual([{ one: 1 }]);
        await expect(as(readOnly, "select 1")).rejects.toThrow("the password is wrong");
        await makeUsers(master, credentials);
    });

    it("are refused where one could do more than it should, and nothing is changed", async () => {
        server.query("create role powerful createdb");
        server.query(`grant powerful to "${readOnly.user.replaceAll('"', '""')}"`);
        const other = { ...credentials, readOnly: { ...readOnly, password: "R3" } };
        await expect(makeUsers(master, other)).rejects.toThrow("can act as powerful");
        expect(await as(readOnly, "select 1 as one")).toEqual([{ one: 1 }]);
        server.query("drop role powerful");
    });

    it.each<[string, LoginCredentials, string]>([
        ["with one name for two", { application, readOnly: { ...application } }, "need names of their own"],
        [
            "with the master's name",
            { application: { ...application, user: "platform_admin" }, readOnly },
            "need names of their own",
        ],
        [
            "without a password",
            { application, readOnly: { ...readOnly, password: "" } },
            "characters other than ASCII, or none",
        ],
        [
            "with a password that needs to be normalized",
            { application, readOnly: { ...readOnly, password: "é" } },
            "characters other than ASCII",
        ],
    ])("are refused %s", async (_, wrong, message) => {
        await expect(makeUsers(master, wrong)).rejects.toThrow(message);
    });
});
