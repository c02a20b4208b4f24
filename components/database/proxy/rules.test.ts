import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auroraSpec, databaseProxySpec, databaseSpec } from "../../testing/specs";
import { databaseProblems } from "../plan";
import type { DatabaseSpec } from "../spec";
import { databasePorts, planProxy, readsPastProxy } from "./plan";
import type { DatabaseProxySpec } from "./spec";

const mysql: Partial<DatabaseSpec> = { engine: "mysql", engineVersion: "8.4", port: 3306, masterUsername: "owner" };
const serverless = (minimumAcu: number): DatabaseSpec => ({
    ...auroraSpec,
    instanceClass: "db.serverless",
    maxConnections: 90,
    serverlessCapacity: { minimumAcu, maximumAcu: 8 },
});
const problems = (spec: DatabaseSpec, proxy: Partial<DatabaseProxySpec> = {}) =>
    databaseProblems("d", { ...spec, proxy: { ...databaseProxySpec, ...proxy } }).map(({ text }) => text);

describe("what is refused of a proxy", () => {
    it.each<[Partial<DatabaseProxySpec>, Partial<DatabaseSpec>, string]>([
        [{ maxConnectionsPercent: 0, maxIdleConnectionsPercent: 0 }, {}, "is under RDS Proxy's 1; give 1 to 100"],
        [{ maxConnectionsPercent: 101 }, {}, "d.proxy.maxConnectionsPercent: 101 is over RDS Proxy's 100"],
        [{ maxIdleConnectionsPercent: -1 }, {}, "d.proxy.maxIdleConnectionsPercent: -1 is under RDS Proxy's 0"],
        [{ maxIdleConnectionsPercent: 101 }, {}, "d.proxy.maxIdleConnectionsPercent: 101 is over RDS Proxy's 100"],
        [
            { maxIdleConnectionsPercent: 51 },
            {},
            "d.proxy.maxIdleConnectionsPercent: 51 is more than the 50 that may be open; give 50 or less, or more maxConnectionsPercent",
        ],
        [{ connectionBorrowTimeoutSeconds: 301 }, {}, "connectionBorrowTimeoutSeconds: 301 is over RDS Proxy's 300"],
        [{ connectionBorrowTimeoutSeconds: -1 }, {}, "connectionBorrowTimeoutSeconds: -1 is under RDS Proxy's 0"],
        [{ idleClientTimeoutSeconds: 0 }, {}, "idleClientTimeoutSeconds: 0 is under RDS Proxy's 1"],
        [{ idleClientTimeoutSeconds: 28_801 }, {}, "idleClientTimeoutSeconds: 28801 is over RDS Proxy's 28800"],
        [
            { sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"] },
            {},
            "d.proxy.sessionPinningFilters: is not for PostgreSQL, which RDS Proxy has no filters for; leave it out",
        ],
        [
            { sessionPinningFilters: ["EXCLUDE_EVERYTHING" as "EXCLUDE_VARIABLE_SETS"] },
            mysql,
            'd.proxy.sessionPinningFilters: ["EXCLUDE_EVERYTHING"] has a filter that RDS Proxy does not know; give EXCLUDE_VARIABLE_SETS, or none',
        ],
        [{ initQuery: " " }, {}, "d.proxy.initQuery: is empty; leave it out for none"],
        [
            { initQuery: "SET time_zone = '+00:00', sql_auto_is_null = 1" },
            mysql,
            "d.proxy.initQuery: turns on sql_auto_is_null",
        ],
        [{}, { ...mysql, parameters: { read_only: "1" } }, "d.proxy: can't stand before a database with the parameter"],
        [{}, { masterUsername: "rdsproxyadmin" }, '"rdsproxyadmin" is reserved by RDS or PostgreSQL; give another'],
    ])("%j before %j", (proxy, database, expected) => {
        expect(problems({ ...databaseSpec, ...database }, proxy)).toEqual([expect.stringContaining(expected)]);
    });

    it("what can never happen: servers that stop by themselves", () => {
        expect(problems(serverless(0))).toEqual([
            "d.proxy: keeps connections open, so that servers never stop as serverlessCapacity.minimumAcu: 0 wants; give 0.5 or more, or leave proxy out",
        ]);
        expect(databaseProblems("d", serverless(0))).toEqual([]);
        expect(problems(serverless(2))).toEqual([]);
    });

    it.each<[Partial<DatabaseProxySpec>, Partial<DatabaseSpec>]>([
        [{ sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"], initQuery: "SET sql_auto_is_null = 0" }, mysql],
        [{ connectionBorrowTimeoutSeconds: 0, maxIdleConnectionsPercent: 0 }, {}],
        [{}, { port: 6000 }],
        [{}, { masterPassword: "managed", readReplicas: 0 }],
        [{}, { blueGreenUpdates: true, readReplicas: 0 }],
    ])("but not %j before %j", (proxy, database) => {
        expect(problems({ ...databaseSpec, ...database }, proxy)).toEqual([]);
    });
});

describe("the plan", () => {
    it.each<[Partial<DatabaseSpec>, object]>([
        [{}, { port: 5432, engineFamily: "POSTGRESQL", passwordAuthentication: "POSTGRES_SCRAM_SHA_256" }],
        [mysql, { port: 3306, engineFamily: "MYSQL", passwordAuthentication: "MYSQL_CACHING_SHA2_PASSWORD" }],
        [{ port: 6000 }, { port: 5432, readers: false }],
    ])("of %j", (database, expected) => {
        expect(planProxy({ ...databaseSpec, ...database, proxy: databaseProxySpec })).toMatchObject(expected);
    });

    it("is none without a proxy", () => {
        expect(planProxy(databaseSpec)).toBeUndefined();
        expect([databasePorts(databaseSpec), readsPastProxy(databaseSpec)]).toEqual([[5432], false]);
    });

    it("leads every reader through the proxy or past it, and opens the ports of both", () => {
        const engines = fc.constantFrom(databaseSpec, { ...databaseSpec, ...mysql }, auroraSpec);
        fc.assert(
            fc.property(engines, fc.nat(3), fc.integer({ min: 1150, max: 65_535 }), (engine, readReplicas, port) => {
                const spec = { ...engine, readReplicas, port, proxy: databaseProxySpec };
                const plan = planProxy(spec);
                expect([plan?.readers, readsPastProxy(spec)].filter(Boolean)).toHaveLength(readReplicas > 0 ? 1 : 0);
                expect(new Set(databasePorts(spec))).toEqual(new Set([port, plan?.port]));
            }),
        );
    });

    it("never opens more than it may, nor asks RDS for what the stack did not say", () => {
        const pool = planProxy({ ...databaseSpec, proxy: databaseProxySpec })?.pool;
        expect(pool).toEqual({
            maxConnectionsPercent: 50,
            maxIdleConnectionsPercent: 25,
            connectionBorrowTimeout: 120,
        });
        const filters = { sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS" as const], initQuery: "SET x = 1" };
        expect(planProxy({ ...databaseSpec, proxy: { ...databaseProxySpec, ...filters } })?.pool).toMatchObject(
            filters,
        );
    });
});
