import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant } from "../client";
import type { StoredSecret } from "../encryption";
import { readsPastProxy } from "./proxy/plan";
import type { ConnectedProxy } from "./proxy/proxy";
import type { DatabaseServers, Endpoint } from "./servers";
import type { DatabaseSpec } from "./spec";

/** The access points of a proxy's clients: the proxy, and also the servers where the proxy connects to the primary only. */
export function throughProxy(
    spec: DatabaseSpec,
    proxy: Pick<ConnectedProxy, "port" | "access">,
    toServers: GrantingAccessPoint,
    grants: AccessGrant[],
    credentials: StoredSecret,
): AccessPoints {
    const toProxy = new GrantingAccessPoint(proxy.port, proxy.access, grants, "proxy");
    const accessPoints = readsPastProxy(spec) ? [toProxy, toServers] : [toProxy];
    return new AccessPoints(accessPoints, proxy.access.clientSecurityGroupId, credentials);
}

/** Where clients of a database write and where they read. */
export function clientEndpoints(
    spec: DatabaseSpec,
    { primaryAddress, readerAddress }: Pick<DatabaseServers, "primaryAddress" | "readerAddress">,
    proxy?: Omit<ConnectedProxy, "access" | "nodes">,
): { writer: Endpoint; reader: Endpoint } {
    const { port } = spec;
    if (!proxy) return { writer: { host: primaryAddress, port }, reader: { host: readerAddress, port } };
    return {
        writer: proxy,
        reader: readsPastProxy(spec)
            ? { host: readerAddress, port }
            : { host: proxy.readerHost ?? proxy.host, port: proxy.port },
    };
}
