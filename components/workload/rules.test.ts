import { describe, expect, it } from "vitest";
import { workloadSpec } from "../testing/workloads";
import { workloadProblems } from "./rules";
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
        [{ runAsUser: 0 }, "s.runAsUser: 0 is under Kubernetes's 1; give 1 to 2147483647"],
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
        [{ scaling: { ...scaling, cpuPercent: 101 } }, "s.scaling.cpuPercent: 101 is over Plinth's 100; give 1 to 100"],
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
            "s.environment: SMTP_PASSWORD looks like a secret and would be in plain text; give it under secrets",
        ],
        [
            { environment: { UPSTREAM: "https://app:hunter2@api.example.com" } },
            "s.environment: UPSTREAM looks like a secret and would be in plain text; give it under secrets",
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
