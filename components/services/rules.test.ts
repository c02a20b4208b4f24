import { describe, expect, it } from "vitest";
import type { IngressSpec } from "../ingress";
import { workloadSpec } from "../testing/workloads";
import type { WorkloadSpec } from "../workload";
import { servicesProblems } from "./rules";

const { reaches } = workloadSpec;
const ingress: IngressSpec = {
    host: "shop.example.com",
    hostedZoneId: "Z0123456789ABCDEFGHIJ",
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    inboundCidrs: ["0.0.0.0/0"],
    idleTimeoutSeconds: 60,
};

describe("services together are refused for", () => {
    const has = { database: false, cache: true, queues: ["orders"], publicSubnets: true };
    const problems = (services: Record<string, Partial<WorkloadSpec>>, way?: IngressSpec) => {
        const whole = Object.entries(services).map(([name, change]) => [name, { ...workloadSpec, ...change }]);
        return servicesProblems("w", { services: Object.fromEntries(whole), ingress: way }, has).map(
            ({ text }) => text,
        );
    };

    it("reaching for what is not there", () => {
        const queues = { send: ["order"], consume: ["orders", "orders"] };
        expect(
            problems({
                web: { reaches: { ...reaches, database: true, queues, services: ["web", "worker"] } },
                worker: { port: undefined },
            }),
        ).toEqual([
            "w.services.web.reaches.database: the platform has no database; give false, or a database",
            'w.services.web.reaches.queues.send: "order" is no queue of the platform; give orders',
            "w.services.web.reaches.queues.consume: orders is named twice; name it once",
            'w.services.web.reaches.services: "web" is no other service of the platform; give worker',
            "w.services.web.reaches.services: worker serves no port; give it one, or leave it out",
        ]);
    });

    it("names that can't be, one path for two, and a way in that leads nowhere", () => {
        expect(problems({ Web: {}, nodes: {} }, ingress)).toEqual([
            'w.services.Web: "Web" is not a service\'s name; give up to 50 lower-case letters, digits and hyphens, a letter first',
            'w.services.nodes: "nodes" is the name of another part of the platform; give another',
            "w.ingress: leads nowhere; give a service an ingressPath, or leave the ingress out",
        ]);
        expect(problems({ a: { ingressPath: "/" }, b: { ingressPath: "/" } }, ingress)).toEqual([
            "w.services.b.ingressPath: / is a's; give another",
        ]);
    });
});
