import { listed, type Problem, problemAt } from "../validation";
import type { WorkloadSpec } from "./spec";

/** What there is to reach. */
export interface Available {
    database: boolean;
    cache: boolean;
    queues: readonly string[];
    /** The other services, with the ports that they serve. */
    services: readonly { name: string; port?: number }[];
}

/** What a service wants to reach and is not there; `where` stands in front of the names of fields. */
export function reachProblems(where: string, { reaches }: WorkloadSpec, available: Available): Problem[] {
    const stores = (["database", "cache"] as const).filter((store) => reaches[store] && !available[store]);
    const services = available.services.map(({ name }) => name);
    const without = available.services.filter(
        ({ name, port }) => reaches.services.includes(name) && port === undefined,
    );
    return [
        ...stores.map((store) =>
            problemAt(`${where}.reaches.${store}`, `the platform has no ${store}; give false, or a ${store}`),
        ),
        ...unknownNames(`${where}.reaches.queues.send`, reaches.queues.send, available.queues, "queue"),
        ...unknownNames(`${where}.reaches.queues.consume`, reaches.queues.consume, available.queues, "queue"),
        ...unknownNames(`${where}.reaches.services`, reaches.services, services, "other service"),
        ...without.map(({ name }) =>
            problemAt(`${where}.reaches.services`, `${name} serves no port; give it one, or leave it out`),
        ),
    ];
}

function unknownNames(at: string, wanted: readonly string[], known: readonly string[], what: string): Problem[] {
    const mend = known.length > 0 ? `give ${listed(known)}` : `there is none`;
    const unknown = wanted.filter((name) => !known.includes(name));
    const twice = wanted.filter((name, index) => known.includes(name) && wanted.indexOf(name) < index);
    return [
        ...unknown.map((name) => problemAt(at, `"${name}" is no ${what} of the platform; ${mend}`)),
        ...twice.map((name) => problemAt(at, `${name} is named twice; name it once`)),
    ];
}
