import type * as pulumi from "@pulumi/pulumi";
import type { SecretReader } from "./encryption";

/** What is to use a data store: it connects through its security group, and reads the credentials as its role. */
export type DataClient = {
    /** Names the rule and the grant. */
    name: string;
} & (
    | { securityGroupId: pulumi.Input<string>; role?: SecretReader["role"] }
    | { securityGroupId?: pulumi.Input<string>; role: SecretReader["role"] }
);

/** Where clients connect to a data store: a port, and the security group whose rules open it. */
export interface AccessPoint {
    /**
     * What tells it apart from the data store's own access point, for names. A name by its place in a list would have a rule made for one that
     * is there already under another name, which AWS refuses.
     */
    part?: string;
    port: number;
    securityGroupId: pulumi.Output<string>;
}

/** What a component was told of who may use it, as data: diagrams and reports of access are made from it. */
export interface AccessGrant {
    /** The client's name. */
    client: string;
    /** What it may do. */
    access: "connect" | "consume" | "send";
    /** The port that was opened to it. */
    port?: number;
    /** What carries the grant: the client's security group, its role's policy, or both. */
    through: ("securityGroup" | "role")[];
}

/** A client's grant to connect to `port`. */
export function connection(client: DataClient, port: number): AccessGrant {
    return {
        client: client.name,
        access: "connect",
        ...(client.securityGroupId !== undefined && { port }),
        through: [
            ...(client.securityGroupId !== undefined ? (["securityGroup"] as const) : []),
            ...(client.role !== undefined ? (["role"] as const) : []),
        ],
    };
}
