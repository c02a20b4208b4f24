import type * as pulumi from "@pulumi/pulumi";
import { type AccessGrant, connection, type DataClient, type Entrance } from "../client";
import type { StoredSecret } from "../encryption";
import type { GuardedPort } from "../network";
import { readsPastProxy } from "./proxy-plan";
import type { DatabaseServers } from "./servers";
import type { DatabaseSpec } from "./spec";

/** Host and port of something that serves. */
export interface Endpoint {
    host: pulumi.Output<string>;
    port: number;
}

/** One way to a database's data: a port that it serves, which remembers whom it was opened to. */
export class WayIn implements Entrance {
    private readonly admitted = new Map<string, DataClient["securityGroupId"]>();

    constructor(
        readonly port: number,
        private readonly access: GuardedPort,
        /** Where grants are written down. */
        private readonly grants: AccessGrant[],
        readonly part?: string,
    ) {}

    get securityGroupId(): pulumi.Output<string> {
        return this.access.securityGroupId;
    }

    /** Opens the port to the client's security group, once: AWS refuses the same rule a second time. */
    admit(client: DataClient): void {
        const { name, securityGroupId } = client;
        if (securityGroupId !== undefined && this.admitted.get(name) === securityGroupId) return;
        this.admitted.set(name, securityGroupId);
        this.grants.push(connection(client, this.port));
        if (securityGroupId) this.access.allowFrom(name, securityGroupId);
    }
}

/** What clients of a database use, or those for whom a proxy won't do. */
export class WaysIn {
    constructor(
        readonly entrances: readonly WayIn[],
        /** The group to put a client into. */
        readonly clientSecurityGroupId: pulumi.Output<string>,
        private readonly credentials: StoredSecret,
    ) {}

    /** Lets `client` connect: opens the ports to its security group and lets its role read the application's secret. */
    allowFrom(client: DataClient): void {
        const used = client.securityGroupId === undefined ? this.entrances.slice(0, 1) : this.entrances;
        for (const entrance of used) entrance.admit(client);
        if (client.role) this.credentials.grantRead({ name: client.name, role: client.role });
    }
}

/** The ways of a proxy's clients, who are let in to the servers too where the proxy leads to the primary alone. */
export function waysThrough(
    spec: DatabaseSpec,
    proxy: { port: number; access: GuardedPort },
    toServers: WayIn,
    grants: AccessGrant[],
    credentials: StoredSecret,
): WaysIn {
    const toProxy = new WayIn(proxy.port, proxy.access, grants, "proxy");
    const entrances = readsPastProxy(spec) ? [toProxy, toServers] : [toProxy];
    return new WaysIn(entrances, proxy.access.clientSecurityGroupId, credentials);
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
