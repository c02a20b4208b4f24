import type { CacheTarget } from "../cache/connection";
import type { ClientCall } from "./client";

/** How redis-cli is called. It reads the password from its environment. */
export function redisCall(
    { host, port, user, password, certificateHost, clusterMode, oneNode }: CacheTarget,
    authoritiesFile: string | undefined,
    args: string[],
): ClientCall {
    const tls =
        certificateHost === undefined
            ? []
            : [
                  "--tls",
                  "--sni",
                  certificateHost,
                  ...(authoritiesFile === undefined ? [] : ["--cacert", authoritiesFile]),
              ];
    return {
        program: "redis-cli",
        arguments: [
            ...["-h", host, "-p", String(port), ...tls],
            ...(user === undefined ? [] : ["--user", user]),
            // Through a tunnel, the other shards that it would be sent on to are not reached.
            ...(clusterMode && !oneNode ? ["-c"] : []),
            ...args,
        ],
        environment: { REDISCLI_AUTH: password },
    };
}
