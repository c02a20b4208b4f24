import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import * as path from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Account } from "../account/account";
import { RUN_VARIABLE } from "../providers/environment";
import { askAws } from "../servers/aws-json";
import { postgresFolder, programPath } from "../servers/installation";
import type { Layout } from "./layout";
import { processesWith } from "./process-table";
import { type Run, serverFolder } from "./run";
import { plannedServing, runServed, type ServedStack, withServers } from "./serve";
import { emptyProject, hosts, missing, onlyRun, passwords, project, secretArn, stackOutputs } from "./testing/account";

const layouts: Layout[] = [];
afterAll(() => {
    for (const { root } of layouts) rmSync(root, { recursive: true, force: true });
});

describe.skipIf(missing)(`a stack that is served${missing && `, skipped: ${missing}`}`, () => {
    const layout = project();
    layouts.push(layout);
    let served: ServedStack;
    let run: Run;
    let environment: Record<string, string>;
    let end: () => void = () => {};
    let ended: Promise<number>;

    beforeAll(async () => {
        await new Promise<void>((resolve, reject) => {
            ended = withServers(
                layout,
                { stack: "dev", plan: plannedServing(layout, "dev", []), outputs: stackOutputs },
                async (what) => {
                    served = what;
                    resolve();
                    await new Promise<void>((stop) => {
                        end = stop;
                    });
                    return 0;
                },
            );
            ended.catch(reject);
        });
        run = onlyRun(layout);
        environment = parseEnv(readFileSync(served.environmentFile, "utf8")) as Record<string, string>;
    }, 120_000);
    afterAll(async () => {
        end();
        await ended;
    }, 60_000);

    const outputs = () => JSON.parse(readFileSync(environment.PLINTH_OUTPUTS ?? "", "utf8"));
    const secret = async (name: string) => {
        const input = { SecretId: served.servers.aws?.names.get(secretArn(name)) };
        const { AWS_ENDPOINT_URL: url = "" } = environment;
        const found = await askAws(url, stackOutputs.region, "secretsmanager", "GetSecretValue", input);
        return JSON.parse(String(found.SecretString));
    };
    const psql = (url: string, sql: string) =>
        spawnSync(path.join(postgresFolder() ?? "", "psql"), [url, "-XAtc", sql], { encoding: "utf8" });
    const master = (more = "") => {
        const { DATABASE_PORT: port, PLINTH_AUTHORITIES: authorities } = environment;
        const password = encodeURIComponent(passwords.master);
        return `postgresql://platform_admin:${password}@localhost:${port}/app?sslrootcert=${authorities}&${more}`;
    };

    it("has PostgreSQL with its users, over TLS alone", () => {
        expect(
            psql(
                environment.DATABASE_URL ?? "",
                "select current_user, ssl from pg_stat_ssl where pid = pg_backend_pid()",
            ).stdout,
        ).toBe("application|t\n");
        const rights = "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user";
        expect(psql(master("sslmode=verify-full"), rights).stdout).toBe("f|t|t\n");
        expect(psql(master("sslmode=disable"), rights).stderr).toContain("no pg_hba.conf entry");
        const wrong = master("sslmode=require").replace(encodeURIComponent(passwords.master), "wrong");
        expect(psql(wrong, "select 1").stderr).toContain("password authentication failed");
    });

    it("has the parameters that the server takes, and says what became of the others", () => {
        const show = (name: string) => psql(master("sslmode=require"), `show ${name}`).stdout.trim();
        expect([show("work_mem"), show("rds.force_ssl"), show("shared_preload_libraries")]).toEqual([
            ...["8MB", "1", "pg_stat_statements"],
        ]);
        const [database] = served.servers.served;
        expect(database?.differences.join("\n")).toMatch(
            /shared_buffers, max_connections[\s\S]*without the libraries rdsutils[\s\S]*without rds_only/,
        );
        // Though it logs every statement, it has logged no password.
        const log = readFileSync(path.join(serverFolder(run), "shop-dev-database", "server.log"), "utf8");
        expect(log).toContain("show work_mem");
        for (const password of Object.values(passwords)) expect(log).not.toContain(password);
    });

    it("has MySQL, or MariaDB in its place, with its users and parameters, over TLS alone", () => {
        const at = served.servers.served.find(({ name }) => name === "shop-dev-orders")?.at;
        const mysql = (password: string, tls: string[], sql: string) =>
            spawnSync(
                programPath("mariadb") ?? programPath("mysql") ?? "",
                [
                    "--no-defaults",
                    "-h",
                    "127.0.0.1",
                    "-P",
                    String(at?.port),
                    "-u",
                    "platform_admin",
                    "-N",
                    ...tls,
                    "-e",
                    sql,
                ],
                { encoding: "utf8", env: { ...process.env, MYSQL_PWD: password } },
            );
        const tls = [`--ssl-ca=${environment.PLINTH_AUTHORITIES}`];
        const query = "select current_user(), @@long_query_time, @@require_secure_transport; show databases like 'app'";
        expect(mysql(passwords.master, tls, query).stdout).toBe("platform_admin@%\t3.000000\t1\napp\n");
        expect(mysql(passwords.master, ["--skip-ssl"], query).stderr).toMatch(/require_secure_transport|Access denied/);
        expect(mysql("wrong", tls, query).stderr).toContain("Access denied");
        expect(mysql(passwords.master, tls, "set global max_connections = 1").stderr).toContain("Access denied");
    });

    it("has a cache with its shards, its user and what ElastiCache forbids", () => {
        const redis = (user: string, ...command: string[]) =>
            execFileSync(
                programPath("redis-cli") ?? "",
                [
                    ...["-h", "localhost", "-p", environment.REDIS_PORT ?? "", "-c", "--tls"],
                    ...["--cacert", environment.PLINTH_AUTHORITIES ?? ""],
                    "--user",
                    user,
                    ...command,
                ],
                { encoding: "utf8", env: { ...process.env, REDISCLI_AUTH: passwords.cache } },
            );
        expect(redis("application", "cluster", "info")).toMatch(/cluster_state:ok[\s\S]*cluster_size:2/);
        // Keys of both shards.
        for (const key of ["a", "b", "c", "d"]) expect(redis("application", "set", key, "1")).toBe("OK\n");
        expect(redis("application", "config", "get", "maxmemory-policy")).toContain("NOPERM");
        expect(redis("default", "get", "a")).toMatch(/WRONGPASS|NOAUTH/);
        const cache = served.servers.served.find(({ name }) => name === "shop-dev-cache");
        expect(cache?.differences.join()).toContain("without reserved-memory-percent");
        const configurations = readdirSync(serverFolder(run)).filter((folder) => folder.startsWith("shop-dev-cache-"));
        expect(configurations).toHaveLength(3);
        for (const folder of configurations) {
            const text = readFileSync(path.join(serverFolder(run), folder, "redis.conf"), "utf8");
            expect(text).not.toContain(passwords.cache);
            // The one without cluster mode was asked which parameters it takes.
            expect(text.includes("maxmemory-policy allkeys-lru")).toBe(text.includes("cluster-enabled yes"));
        }
    });

    it("has its queues with their attributes, and its secrets, which name the servers here", async () => {
        const [orders] = Object.values(outputs().queues) as { queueUrl: string; queueArn: string }[];
        const { Attributes } = (await askAws(
            environment.AWS_ENDPOINT_URL ?? "",
            "eu-west-1",
            "sqs",
            "GetQueueAttributes",
            {
                ...{ QueueUrl: orders?.queueUrl, AttributeNames: ["All"] },
            },
        )) as { Attributes: Record<string, string> };
        expect(Attributes.VisibilityTimeout).toBe("300");
        expect(Attributes.QueueArn).toBe(orders?.queueArn);
        expect(JSON.parse(Attributes.RedrivePolicy ?? "")).toMatchObject({ maxReceiveCount: 3 });
        expect(environment.SQS_QUEUE_URL_ORDERS).toBe(orders?.queueUrl);
        const { DATABASE_PORT: port } = environment;
        expect(await secret("shop-dev-database-master")).toEqual({
            ...{ engine: "postgres", host: "localhost", port: Number(port), dbname: "app" },
            ...{ username: "platform_admin", password: passwords.master },
        });
        expect((await secret("shop-dev-cache")).url).toBe(`rediss://localhost:${environment.REDIS_PORT}`);
    });

    it("has outputs that name the servers here, and a file with its environment that nobody else reads", () => {
        const { database, cache, elsewhere } = outputs();
        const port = Number(environment.DATABASE_PORT);
        expect(database).toEqual({ primaryAddress: "localhost", primaryEndpoint: `localhost:${port}`, port });
        expect(cache.configurationEndpoint).toBe("localhost");
        expect(cache.secretArn).toBe(served.servers.aws?.names.get(secretArn("shop-dev-cache")));
        expect(elsewhere).toEqual(stackOutputs.elsewhere);
        expect(statSync(served.environmentFile).mode & 0o777).toBe(0o600);
        // A shell reads it as Node.js does.
        const read = execFileSync("sh", ["-c", `. "${served.environmentFile}"; printf %s "$DATABASE_PASSWORD"`]);
        expect(read.toString()).toBe(passwords.application);
        expect(JSON.stringify(outputs())).not.toContain(hosts.replica);
    });

    it("hands its environment to a command, without the credentials of another account", async () => {
        process.env.AWS_PROFILE = "mine";
        const signal = new AbortController().signal;
        const check = 'test "$AWS_PROFILE" = "" && test "$REDIS_HOST" = localhost && exit 7';
        expect(await runServed(["sh", "-c", check], served.environment, signal)).toBe(7);
        delete process.env.AWS_PROFILE;
        await expect(runServed(["no-such-program"], {}, signal)).rejects.toThrow("no-such-program cannot be run");
    });

    it("is served once at a time", async () => {
        const plan = plannedServing(layout, "dev", []);
        await expect(withServers(layout, { stack: "dev", plan, outputs: {} }, async () => 0)).rejects.toThrow(
            `dev is served already (pid ${process.pid})`,
        );
    });

    it("ends with all servers, files and data", async () => {
        expect(processesWith(RUN_VARIABLE, run.id).length).toBeGreaterThanOrEqual(5);
        end();
        expect(await ended).toBe(0);
        expect(processesWith(RUN_VARIABLE, run.id)).toEqual([]);
        expect([serverFolder(run), served.environmentFile].filter(existsSync)).toEqual([]);
        expect(readdirSync(layout.runs)).toEqual([]);
    }, 60_000);
});

describe("what is to be served", () => {
    it("is refused where a stack is not up, or has nothing of what is wanted", () => {
        const layout = emptyProject();
        layouts.push(layout);
        expect(() => plannedServing(layout, "dev", [])).toThrow("dev has nothing to serve: bring it up first");
        new Account(layout.accounts, "dev").put({
            ...{
                type: "aws:sqs/queue:Queue",
                id: "https://sqs/1/orders",
                name: "orders",
                region: "eu-west-1",
                run: "",
            },
            ...{ inputs: { name: "orders" }, outputs: {} },
        });
        expect(() => plannedServing(layout, "dev", ["cache"])).toThrow("dev has nothing to serve of that");
    });

    it("is refused where a server is missing, with how to get it", () => {
        const layout = project();
        layouts.push(layout);
        const { PATH } = process.env;
        process.env.PATH = "";
        try {
            expect(() => plannedServing(layout, "dev", ["cache", "aws"])).toThrow(
                /Redis is not installed: `apt-get install redis-server`[\s\S]*moto is not installed: `pipx[\s\S]*--only/,
            );
        } finally {
            process.env.PATH = PATH;
        }
    });
});
