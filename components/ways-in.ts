import type * as pulumi from "@pulumi/pulumi";
import { type AccessGrant, connection, type DataClient, type Entrance } from "./client";
import type { StoredSecret } from "./encryption";
import type { GuardedPort } from "./network";

/** A way into a data store: a port that it serves, which remembers whom it was opened to. */
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

/** The ways into a data store that its clients use. */
export class WaysIn {
    constructor(
        readonly entrances: readonly WayIn[],
        /** The group to put a client into. */
        readonly clientSecurityGroupId: pulumi.Output<string>,
        private readonly credentials: StoredSecret,
    ) {}

    /** Lets `client` connect: opens the ports to its security group and lets its role read the credentials. */
    allowFrom(client: DataClient): void {
        const used = client.securityGroupId === undefined ? this.entrances.slice(0, 1) : this.entrances;
        for (const entrance of used) entrance.admit(client);
        if (client.role) this.credentials.grantRead({ name: client.name, role: client.role });
    }
}
