import type { Finding, Severity } from "../finding";
import { pause } from "../interrupt";
import { bytesText } from "../print";
import { type CacheNode, isForbidden } from "./connection";
import { type Info, numberIn, readInfo, replicasIn } from "./info";
import { slowEntries } from "./slow-log";

/** A figure that is too high at two bounds. The bounds are this program's own, chosen to be early; none is AWS's. */
interface Bounds {
    warning: number;
    critical: number;
}

const memoryPercent: Bounds = { warning: 80, critical: 95 };
const connectionsPercent: Bounds = { warning: 70, critical: 90 };
const missPercent: Bounds = { warning: 20, critical: 50 };
const lagSeconds: Bounds = { warning: 10, critical: 60 };
/** Below it, a hit ratio says little. */
const fewestLookups = 100;
/** Below it, fragmentation is what the server itself needs. */
const fragmentationBytes = 100 * 1024 ** 2;
const fragmentationRatio = 1.5;
/** How far back slow commands matter. */
const slowSeconds = 3_600;

/** Two looks at a node, `seconds` apart. */
interface Looks {
    before: Info;
    now: Info;
    seconds: number;
}

/** Looks at the nodes of a living cache twice. It only reads. */
export async function cacheHealth(nodes: CacheNode[], seconds: number): Promise<Finding[]> {
    const before = await Promise.all(nodes.map(({ client }) => readInfo(client)));
    await pause(seconds * 1000);
    const findings = await Promise.all(
        nodes.map(async ({ name, client }, index) => {
            const looks = { before: before[index] ?? {}, now: await readInfo(client), seconds };
            const found = [...infoFindings(looks), ...(await slowFindings({ name, client }))];
            // Which node it is matters where there are several.
            return nodes.length === 1 ? found : found.map((one) => ({ ...one, finding: `${name}: ${one.finding}` }));
        }),
    );
    return findings.flat();
}

/** What two looks at a node show. */
export function infoFindings(looks: Looks): Finding[] {
    return [memory, evictions, hitRatio, fragmentation, connections, replication].flatMap((check) => check(looks));
}

function memory({ now }: Looks): Finding[] {
    const [used, most] = [numberIn(now, "used_memory"), numberIn(now, "maxmemory")];
    if (most === 0) return [judged("memory", "ok", `${bytesText(used)} are used, and nothing limits it`)];
    const policy = now.maxmemory_policy ?? "noeviction";
    const percent = (100 * used) / most;
    // A cache that may evict any key is full in the end, and well: evictions and the hit ratio say whether it is too small.
    const severity = policy.startsWith("allkeys") ? "ok" : severityOf(percent, memoryPercent);
    return [
        judged(
            "memory",
            severity,
            `${bytesText(used)} of ${bytesText(most)} are used (${Math.round(percent)} %, ${policy})`,
            "find what fills it (`cache big-keys`), let keys expire, or give the cache larger nodes or more shards",
        ),
    ];
}

function evictions({ before, now, seconds }: Looks): Finding[] {
    const total = numberIn(now, "evicted_keys");
    const recent = total - numberIn(before, "evicted_keys");
    return [
        judged(
            "evictions",
            recent > 0 ? "warning" : "ok",
            `${recent} keys were evicted in ${seconds} s, ${total} since the server started`,
            "the cache is too small for what is put into it: look at the hit ratio, and give it more memory",
        ),
    ];
}

function hitRatio({ before, now, seconds }: Looks): Finding[] {
    const counts = (info: Info) => [numberIn(info, "keyspace_hits"), numberIn(info, "keyspace_misses")] as const;
    const [[hits, misses], [hitsBefore, missesBefore]] = [counts(now), counts(before)];
    const recent = [hits - hitsBefore, misses - missesBefore] as const;
    const enough = recent[0] + recent[1] >= fewestLookups;
    const [found, missed] = enough ? recent : [hits, misses];
    const lookups = found + missed;
    const when = enough ? `in ${seconds} s` : "since the server started";
    if (lookups < fewestLookups) return [judged("hit ratio", "ok", `only ${lookups} lookups ${when}`)];
    const percent = (100 * missed) / lookups;
    return [
        judged(
            "hit ratio",
            severityOf(percent, missPercent),
            `${(100 - percent).toFixed(1)} % of ${lookups} lookups were found ${when}`,
            "look at evictions, at expiry times that are too short, and at what is asked for and never stored",
        ),
    ];
}

function fragmentation({ now }: Looks): Finding[] {
    const ratio = numberIn(now, "mem_fragmentation_ratio");
    const high = ratio > fragmentationRatio && numberIn(now, "used_memory") > fragmentationBytes;
    return [
        judged(
            "fragmentation",
            high ? "warning" : "ok",
            `the server holds ${ratio} times the memory that it uses`,
            "set activedefrag to yes in plinth:cache.parameters, or fail over to a replica at a quiet time",
        ),
    ];
}

function connections({ before, now, seconds }: Looks): Finding[] {
    const [used, most] = [numberIn(now, "connected_clients"), numberIn(now, "maxclients")];
    const rejected = numberIn(now, "rejected_connections") - numberIn(before, "rejected_connections");
    const severity = rejected > 0 ? "critical" : severityOf(most > 0 ? (100 * used) / most : 0, connectionsPercent);
    const refused = rejected > 0 ? `, and ${rejected} were refused in ${seconds} s` : "";
    const finding = `${used} of ${most} connections are used${refused}`;
    return [judged("connections", severity, finding, "look at the pools of the services")];
}

function replication({ now }: Looks): Finding[] {
    const remedy = "look at what the replica is doing; a full resynchronisation needs memory on the primary";
    if (now.role === "slave" && now.master_link_status !== "up")
        return [judged("replication", "critical", "this replica has lost its primary", remedy)];
    return replicasIn(now).map(({ name, state, lagSeconds: lag }) =>
        judged(
            "replication",
            state === "online" ? severityOf(lag, lagSeconds) : "critical",
            `the replica ${name} is ${state} and ${lag} s behind`,
            remedy,
        ),
    );
}

async function slowFindings({ name, client }: CacheNode): Promise<Finding[]> {
    try {
        const since = Date.now() - slowSeconds * 1000;
        const recent = (await slowEntries([{ name, client }])).filter(({ at }) => Date.parse(at) > since);
        const slowest = Math.max(0, ...recent.map(({ milliseconds }) => milliseconds));
        const finding = `${recent.length} commands of the last hour are in the slow log${recent.length ? `; the slowest took ${slowest} ms` : ""}`;
        return [
            judged("slow commands", recent.length ? "warning" : "ok", finding, "look at them with `cache slow-log`"),
        ];
    } catch (error) {
        if (!isForbidden(error)) throw error;
        return [judged("slow commands", "ok", "not looked at: the user may not; CloudWatch Logs has the slow log")];
    }
}

function severityOf(value: number, { warning, critical }: Bounds): Severity {
    return value > critical ? "critical" : value > warning ? "warning" : "ok";
}

function judged(check: string, severity: Severity, finding: string, remedy?: string): Finding {
    return { check, severity, finding, remedy: severity === "ok" ? undefined : remedy };
}
