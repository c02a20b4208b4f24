import * as pulumi from "@pulumi/pulumi";

/** How to reach a cache. */
export interface CacheConnection {
    host: pulumi.Output<string>;
    readerHost: pulumi.Output<string>;
    port: number;
    /** Whether clients speak the cluster protocol. */
    clusterMode: boolean;
    /** The user to log in as; undefined with a token. */
    userName: string | undefined;
    /** A secret. */
    password: pulumi.Output<string>;
    /** A secret. */
    url: pulumi.Output<string>;
    secretArn: pulumi.Output<string>;
    /** Names of the log groups, by log. */
    logGroupNames: Record<string, string>;
}

/** The environment variable that holds the token or password, in every text made here. */
const passwordVariable = "REDIS_PASSWORD";

/**
 * What Spring Boot 3 reads under `spring.data.redis`. No secret is in it: the password is taken from the environment.
 * @see https://docs.spring.io/spring-boot/appendix/application-properties/index.html
 */
export interface SpringRedisConfiguration {
    spring: {
        data: {
            redis: {
                host?: string;
                port?: number;
                cluster?: { nodes: string[] };
                username?: string;
                password: string;
                ssl: { enabled: true };
                timeout: string;
                lettuce: {
                    pool: { "max-active": number; "max-idle": number; "min-idle": number; "max-wait": string };
                    "shutdown-timeout": string;
                    cluster?: { refresh: { adaptive: true; period: string } };
                };
            };
        };
    };
}

/** `rediss://` URL with the credentials in it. A secret. */
export function connectionUrl(
    host: pulumi.Output<string>,
    port: number,
    { userName = "", password }: Pick<CacheConnection, "userName" | "password">,
): pulumi.Output<string> {
    const encoded = password.apply(encodeURIComponent);
    return pulumi.secret(pulumi.interpolate`rediss://${userName}:${encoded}@${host}:${port}`);
}

/** The configuration of a Spring application that uses the cache. */
export function springConfiguration(connection: CacheConnection): pulumi.Output<SpringRedisConfiguration> {
    const { port, clusterMode, userName } = connection;
    return connection.host.apply((host) => ({
        spring: {
            data: {
                redis: {
                    ...(clusterMode ? { cluster: { nodes: [`${host}:${port}`] } } : { host, port }),
                    ...(userName && { username: userName }),
                    password: `\${${passwordVariable}}`,
                    ssl: { enabled: true as const },
                    timeout: "30s",
                    lettuce: {
                        pool: { "max-active": 20, "max-idle": 10, "min-idle": 5, "max-wait": "10s" },
                        "shutdown-timeout": "5s",
                        // Clients discover shards that are added or moved.
                        ...(clusterMode && { cluster: { refresh: { adaptive: true as const, period: "30s" } } }),
                    },
                },
            },
        },
    }));
}

/** The environment of a container that uses the cache. `REDIS_PASSWORD` and `REDIS_URL` are secrets. */
export function containerEnvironment(connection: CacheConnection): Record<string, pulumi.Output<string>> {
    const { host, readerHost, port, clusterMode, userName, password, url } = connection;
    return {
        REDIS_HOST: host,
        REDIS_READER_HOST: readerHost,
        REDIS_PORT: pulumi.output(String(port)),
        REDIS_TLS: pulumi.output("true"),
        REDIS_CLUSTER_MODE: pulumi.output(String(clusterMode)),
        ...(userName && { REDIS_USERNAME: pulumi.output(userName) }),
        [passwordVariable]: password,
        REDIS_URL: url,
    };
}

/** A command that prints `PONG` when the cache responds; it needs the container's environment. */
export function healthCheckCommand(connection: CacheConnection): pulumi.Output<string> {
    return redisCli(connection, "ping");
}

/** Commands to inspect the cache, by what they show. None contains a secret: the first one fetches it. */
export function debuggingCommands(connection: CacheConnection): Record<string, pulumi.Output<string>> {
    const field = connection.userName ? ".password" : ".authToken";
    const logs = Object.entries(connection.logGroupNames).map(([log, group]): [string, pulumi.Output<string>] => [
        log === "slow-log" ? "slowLog" : "engineLog",
        pulumi.output(`aws logs tail ${group} --since 1h`),
    ]);
    return {
        password: pulumi.interpolate`export ${passwordVariable}="$(aws secretsmanager get-secret-value --secret-id ${connection.secretArn} --query SecretString --output text | jq -r ${field})"`,
        statistics: redisCli(connection, "info stats"),
        memory: redisCli(connection, "info memory"),
        biggestKeys: redisCli(connection, "--bigkeys"),
        ...Object.fromEntries(logs),
    };
}

function redisCli({ host, port, clusterMode, userName }: CacheConnection, command: string): pulumi.Output<string> {
    const options = ["--tls", ...(clusterMode ? ["-c"] : []), ...(userName ? [`--user ${userName}`] : [])].join(" ");
    return pulumi.interpolate`REDISCLI_AUTH="\${${passwordVariable}}" redis-cli ${options} -h ${host} -p ${port} ${command}`;
}
