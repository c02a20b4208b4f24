import { listed, type Rule, range } from "../../validation";
import { dialectOf, engines } from "../engines/engines";
import type { DatabaseSpec } from "../spec";
import type { DatabaseProxySpec } from "./spec";

const filters = ["EXCLUDE_VARIABLE_SETS"];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations */
const ownRules: Rule<DatabaseProxySpec>[] = [
    range("maxConnectionsPercent", { from: 1, to: 100, of: "RDS Proxy" }),
    range("maxIdleConnectionsPercent", { from: 0, to: 100, of: "RDS Proxy" }),
    {
        at: "maxIdleConnectionsPercent",
        when: ({ maxConnectionsPercent: most, maxIdleConnectionsPercent: idle }) => idle > most && idle <= 100,
        say: ({ maxConnectionsPercent: most, maxIdleConnectionsPercent: idle }) =>
            `${idle} is more than the ${most} that may be open; give ${most} or less, or more maxConnectionsPercent`,
    },
    range("connectionBorrowTimeoutSeconds", { from: 0, to: 300, of: "RDS Proxy" }),
    range("idleClientTimeoutSeconds", { from: 1, to: 28_800, of: "RDS Proxy" }),
    {
        at: "sessionPinningFilters",
        when: ({ sessionPinningFilters }) => sessionPinningFilters.some((filter) => !filters.includes(filter)),
        say: ({ sessionPinningFilters }) =>
            `${JSON.stringify(sessionPinningFilters)} has a filter that RDS Proxy does not know; give ${listed(filters)}, or none`,
    },
    {
        at: "initQuery",
        when: ({ initQuery }) => initQuery !== undefined && initQuery.trim() === "",
        say: () => "is empty; leave it out for none",
    },
];

/** The rules on a proxy, and on the database that it stands before. */
export const proxyRules: Rule<DatabaseSpec>[] = [
    ...ownRules.map(ofProxy),
    {
        at: "proxy.sessionPinningFilters",
        when: ({ engine, proxy }) =>
            proxy !== undefined && proxy.sessionPinningFilters.length > 0 && dialectOf(engine) === "postgres",
        say: ({ engine }) => `is not for ${engines[engine].label}, which RDS Proxy has no filters for; leave it out`,
    },
    {
        at: "proxy.initQuery",
        when: ({ engine, proxy }) =>
            dialectOf(engine) === "mysql" &&
            /sql_auto_is_null\s*:?=(?!\s*(0|off|false)\b)/i.test(proxy?.initQuery ?? ""),
        say: () => "turns on sql_auto_is_null, with which a proxy may give wrong results; take it out",
    },
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
        at: "proxy",
        when: ({ proxy, serverlessCapacity }) => proxy !== undefined && serverlessCapacity?.minimumAcu === 0,
        say: () =>
            "keeps connections open, so that servers never stop as serverlessCapacity.minimumAcu: 0 wants; give 0.5 or more, or leave proxy out",
    },
    {
        at: "proxy",
        when: ({ engine, proxy, parameters, clusterParameters }) =>
            proxy !== undefined &&
            dialectOf(engine) === "mysql" &&
            [parameters.read_only, clusterParameters?.read_only].some((value) => /^(1|on)$/i.test(value ?? "")),
        say: () => "can't stand before a database with the parameter read_only; leave one of the two out",
    },
];

function ofProxy(rule: Rule<DatabaseProxySpec>): Rule<DatabaseSpec> {
    return {
        at: `proxy.${rule.at}`,
        when: ({ proxy }) => proxy !== undefined && rule.when(proxy),
        say: ({ proxy }) => (proxy ? rule.say(proxy) : ""),
    };
}
