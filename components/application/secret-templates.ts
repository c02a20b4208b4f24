import * as pulumi from "@pulumi/pulumi";
import type { DatabaseEngine, Endpoint } from "../database";
import { engines } from "../database/engines/engines";

/** A Kubernetes Secret's entries, as templates of External Secrets over the fields of one secret in Secrets Manager. */
export type Template = Record<string, string>;

/**
 * A field in a place of a URL where any character may stand. Go's `urlquery` makes a plus sign of a space, as forms do and
 * URLs don't; of a plus sign it makes %2B, so that nothing else is mistaken for it.
 * @see https://pkg.go.dev/text/template#hdr-Functions
 */
const encoded = (field: string) => `{{ .${field} | urlquery | replace "+" "%20" }}`;
const plain = (field: string) => `{{ .${field} }}`;

/** The server's, whether a proxy stands before it or not. */
const serverEndpoint = `${plain("host")}:${plain("port")}`;

/** The fields of the database's secret that {@link databaseTemplate} reads. */
export const databaseFields = ["host", "port", "dbname", "username", "password"] as const;

/** What `platform-database` holds. */
export function databaseTemplate(engine: DatabaseEngine): Template {
    return {
        DATABASE_URL: databaseUrl(engine, serverEndpoint),
        DATABASE_HOST: plain("host"),
        DATABASE_PORT: plain("port"),
        DATABASE_NAME: plain("dbname"),
        DATABASE_USER: plain("username"),
        DATABASE_PASSWORD: plain("password"),
    };
}

/** The entry of `platform-database` with the URL of the server behind a proxy. */
export const serverUrl = "DATABASE_SERVER_URL";

/** What of {@link databaseTemplate} is another where a proxy stands before the database. */
export function proxyTemplate(engine: DatabaseEngine, { host, port }: Endpoint): Record<string, pulumi.Input<string>> {
    return {
        DATABASE_URL: pulumi.output(host).apply((known) => databaseUrl(engine, `${known}:${port}`)),
        DATABASE_HOST: host,
        DATABASE_PORT: String(port),
        [serverUrl]: databaseUrl(engine, serverEndpoint),
    };
}

/** A URL for the application's user, which insists on TLS. `endpoint` is host and port. */
export function databaseUrl(engine: DatabaseEngine, endpoint: string): string {
    const { scheme, tls } = engines[engine].url;
    return `${scheme}://${encoded("username")}:${encoded("password")}@${endpoint}/${encoded("dbname")}?${tls}`;
}

/** The fields of the cache's secret that {@link cacheTemplate} reads. */
export const cacheFields = (user: boolean) => [
    "host",
    "readerHost",
    "port",
    ...(user ? ["username", "password"] : ["authToken"]),
];

/** What `platform-redis` holds: with a user to log in as, or with the token that all share. */
export function cacheTemplate(user: boolean): Template {
    const password = user ? "password" : "authToken";
    return {
        REDIS_URL: `rediss://${user ? encoded("username") : ""}:${encoded(password)}@${plain("host")}:${plain("port")}`,
        REDIS_HOST: plain("host"),
        REDIS_READER_HOST: plain("readerHost"),
        REDIS_PORT: plain("port"),
        ...(user && { REDIS_USERNAME: plain("username") }),
        REDIS_PASSWORD: plain(password),
    };
}
