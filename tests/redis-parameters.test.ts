import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { planCache } from "../components/cache/plan";
import { cacheSpec } from "../components/testing/specs";

/** Parameters that only ElastiCache knows, so that no server of one's own takes them. */
const onlyElastiCache: Record<string, { value: string; see: string }> = {
    "reserved-memory-percent": {
        value: "25",
        see: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html",
    },
    // A server of one's own has them in one, client-output-buffer-limit.
    "client-output-buffer-limit-pubsub-hard-limit": {
        value: "33554432",
        see: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
    },
    "close-on-replica-write": {
        value: "yes",
        see: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
    },
};

/** What a stack may well add: of each kind of value one. */
const own = {
    "slowlog-log-slower-than": "5000",
    "slowlog-max-len": "256",
    "maxmemory-samples": "10",
    "lazyfree-lazy-eviction": "yes",
    "tcp-keepalive": "60",
    "hash-max-listpack-entries": "256",
};

const why = ["redis-server", "redis-cli"].some((program) => spawnSync(program, ["--version"]).error)
    ? "no redis-server is installed"
    : "";

const directory = () => mkdtempSync(path.join(tmpdir(), "plinth-redis-"));
const running: { server: ChildProcess; folder: string }[] = [];
afterEach(() => {
    for (const { server, folder } of running.splice(0)) {
        server.kill("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
    }
});

/** The parameters of the cache that a server of one's own knows, too. */
function parametersOf(shards: number): [string, string][] {
    const parameters = { ...own, ...Object.fromEntries(Object.entries(onlyElastiCache).map(([k, v]) => [k, v.value])) };
    return planCache("cache", { ...cacheSpec, shards, parameters }, 3)
        .parameters.filter(({ name }) => !(name in onlyElastiCache))
        .map(({ name, value }) => [name, value]);
}

/** Starts a server with these parameters, on a port of the loopback that is free. */
async function serverWith(parameters: [string, string][]): Promise<number> {
    const folder = directory();
    const file = path.join(folder, "redis.conf");
    for (let attempt = 0; attempt < 10; attempt++) {
        const port = 20_000 + Math.floor(Math.random() * 20_000); // and 10,000 above it where there are shards
        const settings = [
            ["bind", "127.0.0.1"],
            ["port", String(port)],
            ["dir", folder],
            ["save", '""'],
            ...parameters,
        ];
        const log = path.join(folder, "log");
        writeFileSync(file, [...settings, ["logfile", log]].map(([name, value]) => `${name} ${value}\n`).join(""));
        const server = spawn("redis-server", [file], { stdio: "ignore" });
        running.push({ server, folder });
        for (let wait = 0; wait < 100 && server.exitCode === null; wait++) {
            if (ask(port, "ping")[0] === "PONG") return port;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        const said = readFileSync(log, "utf8");
        if (!said.includes("in use")) throw new Error(`redis-server did not start:\n${said}`);
    }
    throw new Error("no port of the loopback is free");
}

function ask(port: number, ...command: string[]): string[] {
    const { stdout } = spawnSync("redis-cli", ["-h", "127.0.0.1", "-p", String(port), ...command], {
        encoding: "utf8",
    });
    return stdout.trimEnd().split("\n");
}

describe.skipIf(why)(`the parameters of Redis${why && `, skipped: ${why}`}`, () => {
    it.each([
        ["without cluster mode", 0],
        ["in cluster mode", 3],
    ])("are taken by a real server, which reports each as it was given: %s", async (_, shards) => {
        const given = parametersOf(shards);
        const port = await serverWith(given);
        const reported = given.map(([name]) => ask(port, "config", "get", name));
        expect(reported.map(inOneOrder)).toEqual(given.map(inOneOrder));
        expect(ask(port, "info", "cluster").join("\n")).toContain(`cluster_enabled:${shards > 0 ? 1 : 0}`);
    });

    it("are refused by it where only ElastiCache knows them, as the table says", async () => {
        const port = await serverWith([]);
        for (const name of Object.keys(onlyElastiCache)) expect(ask(port, "config", "get", name)).toEqual([""]);
    });
});

/** The server says the classes of events in an order of its own. */
function inOneOrder([name = "", value = ""]: string[]): string[] {
    if (name === "notify-keyspace-events") return [name, [...value].sort().join("")];
    return [name, value];
}
