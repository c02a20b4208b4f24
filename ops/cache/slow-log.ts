import type { CacheNode } from "./connection";

/** A command that took long. */
export interface SlowEntry {
    node: string;
    at: string;
    milliseconds: number;
    /** The command and its first argument, mostly a key: the others may be anybody's data. */
    command: string;
    /** All that it was given, as far as the server keeps it. */
    arguments: string[];
    client: string;
}

/** As many as a server keeps by default. */
const entriesOfNode = 128;

type RawEntry = [id: number, seconds: number, microseconds: number, args: string[], client?: string];

/** The commands in the slow logs of nodes, the slowest first. */
export async function slowEntries(nodes: CacheNode[]): Promise<SlowEntry[]> {
    const entries = await Promise.all(
        nodes.map(async ({ name, client }) => {
            const raw = (await client.slowlog("GET", entriesOfNode)) as RawEntry[];
            return raw.map(([, seconds, microseconds, args, from = ""]) => ({
                node: name,
                at: new Date(seconds * 1000).toISOString(),
                milliseconds: microseconds / 1000,
                command: args.slice(0, 2).join(" "),
                arguments: args,
                client: from,
            }));
        }),
    );
    return entries.flat().sort((a, b) => b.milliseconds - a.milliseconds);
}
