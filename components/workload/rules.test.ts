import { describe, expect, it } from "vitest";
import { workloadSpec } from "../testing/workloads";
import { ingressProblems } from "./ingress-rules";
import type { IngressSpec } from "./ingress-spec";
import { workloadProblems } from "./rules";
import { servicesProblems } from "./services-spec";
import type { WorkloadSpec } from "./spec";

const { reaches, replicas, resources, probes, scaling } = workloadSpec;
const digest = `sha256:${"0".repeat(64)}`;
const textsOf = (change: Partial<WorkloadSpec>) =>
    workloadProblems("s", { ...workloadSpec, ...change }).map(({ text }) => text);

describe("a service is refused for", () => {
    it.each<[Partial<WorkloadSpec>, string]>([
        [{ image: "backend" }, "s.image: backend has no tag, so it means latest; give a fixed tag or a digest"],
        [
            { image: "registry.example.com:5000/backend" },
            "s.image: registry.example.com:5000/backend has no tag, so it means latest; give a fixed tag or a digest",
        ],
        [
            { image: "backend:latest" },
            "s.image: backend:latest is another image every time it is pushed; give a fixed tag or a digest",
        ],
        [
            { image: "Not an image" },
            's.image: "Not an image" is not the name of an image; give one like registry.example.com/backend:1.4.2',
        ],
        [{ port: 80 }, "s.port: 80 is no port that a process without privileges serves; give 1024 to 65535"],
        [{ runAsUser: 0 }, "s.runAsUser: 0 is out of range; give 1 to 2147483647"],
        [
            { drainSeconds: 60 },
            "s.terminationGraceSeconds: 60 leaves no time to end after 60 seconds of draining; give more than drainSeconds",
        ],
        [{ ingressPath: "api" }, 's.ingressPath: "api" is not a path; give one like /api'],
        [
            { ingressPath: "/api", port: undefined },
            "s.ingressPath: /api leads to a service that serves no port; give port, or leave the path out",
        ],
        [
            { replicas: { ...replicas, minimum: 0 } },
            "s.replicas.minimum: 0 is not a number of pods to stay up; give 1 or more, or 0 with scaling.queueDepth",
        ],
        [{ replicas: { minimum: 3, maximum: 2 } }, "s.replicas.maximum: 2 is under the minimum of 3; give 3 or more"],
        [{ scaling: { ...scaling, cpuPercent: 101 } }, "s.scaling.cpuPercent: 101 is out of range; give 1 to 100"],
        [
            { scaling: { ...scaling, queueDepth: { queue: "orders", messagesPerReplica: 5 } } },
            's.scaling.queueDepth.queue: "orders" is not in reaches.queues.consume; put it there',
        ],
        [
            { resources: { ...resources, cpuLimit: "200m" } },
            "s.resources.cpuLimit: 200m is under the request of 250m; give 250m or more",
        ],
        [
            { resources: { ...resources, memoryRequest: "256MB" } },
            's.resources.memoryRequest: "256MB" is not an amount of memory; give one like 256Mi',
        ],
        [
            { environment: { SMTP_PASSWORD: "hunter2" } },
            "s.environment: SMTP_PASSWORD is named as a secret is, and would stand in plain text; give it under secrets",
        ],
        [
            { secrets: { DATABASE_URL: { secret: "platform-database", key: "" } } },
            "s.secrets.DATABASE_URL: names no key; give the Kubernetes secret and its key",
        ],
        [
            { secretFiles: { "/tmp": "platform-database" } },
            's.secretFiles: "/tmp" is no directory for secrets; give one like /run/secrets/database',
        ],
        [{ probes: { ...probes, path: "health" } }, 's.probes.path: "health" is not a path; give one like /health'],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toEqual([text]);
    });

    it.each<Partial<WorkloadSpec>>([
        { image: `backend@${digest}` },
        { image: `backend:latest@${digest}` },
        { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/backend:2026-11-21.1" },
        { port: undefined, drainSeconds: 60 },
        {
            replicas: { minimum: 0, maximum: 5 },
            reaches: { ...reaches, queues: { send: [], consume: ["orders"] } },
            scaling: { ...scaling, queueDepth: { queue: "orders", messagesPerReplica: 5 } },
        },
        { resources: { cpuRequest: "0.5", cpuLimit: "500m", memoryRequest: "1Gi", memoryLimit: "1024Mi" } },
    ])("but not for %j", (change) => {
        expect(textsOf(change)).toEqual([]);
    });

    it("never repeats a value that was taken for a secret", () => {
        expect(textsOf({ environment: { API_TOKEN: "hunter2" } }).join()).not.toContain("hunter2");
    });
});

const ingress: IngressSpec = {
    host: "shop.example.com",
    hostedZoneId: "Z0123456789ABCDEFGHIJ",
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    inboundCidrs: ["0.0.0.0/0"],
    idleTimeoutSeconds: 60,
};
const waf = {
    ruleGroups: ["AWSManagedRulesCommonRuleSet"],
    requestsPerFiveMinutes: 2000,
    logRetentionDays: 30,
    keyDeletionWindowDays: 7,
};

describe("a way in is refused for", () => {
    it.each<[Partial<IngressSpec>, string]>([
        [{ host: "shop" }, 'i.host: "shop" is not a host name; give one like shop.example.com'],
        [
            { hostedZoneId: undefined },
            "i.certificateArn: is missing, and so is hostedZoneId; give a certificate, or the zone to make it in",
        ],
        [
            { hostedZoneId: "example.com" },
            'i.hostedZoneId: "example.com" is not the id of a hosted zone; give one like Z0123456789ABCDEFGHIJ',
        ],
        [
            { tlsPolicy: "ELBSecurityPolicy-2016-08" },
            'i.tlsPolicy: "ELBSecurityPolicy-2016-08" takes TLS below 1.2, or is none; give one like ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        ],
        [{ inboundCidrs: [] }, "i.inboundCidrs: lets no one in; give 0.0.0.0/0, or leave the ingress out"],
        [
            { inboundCidrs: ["10.0.0.0"] },
            'i.inboundCidrs: "10.0.0.0" is not a block of IPv4 addresses; give one like 203.0.113.0/24',
        ],
        [
            { waf: { ...waf, ruleGroups: ["CommonRuleSet"] } },
            'i.waf.ruleGroups: "CommonRuleSet" is none of AWS\'s rule groups; give one like AWSManagedRulesCommonRuleSet',
        ],
        [
            { waf: { ...waf, requestsPerFiveMinutes: 9 } },
            "i.waf.requestsPerFiveMinutes: 9 is out of range; give 10 to 2000000000",
        ],
    ])("%j", (change, text) => {
        expect(ingressProblems("i", { ...ingress, ...change }).map((problem) => problem.text)).toEqual([text]);
    });

    it("but not for one that names a certificate", () => {
        const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
        expect(ingressProblems("i", { ...ingress, hostedZoneId: undefined, certificateArn, waf })).toEqual([]);
    });
});

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
