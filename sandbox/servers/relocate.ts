import type { Endpoint } from "./plan/plan";

/** Where each server of the stack is on this machine. */
export type Places = readonly { from: Endpoint; to: Endpoint }[];

/**
 * What a stack says of itself, with the servers on this machine in the place of its own: hosts, ports beside them, and the names that
 * AWS's API has for something here.
 */
export function relocated(value: unknown, places: Places, names: ReadonlyMap<string, string> = new Map()): unknown {
    if (typeof value === "string") return names.get(value) ?? withHosts(value, places);
    if (Array.isArray(value)) return value.map((item) => relocated(item, places, names));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
        entries.map(([name, item]) => [
            name,
            /port$/i.test(name) ? portBeside(item, entries, places) : relocated(item, places, names),
        ]),
    );
}

/** The same of a text, which may be JSON. */
export function relocatedText(text: string, places: Places): string {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return withHosts(text, places);
    }
    return typeof value === "object" ? JSON.stringify(relocated(value, places)) : withHosts(text, places);
}

/** The port of the server that is named beside it. */
function portBeside(port: unknown, beside: [string, unknown][], places: Places): unknown {
    const found = places.find(
        ({ from }) => String(from.port) === String(port) && beside.some(([, value]) => nameHost(value, from.host)),
    );
    if (!found) return port;
    return typeof port === "string" ? String(found.to.port) : found.to.port;
}

function nameHost(value: unknown, host: string): boolean {
    return typeof value === "string" && value.includes(host);
}

function withHosts(text: string, places: Places): string {
    return places.reduce(
        (so, { from, to }) =>
            so.replaceAll(`${from.host}:${from.port}`, `${to.host}:${to.port}`).replaceAll(from.host, to.host),
        text,
    );
}
