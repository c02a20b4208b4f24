import { ingressProblems } from "../ingress/rules";
import { type Problem, problemAt } from "../validation";
import { type Available, reachProblems } from "../workload/reach-rules";
import { workloadName, workloadProblems } from "../workload/rules";
import type { WorkloadSpec } from "../workload/spec";
import type { ServicesSpec } from "./spec";

/** What a platform has for its services to reach, besides each other. */
export type PlatformParts = Omit<Available, "services"> & {
    /** Whether variables of services are kept secret. @default false */
    secretValues?: boolean;
    /** Whether there are public subnets for a load balancer. */
    publicSubnets: boolean;
};

/** Names that something else in the cluster or among its clients has. */
const taken = ["nodes", "client-group"];

/** All that is wrong with the services of a platform; `where` stands in front of the names of fields. */
export function servicesProblems(
    where: string,
    { services, ingress }: Omit<ServicesSpec, "logs">,
    has: PlatformParts,
): Problem[] {
    const all = Object.entries(services).map(([name, { port }]) => ({ name, port }));
    return [
        ...Object.entries(services).flatMap(([name, spec]) => {
            const at = `${where}.services.${name}`;
            const others = all.filter((service) => service.name !== name);
            return [
                ...nameProblems(at, name),
                ...workloadProblems(at, spec, has.secretValues),
                ...reachProblems(at, spec, { ...has, services: others }),
            ];
        }),
        ...sharedPathProblems(where, services),
        ...(ingress ? ingressProblems(`${where}.ingress`, ingress) : []),
        ...(ingress ? exposureProblems(`${where}.ingress`, services, has) : []),
    ];
}

function nameProblems(at: string, name: string): Problem[] {
    if (taken.includes(name))
        return [problemAt(at, `"${name}" is the name of another part of the platform; give another`)];
    if (workloadName.test(name)) return [];
    return [
        problemAt(
            at,
            `"${name}" is not a service's name; give up to 50 lower-case letters, digits and hyphens, a letter first`,
        ),
    ];
}

function sharedPathProblems(where: string, services: Record<string, WorkloadSpec>): Problem[] {
    const first = new Map<string, string>();
    return Object.entries(services).flatMap(([name, { ingressPath }]) => {
        if (ingressPath === undefined) return [];
        const holder = first.get(ingressPath);
        if (holder === undefined) {
            first.set(ingressPath, name);
            return [];
        }
        return [problemAt(`${where}.services.${name}.ingressPath`, `${ingressPath} is ${holder}'s; give another`)];
    });
}

function exposureProblems(at: string, services: Record<string, WorkloadSpec>, has: PlatformParts): Problem[] {
    const exposed = Object.values(services).some(({ ingressPath }) => ingressPath !== undefined);
    return [
        ...(exposed ? [] : [problemAt(at, "leads nowhere; give a service an ingressPath, or leave the ingress out")]),
        ...(has.publicSubnets
            ? []
            : [
                  problemAt(
                      at,
                      "needs public subnets for its load balancer; give plinth:network.existing.publicSubnetIds",
                  ),
              ]),
    ];
}
