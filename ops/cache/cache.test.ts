import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificates, noOpenssl } from "../testing/certificates";
import { runOps } from "../testing/command";
import { FakeSecretsManager } from "../testing/fake-secrets-manager";
import { noRedis, RedisServers } from "../testing/redis";

const why = noRedis || noOpenssl;
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-cache-"));
const token = randomBytes(16).toString("hex");
const userPassword = randomBytes(16).toString("hex");
// Every machine knows it, and it is in the certificate, as the host of a shard is in ElastiCache's.
const host = "localhost";
const redis = new RedisServers(host, token);
const secrets = new FakeSecretsManager({
    token: JSON.stringify({ engine: "redis", authToken: token }),
    user: JSON.stringify({ engine: "redis", username: "application", password: userPassword }),
    wrong: JSON.stringify({ authToken: "wrong-token" }),
    empty: "{}",
});
let environment: Record<string, string>;
let port: number;

afterAll(() => {
    redis.stop();
    secrets.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(why)(`npm run ops -- <stack> cache${why && `, skipped: ${why}`}`, () => {
    beforeAll(async () => {
        environment = await secrets.start();
        port = await redis.start(
            "maxmemory 50mb",
            "maxmemory-policy volatile-lru",
            "slowlog-log-slower-than 20000",
            "enable-debug-command local",
            `user application on >${userPassword} ~* &* +@all -@admin -@dangerous +info`,
        );
        for (const secret of ["token", "user", "wrong", "empty", "unknown"]) writeOutputs(secret, port, secret);
        writeFileSync(path.join(folder, "other.pem"), makeCertificates(host).authority);
    });

    it("finds a living cache well", async () => {
        const { code, stdout } = await ops("health", "--interval", "1", "--json");
        const { findings } = JSON.parse(stdout) as { findings: { check: string; severity: string }[] };
        expect(findings.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
            ...["memory ok", "evictions ok", "hit ratio ok", "fragmentation ok", "connections ok", "slow commands ok"],
        ]);
        expect(code).toBe(0);
    });

    it("says what is not well: few hits, a full memory, slow commands", async () => {
        redis.feed(
            port,
            [...Array(150).keys()].map((n) => `GET missing:${n}`),
        );
        redis.ask(port, "DEBUG", "SLEEP", "0.05");
        redis.ask(port, "DEBUG", "POPULATE", "40", "full", "1000000");
        const { code, stdout } = await ops("health", "--interval", "1");
        expect(code).toBe(4);
        expect(stdout).toMatch(/critical hit ratio: 0\.0 % of 150 lookups were found since the server started\n/);
        expect(stdout).toMatch(
            /warning {2}memory: .* MiB of 50 MiB are used \(\d\d %, volatile-lru\)\n {9}find what fills it/,
        );
        expect(stdout).toMatch(
            /warning {2}slow commands: \d+ commands of the last hour are in the slow log; the slowest took \d\d/,
        );
        redis.ask(port, "FLUSHALL");
    });

    it("sees evictions while it watches", async () => {
        const large = (count: number) =>
            [...Array(count).keys()].map((n) => `SET evicted:${n} ${"x".repeat(1_000_000)} EX 600`);
        redis.feed(port, large(60)); // more than there is room for
        let isWatching = true;
        const watching = ops("health", "--interval", "3").finally(() => {
            isWatching = false;
        });
        // Until it has looked twice, whenever that is.
        while (isWatching) {
            redis.feed(
                port,
                large(5).map((command, n) => command.replace("evicted", `evicted-${Date.now()}-${n}`)),
            );
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect((await watching).stdout).toMatch(/warning {2}evictions: \d+ keys were evicted in 3 s/);
        redis.ask(port, "FLUSHALL");
    });

    it("shows slow commands without what they were given, unless it is asked for", async () => {
        redis.ask(port, "SLOWLOG", "RESET");
        redis.ask(
            port,
            "EVAL",
            "redis.call('SET', KEYS[1], ARGV[1]) local t = 0 for i = 1, 2e7 do t = t + i end",
            "1",
            "user:1",
            "private",
        );
        const plain = await ops("slow-log");
        expect(plain.stdout).toMatch(/^ *\d+(\.\d+)? ms {2}\d{4}-\S+ {2}EVAL /i);
        expect(plain.stdout).not.toContain("private");
        expect((await ops("slow-log", "--json")).stdout).not.toContain("private");
        expect((await ops("slow-log", "--arguments")).stdout).toContain("user:1 private");
        redis.ask(port, "FLUSHALL");
    });

    it("finds the big keys and what takes the memory, by SCAN and never by KEYS", async () => {
        redis.feed(port, [
            ...[...Array(3_000).keys()].map((n) => `SET session:${n} ${"s".repeat(100)} EX 600`),
            ...[...Array(50).keys()].map((n) => `SET report:${n} ${"r".repeat(10_000)}`),
            ...[...Array(500).keys()].map((n) => `RPUSH queue item-${n}`),
            `SET "odd\\x1b[31m" ${"o".repeat(50_000)}`,
        ]);
        redis.ask(port, "CONFIG", "RESETSTAT");
        const { stdout, code } = await ops("big-keys", "--top", "3", "--json");
        expect(code).toBe(0);
        const sample = JSON.parse(stdout);
        expect(sample).toMatchObject({ keys: 3_052, sampled: 3_052, notes: [] });
        expect(sample.groups.slice(0, 2)).toEqual([
            { prefix: "report", keys: 50, bytes: expect.any(Number), neverExpire: 50 },
            { prefix: "session", keys: 3_000, bytes: expect.any(Number), neverExpire: 0 },
        ]);
        expect(sample.biggest[0]).toMatchObject({ key: "odd\u001b[31m", type: "string" });
        expect(sample.biggest[0].bytes).toBeGreaterThan(50_000);
        const stats = redis.ask(port, "INFO", "commandstats");
        expect(stats).toContain("cmdstat_scan:");
        expect(stats).not.toContain("cmdstat_keys:");
        // A terminal is not told to do anything.
        expect((await ops("big-keys")).stdout).toContain("odd\\x1b[31m");
    });

    it("looks at no more keys than it is told to", async () => {
        expect(JSON.parse((await ops("big-keys", "--sample", "500", "--json")).stdout)).toMatchObject({
            keys: 3_052,
            sampled: 500,
        });
    });

    it("works as a user of a user group too, and says what that may not", async () => {
        const { code, stdout } = await ops("health", "--interval", "1", "--outputs", "user.json");
        expect(stdout).toContain("slow commands: not looked at: the user may not");
        expect(code).toBe(0);
        expect((await ops("big-keys", "--outputs", "user.json")).code).toBe(0);
        expect(await ops("slow-log", "--outputs", "user.json")).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("CloudWatch Logs has the slow log"),
        });
    });

    describe("in cluster mode", () => {
        let ports: number[];
        beforeAll(async () => {
            const settings = [
                ...["cluster-enabled yes", "tls-cluster yes", "tls-replication yes"],
                ...["cluster-preferred-endpoint-type hostname", `cluster-announce-hostname ${host}`],
            ];
            // A node's bus is 10,000 above its port.
            ports = [];
            while (ports.length < 3) {
                const next = await redis.start(...settings, `cluster-port ${20_000 + ports.length}`);
                ports.push(next);
            }
            const [first = 0, second = 0, third = 0] = ports;
            redis.ask(first, "CLUSTER", "ADDSLOTSRANGE", "0", "5460");
            redis.ask(second, "CLUSTER", "ADDSLOTSRANGE", "5461", "10922");
            redis.ask(third, "CLUSTER", "ADDSLOTSRANGE", "10923", "16383");
            [second, third].forEach((one, index) => {
                redis.ask(first, "CLUSTER", "MEET", "127.0.0.1", String(one), String(20_001 + index));
            });
            for (let wait = 0; wait < 100; wait++) {
                if (ports.every((one) => redis.ask(one, "CLUSTER", "INFO").includes("cluster_state:ok"))) break;
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            for (const [index, one] of ports.entries()) {
                const tag = ["b", "c", "a"][index];
                redis.feed(
                    one,
                    [...Array(10).keys()].map((n) => `SET {${tag}}:${n} value`),
                );
            }
            writeOutputs("cluster", first, "token", host);
        });

        it("looks at every shard", async () => {
            const { stdout } = await ops("health", "--interval", "1", "--outputs", "cluster.json", "no-host");
            for (const one of ports) expect(stdout).toContain(`connections: ${host}:${one}: `);
            const all = JSON.parse(
                (await ops("big-keys", "--outputs", "cluster.json", "--top", "40", "--json", "no-host")).stdout,
            );
            const there = ports.map((one) => Number(redis.ask(one, "DBSIZE")));
            expect(all.keys).toBe(there.reduce((sum, one) => sum + one));
            expect(new Set(all.biggest.map(({ node }: { node: string }) => node)).size).toBe(
                there.filter((one) => one > 0).length,
            );
        });

        it("says so where a tunnel leads to one of them", async () => {
            const { stdout, stderr } = await ops("health", "--interval", "1", "--outputs", "cluster.json");
            expect(stderr).toContain("only the node behind 127.0.0.1");
            expect(stdout).not.toContain(`${ports[1]}`);
        });
    });

    it.each([
        ["a wrong token", ["--outputs", "wrong.json"], 1, "the password is wrong"],
        ["a secret that is not there", ["--outputs", "unknown.json"], 1, "ResourceNotFoundException"],
        ["a secret of another shape", ["--outputs", "empty.json"], 1, "has neither an authToken nor"],
        ["a host that does not answer", ["--port", "1"], 1, "nothing listens there"],
        ["a name that nobody knows", ["--host", "nowhere.invalid"], 1, "the token at nowhere.invalid"],
        ["a certificate of another authority", ["--authorities", "other.pem"], 1, "signed by none of the authorities"],
        ["authorities that are not there", ["--authorities", "none.pem"], 1, "there is no file none.pem"],
        ["no TLS where the server wants it", ["--plaintext", "no-authorities"], 1, "cannot connect with the token"],
        [
            "no TLS on another machine",
            ["--host", "192.0.2.1", "--plaintext", "no-authorities"],
            3,
            "this machine alone",
        ],
        ["an interval that is none", ["--interval", "0"], 1, "--interval: 0 is not allowed"],
    ])("says so of %s, without the token", async (_, options, code, message) => {
        const result = await ops("health", ...options);
        expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
        for (const secret of [token, userPassword, "wrong-token"])
            expect(`${result.stdout}${result.stderr}`).not.toContain(secret);
    });

    it("keeps the token out of the list of processes", async () => {
        let seen = "";
        await ops("health", "--interval", "2", (child) => {
            setTimeout(() => {
                const file = path.join("/proc", String(child.pid));
                seen = readdirSync("/proc").includes(String(child.pid))
                    ? ["cmdline", "environ"].map((name) => readFileSync(path.join(file, name), "utf8")).join("\n")
                    : execFileSync("ps", ["-E", "-p", String(child.pid)], { encoding: "utf8" });
            }, 1_200);
        });
        expect(seen).toContain("health");
        expect(seen).not.toContain(token);
    });
});

type Started = NonNullable<Parameters<typeof runOps>[3]>;

/** Runs a command on the cache, at the near end of a tunnel unless the arguments say otherwise. */
function ops(...given: (string | Started)[]) {
    const started = given.find((one) => typeof one === "function");
    const args = given.filter((one) => typeof one === "string" && !one.startsWith("no-")) as string[];
    const standard = { outputs: "token.json", host: "127.0.0.1", authorities: redis.authorityFile };
    for (const [name, value] of Object.entries(standard))
        if (!args.includes(`--${name}`) && !given.includes(`no-${name}`)) args.push(`--${name}`, value);
    return runOps(folder, environment, ["dev", "cache", ...args], started);
}

function writeOutputs(name: string, at: number, secretArn: string, configurationEndpoint?: string): void {
    const endpoints = { primaryEndpoint: host, readerEndpoint: host, configurationEndpoint };
    const cache = { ...endpoints, port: at, secretArn, replicationGroupId: "plinth-dev-cache" };
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ region: "eu-west-1", cache }));
}
