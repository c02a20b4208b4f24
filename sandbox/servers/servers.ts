import { fillAws, type ServedAws, serveAws } from "./aws";
import type { ServeContext, Served } from "./context";
import { missingServer, type ServerKind } from "./installation";
import { serveMysql } from "./mysql";
import type { CachePlan, DatabasePlan, ServedPlan } from "./plan/plan";
import { servePostgres } from "./postgres";
import { serveRedis } from "./redis";
import type { Places } from "./relocate";

/** What can be served without the rest. */
export const servedParts = ["database", "cache", "aws"] as const;
export type ServedPart = (typeof servedParts)[number];

const serveDatabase = { postgres: servePostgres, mysql: serveMysql };

/** The servers of a stack on this machine. */
export interface Servers {
    served: Served[];
    places: Places;
    aws?: ServedAws;
}

/** What of a plan is wanted. Secrets and queues are AWS's. */
export function partOfPlan(plan: ServedPlan, parts: readonly ServedPart[]): ServedPlan {
    const wanted = (part: ServedPart) => parts.length === 0 || parts.includes(part);
    return {
        ...plan,
        databases: wanted("database") ? plan.databases : [],
        caches: wanted("cache") ? plan.caches : [],
        queues: wanted("aws") ? plan.queues : [],
        secrets: wanted("aws") ? plan.secrets : [],
    };
}

/** Which servers are missing on this machine, and how to get each. */
export function missingServers(plan: ServedPlan): string[] {
    const databases: Record<DatabasePlan["engine"], ServerKind> = { postgres: "PostgreSQL", mysql: "MySQL" };
    const caches: Record<CachePlan["engine"], ServerKind> = { redis: "Redis", valkey: "Valkey" };
    const kinds = new Set<ServerKind>([
        ...plan.databases.map(({ engine }) => databases[engine]),
        ...plan.caches.map(({ engine }) => caches[engine]),
        ...(needsAws(plan) ? (["moto"] as const) : []),
        ...(plan.databases.length + plan.caches.length > 0 ? (["openssl"] as const) : []),
    ]);
    return [...kinds].flatMap((kind) => missingServer(kind) ?? []);
}

/** Starts all of them. */
export async function startServers(plan: ServedPlan, context: ServeContext): Promise<Servers> {
    const served: Served[] = [];
    for (const database of plan.databases) served.push(await serveDatabase[database.engine](database, context));
    for (const cache of plan.caches) served.push(await serveRedis(cache, context));
    const places = served.flatMap(({ endpoints, at }) => endpoints.map((from) => ({ from, to: at })));
    if (!needsAws(plan)) return { served, places };
    return { served, places, aws: await fillAws(await serveAws(plan, context), plan, places) };
}

function needsAws({ queues, secrets }: ServedPlan): boolean {
    return queues.length + secrets.length > 0;
}
