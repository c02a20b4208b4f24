import { allWell, findingsText } from "../finding";
import { exitCodes, OpsError } from "../ops-error";
import { type StackOptions, wholeOf } from "../options";
import { bytesText, printer, progress } from "../print";
import { type RestoredPart, restoreCommands } from "../restore/commands";
import { snapshot } from "../snapshot/commands";
import { cacheOutputs } from "../stack/cache-outputs";
import { type KeySample, sampleKeys } from "./big-keys";
import type { CacheCommands } from "./command-line";
import { type CacheNode, type CacheTargetOptions, isForbidden, resolveCache, withNodes } from "./connection";
import { cacheHealth } from "./health";
import { slowEntries } from "./slow-log";
import { cacheSource, withElastiCache } from "./snapshot-source";

type CacheOptions = StackOptions & CacheTargetOptions;

export interface CacheHealthOptions extends CacheOptions {
    interval: string;
}

export interface SlowLogOptions extends CacheOptions {
    count: string;
    arguments?: boolean;
}

export interface BigKeysOptions extends CacheOptions {
    sample: string;
    top: string;
}

/** The commands on the cache of a stack. `end` is given an exit code other than 0. */
export function cacheCommands(stack: string | undefined, end: (code: number) => void): CacheCommands {
    const withSource: RestoredPart["withSource"] = async (options, work) => {
        const { region, replicationGroupId } = cacheOutputs({ ...options, stack });
        await withElastiCache(region, async (client) => work(await cacheSource(client, replicationGroupId)));
    };
    /** Does something with the nodes; what the result leaves out is said. */
    const onNodes = async <Result>(
        options: CacheOptions,
        reader: boolean,
        work: (nodes: CacheNode[]) => Promise<Result>,
    ): Promise<{ result: Result; notes: string[] }> =>
        withNodes(await resolveCache({ ...options, stack }, reader), async (nodes, notes) => {
            for (const note of notes) progress(`warning: ${note}`);
            return { result: await work(nodes), notes };
        });
    return {
        async health(options) {
            const seconds = wholeOf("--interval", options.interval, 1, 3_600);
            const { result: findings, notes } = await onNodes(options, false, (nodes) => cacheHealth(nodes, seconds));
            printer(options)(findingsText(findings), { findings, notes });
            if (!allWell(findings)) end(exitCodes.unhealthy);
        },
        async slowLog(options) {
            const count = wholeOf("--count", options.count, 1, 1_000);
            const { result, notes } = await onNodes(options, false, (nodes) => permitted(() => slowEntries(nodes)));
            const entries = result.slice(0, count).map(({ arguments: given, ...entry }) => ({
                ...entry,
                ...(options.arguments ? { arguments: given } : {}),
            }));
            const lines = entries.map(
                ({ at, milliseconds, command, client, arguments: given }) =>
                    `${String(milliseconds).padStart(10)} ms  ${at}  ${printable(given?.join(" ") ?? command)}  (${client})`,
            );
            printer(options)(lines.join("\n") || "The slow log is empty.", { entries, notes });
        },
        async bigKeys(options) {
            const size = wholeOf("--sample", options.sample, 1, 10_000_000);
            const top = wholeOf("--top", options.top, 1, 1_000);
            const { result, notes } = await onNodes(options, true, (nodes) =>
                permitted(() => sampleKeys(nodes, size, top)),
            );
            printer(options)(sampleText(result), { ...result, notes });
        },
        snapshot: (options) => withSource(options, (source) => snapshot(stack, "cache", source, options)),
        restoring: restoreCommands({ part: "cache", stack, withSource }),
    };
}

async function permitted<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
        return await work();
    } catch (error) {
        if (!isForbidden(error)) throw error;
        const { message } = error as Error;
        throw new OpsError(`the cache's user may not: ${message}; CloudWatch Logs has the slow log`, { cause: error });
    }
}

function sampleText({ keys, sampled, sampledBytes, biggest, groups }: KeySample): string {
    if (sampled === 0) return "There are no keys.";
    const group = groups.map(
        ({ prefix, keys: count, bytes, neverExpire }) =>
            `${bytesText(bytes).padStart(10)}  ${String(Math.round((100 * bytes) / sampledBytes)).padStart(3)} %  ${printable(prefix)}: ${count} keys, of which ${neverExpire} never expire`,
    );
    const key = biggest.map(
        ({ key: name, type, bytes, expiresInSeconds }) =>
            `${bytesText(bytes).padStart(10)}  ${type.padEnd(6)} ${printable(name)}${expiresInSeconds === undefined ? ", never expires" : `, expires in ${expiresInSeconds} s`}`,
    );
    const share = sampled === keys ? "all" : `${sampled} of ${keys}`;
    return [`By what stands in front of the first colon (${share} keys):`, ...group, "", "The biggest:", ...key].join(
        "\n",
    );
}

/** Keys may hold anything, and a terminal does what control characters say. */
function printable(text: string): string {
    return text.replaceAll(/\p{Cc}/gu, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
