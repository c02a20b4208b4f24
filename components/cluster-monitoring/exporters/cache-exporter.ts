import * as pulumi from "@pulumi/pulumi";
import type { Cache } from "../../cache";
import type { SecretValue } from "../../encryption";
import { exporterImages } from "../versions";
import { fromCredentials } from "./credentials-secret";
import type { ExporterSpec } from "./exporter-spec";

/** A cache, as far as its exporter depends on it. */
export type MonitoredCache = Pick<Cache, "primaryEndpoint" | "configurationEndpoint" | "port" | "userName">;

const name = "redis-exporter";

/**
 * The exporter of a cache: of the primary, or in cluster mode of every node, whose addresses it lists for Prometheus. The
 * certificate is checked against the public authorities that AWS has it from, and for the endpoint's name, since nodes are listed by address.
 * @see https://github.com/oliver006/redis_exporter/blob/v1.88.0/README.md
 */
export function cacheExporter(
    { primaryEndpoint, configurationEndpoint, port, userName }: MonitoredCache,
    credentials: SecretValue,
): ExporterSpec {
    const clustered = configurationEndpoint !== undefined;
    return {
        ...{ name, ...exporterImages.redis, probePath: "/health", files: {}, arguments: [] },
        environment: [
            { name: "REDIS_ADDR", value: pulumi.interpolate`rediss://${primaryEndpoint}:${port}` },
            { name: "REDIS_EXPORTER_TLS_SERVER_NAME", value: primaryEndpoint },
            { name: "REDIS_EXPORTER_IS_CLUSTER", value: String(clustered) },
            // Whoever may ask for any target may send the password there.
            { name: "REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT", value: String(!clustered) },
            // ElastiCache has no CONFIG.
            { name: "REDIS_EXPORTER_CONFIG_COMMAND", value: "-" },
            ...(userName === undefined ? [] : [fromCredentials(name, "REDIS_USER", "username")]),
            fromCredentials(name, "REDIS_PASSWORD", "password"),
        ],
        credentials: {
            of: credentials,
            fields: userName === undefined ? { password: "authToken" } : { username: "username", password: "password" },
        },
    };
}
