/** One rule of a network ACL: TCP from or to a block, allowed. */
export interface AclEntry {
    ruleNo: number;
    action: "allow";
    protocol: string;
    cidrBlock: string;
    fromPort: number;
    toPort: number;
}

/** TCP, by the number under which EC2 lists it whatever it was called. */
const tcp = "6";

/**
 * The ports that a reply comes back to. Clients choose theirs from here whatever their system is.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ephemeral = { fromPort: 1024, toPort: 65_535 };

/**
 * The rules of the isolated subnets' network ACL. It keeps no state, so what is asked and what is answered each need a
 * rule. From the VPC only the data stores' ports are reached, and out go replies, to the VPC alone. Among the isolated
 * subnets replies come in as well: a proxy or a replica in one is the client of a database in another.
 */
export function isolatedAcl(network: { cidr: string; isolated: readonly string[]; dataPorts: readonly number[] }): {
    ingress: AclEntry[];
    egress: AclEntry[];
} {
    const ports = [...new Set(network.dataPorts)].sort((one, other) => one - other);
    const served = ports.map((port) => ({ cidrBlock: network.cidr, fromPort: port, toPort: port }));
    const replies = network.isolated.map((cidrBlock) => ({ cidrBlock, ...ephemeral }));
    return {
        ingress: [...numbered(100, served), ...numbered(200, replies)],
        egress: numbered(100, [{ cidrBlock: network.cidr, ...ephemeral }]),
    };
}

/** Numbers that leave room for rules in between. */
function numbered(first: number, entries: Pick<AclEntry, "cidrBlock" | "fromPort" | "toPort">[]): AclEntry[] {
    return entries.map((entry, index) => ({ ruleNo: first + 10 * index, action: "allow", protocol: tcp, ...entry }));
}
