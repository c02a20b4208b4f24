import type * as pulumi from "@pulumi/pulumi";
import { type AccessGrant, type AccessPoint, connection, type DataClient } from "./client";
import type { StoredSecret } from "./encryption";
import type { GuardedPort } from "./network";

/** An access point that opens itself to clients, and remembers to which. */
export class GrantingAccessPoint implements AccessPoint {
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

/** All access points that the clients of a data store use. */
export class AccessPoints {
    constructor(
        readonly accessPoints: readonly GrantingAccessPoint[],
        /** The group to put a client into. */
        readonly clientSecurityGroupId: pulumi.Output<string>,
        private readonly credentials: StoredSecret,
    ) {}

    /** Lets `client` connect: opens the ports to its security group and lets its role read the credentials. */
    allowFrom(client: DataClient): void {
        const used = client.securityGroupId === undefined ? this.accessPoints.slice(0, 1) : this.accessPoints;
        for (const accessPoint of used) accessPoint.admit(client);
        if (client.role) this.credentials.grantRead({ name: client.name, role: client.role });
    }
}
