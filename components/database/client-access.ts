import type * as pulumi from "@pulumi/pulumi";
import { AccessPoints, GrantingAccessPoint } from "../access-point";
import type { AccessGrant } from "../client";
import type { StoredSecret } from "../encryption";
import type { GuardedPort } from "../network";
import { readsPastProxy } from "./proxy/plan";
import type { DatabaseServers } from "./servers";
import type { DatabaseSpec } from "./spec";

/** Host and port of something that serves. */
export interface Endpoint {
    host: pulumi.Output<string>;
    port: number;
}

/** The access points of a proxy's clients: the proxy, and the servers too where the proxy leads to the primary alone. */
export function throughProxy(
    spec: DatabaseSpec,
    proxy: { port: number; access: GuardedPort },
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
    proxy?: Endpoint & { readerHost?: pulumi.Output<string> },
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
