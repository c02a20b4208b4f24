import { afterAll, describe, expect, it } from "vitest";
import { evaluate } from "../components/database/parameters/formula";
import { engineParameters, parametersOf } from "../components/database/parameters/parameters";
import { auroraSpec, databaseSpec } from "../components/testing/specs";
import { noPostgres, PostgresServer } from "../ops/testing/postgres";

/** The memory that the formulas are evaluated for: little enough for any machine that runs tests. */
const DBInstanceClassMemory = 1024 ** 3;
const MiB = 1024 ** 2;

const planned = parametersOf({ ...databaseSpec, maxConnections: 100 });
const known = engineParameters.postgres.parameters.filter(({ onlyRds }) => !onlyRds);
/** Aurora's table, of which the server knows all but what forces TLS. */
const knownOfAurora = engineParameters["aurora-postgresql"].parameters.filter(({ onlyRds }) => !onlyRds);

/** A parameter's value as the server takes it: what RDS would make of the formula. */
function givenValue(name: string, of = planned): string {
    const value = of.find((parameter) => parameter.name === name)?.value ?? "";
    return /[{(]/.test(value) ? String(evaluate(value, { DBInstanceClassMemory })) : value;
}

const server = new PostgresServer();
afterAll(() => server.stop());

describe.skipIf(noPostgres)(`the parameters of PostgreSQL${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    it("are taken by a real server, which reports each as it was given, in the unit that the table says", () => {
        server.start(known.map(({ name }) => `${name} = '${givenValue(name)}'`));

        const names = known.map(({ name }) => `'${name}'`).join(",");
        const settings = server.query(
            `select name, setting, coalesce(unit, '') from pg_settings where name in (${names})`,
        );
        const expected = known.map(({ name, unit = "" }) => [name, givenValue(name), unit]);
        expect(settings.sort()).toEqual(expected.sort());

        // The server takes Aurora's too, each in the unit that its table says.
        const ofAurora = parametersOf({ ...auroraSpec, maxConnections: 100 });
        const wanted = knownOfAurora.map(({ name, unit = "" }) => [name, givenValue(name, ofAurora), unit]);
        const got = wanted.map(([name]) => settings.find(([setting]) => setting === name));
        expect(got).toEqual(wanted);
        expect(engineParameters["aurora-postgresql"].parameters.length - knownOfAurora.length).toBe(1);

        // What the numbers mean, in the server's own words.
        const bytes = (name: string) =>
            Number(server.query(`select pg_size_bytes(current_setting('${name}'))`)[0]?.[0]);
        expect(bytes("shared_buffers")).toBe(256 * MiB);
        expect(bytes("effective_cache_size")).toBe(512 * MiB);
        expect(bytes("maintenance_work_mem")).toBe(64 * MiB);
        expect(
            server.query("create extension pg_stat_statements; select count(*) > 0 from pg_stat_statements"),
        ).toEqual([["t"]]);
    });
});
