import type { Redis } from "ioredis";

/** What INFO says, by name. */
export type Info = Record<string, string>;

export async function readInfo(client: Redis): Promise<Info> {
    const text = await client.info();
    return Object.fromEntries(
        text
            .split(/\r?\n/)
            .filter((line) => line.includes(":") && !line.startsWith("#"))
            .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
    );
}

export function numberIn(info: Info, name: string): number {
    return Number(info[name] ?? 0);
}

/** The replicas that a primary knows. */
export function replicasIn(info: Info): { name: string; state: string; lagSeconds: number }[] {
    return Object.entries(info)
        .filter(([name]) => /^slave\d+$/.test(name))
        .map(([, text]) => {
            const { ip, port, state = "", lag } = Object.fromEntries(text.split(",").map((pair) => pair.split("=")));
            return { name: `${ip}:${port}`, state, lagSeconds: Number(lag ?? 0) };
        });
}
