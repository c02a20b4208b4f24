import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { privateFile, type ServeContext, type Served, servedHost } from "./context";
import { programPath, valkeyServer } from "./installation";
import type { LocalServer } from "./local-server";
import type { CachePlan, Parameter } from "./plan/plan";
import { freePort } from "./port";

/** The hash slots of a cache in cluster mode. */
const slots = 16_384;

/** Who starts the servers. ElastiCache has an administrator of its own, too. */
const administrator = { name: "plinth-sandbox", password: randomBytes(24).toString("hex") };

interface Node {
    port: number;
    /** Where the nodes of a cluster talk to each other. */
    busPort: number;
    server: LocalServer;
}

/** Starts Redis or Valkey as ElastiCache would have it: its parameters, its users, TLS, and in cluster mode a primary for each shard. */
export async function serveRedis(plan: CachePlan, context: ServeContext): Promise<Served> {
    const program = (plan.engine === "valkey" ? valkeyServer() : programPath("redis-server")) ?? "";
    const version = serverVersion(program);
    const { taken, left } = await sortedParameters(program, plan, context);
    const names = left.map(({ name }) => name).join(", ");
    const nodes: Node[] = [];
    for (let shard = 0; shard < (plan.shards ?? 1); shard++) {
        const port = await freePort(shard === 0 ? plan.endpoints[0]?.port : 0);
        nodes.push(await startNode(program, plan, { port, parameters: taken }, context));
    }
    if (plan.shards !== undefined) await joinNodes(nodes, plan, context);
    return {
        ...{ name: plan.name, program: version.text, endpoints: plan.endpoints },
        ...{ at: { host: servedHost, port: nodes[0]?.port ?? 0 } },
        differences: [
            ...version.differs(plan),
            ...(left.length > 0 ? [`without ${names}, which this server does not take`] : []),
        ],
    };
}

/** Which of the parameters a server takes: one that runs says it, where one that starts would end at the first that it does not know. */
async function sortedParameters(
    program: string,
    plan: CachePlan,
    context: ServeContext,
): Promise<{ taken: Parameter[]; left: Parameter[] }> {
    const alone = { ...plan, shards: undefined };
    const { port, server } = await startNode(program, alone, { port: await freePort(), parameters: [] }, context);
    const own = plan.parameters.filter(({ name }) => name !== "cluster-enabled");
    const taken = own.filter(({ name, value }) =>
        /^OK$|immutable/.test(ask(port, context, plan, ["config", "set", name, value])),
    );
    await server.stop();
    return { taken, left: own.filter((parameter) => !taken.includes(parameter)) };
}

async function startNode(
    program: string,
    plan: CachePlan,
    { port, parameters }: { port: number; parameters: Parameter[] },
    context: ServeContext,
): Promise<Node> {
    const busPort = await freePort();
    const folder = context.folderFor(`${plan.name}-${port}`);
    const lines = [
        "bind 127.0.0.1 -::1",
        ...portLines(plan.tls, port, context, folder),
        ...(plan.shards === undefined ? [] : clusterLines(busPort, plan.tls)),
        ...userLines(plan),
        `dir ${folder}`,
        'save ""',
        "daemonize no",
        // With a title of its own, its environment is overwritten, and recovery could not find it.
        "set-proc-title no",
        ...parameters.map(({ name, value }) => `${name} ${quoted(value)}`),
    ];
    const file = privateFile(folder, "redis.conf", `${lines.join("\n")}\n`);
    const server = context.start(program, [file], {
        ...{ name: `${plan.engine} for ${plan.name}`, folder, environment: context.environment },
    });
    await server.ready(() => ask(port, context, plan, ["ping"]) === "PONG");
    return { port, busPort, server };
}

function portLines(tls: boolean, port: number, context: ServeContext, folder: string): string[] {
    if (!tls) return [`port ${port}`];
    const { certificate, key } = context.writeCertificates(folder);
    return [
        ...["port 0", `tls-port ${port}`, "tls-auth-clients no"],
        ...[`tls-cert-file ${certificate}`, `tls-key-file ${key}`, `tls-ca-cert-file ${context.authorityFile}`],
    ];
}

function clusterLines(busPort: number, tls: boolean): string[] {
    return [
        ...["cluster-enabled yes", `cluster-port ${busPort}`, ...(tls ? ["tls-cluster yes"] : [])],
        // Clients are sent on to a name that the certificate has.
        ...[`cluster-announce-hostname ${servedHost}`, "cluster-preferred-endpoint-type hostname"],
    ];
}

/** The users. The configuration has hashes of the passwords alone. */
function userLines({ users }: CachePlan): string[] {
    const withPasswords = (rules: string, passwords: string[]) =>
        [rules, ...passwords.map((one) => `#${createHash("sha256").update(one).digest("hex")}`)].join(" ");
    const own = `user ${administrator.name} ${withPasswords("on ~* &* +@all", [administrator.password])}`;
    const others = users.map(({ name, rules, passwords }) => `user ${name} ${withPasswords(rules, passwords)}`);
    // Where there are users without a default one, nobody comes as that.
    const closed = users.length > 0 && !users.some(({ name }) => name === "default") ? ["user default off"] : [];
    return [own, ...others, ...closed];
}

/** Makes one cache of the nodes, each with an equal part of the slots. */
async function joinNodes(nodes: Node[], plan: CachePlan, context: ServeContext): Promise<void> {
    const [first] = nodes;
    const server = nodes.at(-1)?.server;
    if (!first || !server) return;
    nodes.forEach(({ port }, index) => {
        const edge = (of: number) => Math.floor((of * slots) / nodes.length);
        const range = [String(edge(index)), String(edge(index + 1) - 1)];
        ask(port, context, plan, ["cluster", "addslotsrange", ...range]);
        // Nodes that are equally old quarrel about who is who.
        ask(port, context, plan, ["cluster", "set-config-epoch", String(index + 1)]);
    });
    for (const { port, busPort } of nodes.slice(1))
        ask(first.port, context, plan, ["cluster", "meet", "127.0.0.1", String(port), String(busPort)]);
    const isWhole = ({ port }: Node) => {
        const info = ask(port, context, plan, ["cluster", "info"]);
        return info.includes("cluster_state:ok") && info.includes(`cluster_known_nodes:${nodes.length}`);
    };
    await server.ready(() => nodes.every(isWhole));
}

/** What a server answers its administrator. */
function ask(port: number, context: ServeContext, { tls }: CachePlan, command: string[]): string {
    const secure = tls ? ["--tls", "--cacert", context.authorityFile] : [];
    const args = ["-h", servedHost, "-p", String(port), ...secure, "--user", administrator.name, ...command];
    const environment = { ...context.environment, REDISCLI_AUTH: administrator.password };
    const client = programPath("redis-cli") ?? programPath("valkey-cli") ?? "redis-cli";
    return (spawnSync(client, args, { env: environment, encoding: "utf8" }).stdout ?? "").trim();
}

function serverVersion(program: string) {
    const output = spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "";
    const name = /^Valkey/i.test(output) ? "Valkey" : "Redis";
    const version = /v=([\d.]+)/.exec(output)?.[1] ?? "";
    return {
        text: `${name} ${version}`,
        differs: ({ engine, version: wanted }: CachePlan) =>
            name.toLowerCase() === engine && version.split(".")[0] === wanted.split(".")[0]
                ? []
                : [`ElastiCache has ${engine} ${wanted}`],
    };
}

function quoted(value: string): string {
    return value === "" || /\s/.test(value) ? `"${value}"` : value;
}
