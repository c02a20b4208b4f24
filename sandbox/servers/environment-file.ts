import { SandboxError } from "../account/sandbox-error";
import type { CachePlan, DatabasePlan, Login, QueuePlan, ServedPlan } from "./plan/plan";

/** What the environment of an application and of `ops` is made of. */
export interface EnvironmentArgs {
    stack: string;
    plan: ServedPlan;
    outputsFile: string;
    authorityFile: string;
    /** Undefined where AWS's API is not served. */
    awsUrl?: string;
    queueUrl(queue: QueuePlan): string | undefined;
    /** Where a server is; undefined where it is not served. */
    at(name: string): { host: string; port: number } | undefined;
}

const schemes = { postgres: "postgresql", mysql: "mysql" } as const;

/**
 * The environment: what finds the servers for `ops` and AWS's SDKs, and the variables that a service in the cluster has. Of several
 * databases or caches, the first one by name has the plain variables.
 */
export function servedEnvironment(args: EnvironmentArgs): Record<string, string> {
    const { stack, plan, outputsFile, authorityFile } = args;
    const [database] = plan.databases;
    const [cache] = plan.caches;
    return {
        ...{ PLINTH_STACK: stack, PLINTH_OUTPUTS: outputsFile, PLINTH_AUTHORITIES: authorityFile },
        ...(args.awsUrl && awsVariables(args.awsUrl, plan.region)),
        ...(database && databaseVariables(database, args)),
        ...(cache && cacheVariables(cache, args)),
        ...Object.fromEntries(plan.queues.flatMap((queue) => queueVariable(queue, args))),
    };
}

function awsVariables(url: string, region: string): Record<string, string> {
    return {
        ...{ AWS_ENDPOINT_URL: url, AWS_REGION: region, AWS_DEFAULT_REGION: region },
        ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    };
}

function databaseVariables(plan: DatabasePlan, { at, authorityFile }: EnvironmentArgs): Record<string, string> {
    const place = at(plan.name);
    if (!place) return {};
    const { host, port } = place;
    const tls =
        plan.engine === "postgres"
            ? `sslmode=verify-full&sslrootcert=${encodeURIComponent(authorityFile)}`
            : `ssl-mode=VERIFY_IDENTITY&ssl-ca=${encodeURIComponent(authorityFile)}`;
    const url = ({ user, password }: Login) =>
        `${schemes[plan.engine]}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(plan.database)}?${tls}`;
    const application = plan.users.find(({ user }) => user === "application") ?? plan.master;
    return {
        ...{ DATABASE_URL: url(application), DATABASE_HOST: host, DATABASE_PORT: String(port) },
        ...{ DATABASE_NAME: plan.database, DATABASE_USER: application.user, DATABASE_PASSWORD: application.password },
        ...(plan.engine === "postgres" && { PGSSLROOTCERT: authorityFile }),
    };
}

function cacheVariables({ name, tls, login }: CachePlan, { at }: EnvironmentArgs): Record<string, string> {
    const place = at(name);
    if (!place) return {};
    const { host, port } = place;
    const credentials = login ? `${encodeURIComponent(login.user ?? "")}:${encodeURIComponent(login.password)}@` : "";
    return {
        ...{ REDIS_URL: `${tls ? "rediss" : "redis"}://${credentials}${host}:${port}`, REDIS_HOST: host },
        ...{ REDIS_READER_HOST: host, REDIS_PORT: String(port) },
        ...(login?.user !== undefined && { REDIS_USERNAME: login.user }),
        ...(login && { REDIS_PASSWORD: login.password }),
    };
}

function queueVariable(queue: QueuePlan, { stack, queueUrl }: EnvironmentArgs): [string, string][] {
    const url = queueUrl(queue);
    if (url === undefined) return [];
    // The name without the project and the stack, as the configuration has it.
    const own = queue.name.split(`-${stack}-`).slice(1).join(`-${stack}-`) || queue.name;
    return [[`SQS_QUEUE_URL_${own.replaceAll(/\W/g, "_").toUpperCase()}`, url]];
}

/** A file that Node.js (`--env-file`), `ops` and a shell read alike. */
export function environmentText(environment: Record<string, string>): string {
    return Object.entries(environment)
        .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
        .join("");
}

function quoted(name: string, value: string): string {
    if (!/['\n]/.test(value)) return `'${value}'`;
    if (!/["$`\\\n]/.test(value)) return `"${value}"`;
    throw new SandboxError(
        `${name}: its value has quotes and special characters together, which no .env file can hold`,
    );
}
