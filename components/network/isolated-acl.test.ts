import fc from "fast-check";
import { expect, it } from "vitest";
import { contains, parseCidr } from "./cidr";
import { type AclEntry, isolatedAcl } from "./isolated-acl";

const network = { cidr: "10.0.0.0/16", isolated: ["10.0.144.0/23", "10.0.146.0/23"], dataPorts: [6379, 5432, 5432] };
const acl = isolatedAcl(network);

/** Whether a packet between two addresses passes, as EC2 decides: some rule allows it, else it is dropped. */
function passes(rules: AclEntry[], peer: string, port: number): boolean {
    const address = parseCidr(`${peer}/32`);
    return rules.some(({ cidrBlock, fromPort, toPort }) => {
        const block = parseCidr(cidrBlock);
        return address && block && contains(block, address) && fromPort <= port && port <= toPort;
    });
}

it.each([
    ["the database from a private subnet", acl.ingress, "10.0.0.7", 5432, true],
    ["the cache from a private subnet", acl.ingress, "10.0.16.7", 6379, true],
    ["SSH from a private subnet", acl.ingress, "10.0.0.7", 22, false],
    ["another port from a private subnet", acl.ingress, "10.0.0.7", 8080, false],
    ["the database from outside the VPC", acl.ingress, "10.1.0.7", 5432, false],
    ["a reply to a private subnet", acl.egress, "10.0.0.7", 40_000, true],
    ["a reply to outside the VPC", acl.egress, "52.1.2.3", 40_000, false],
    ["a request to the web", acl.egress, "52.1.2.3", 443, false],
    ["a reply from one isolated subnet to another", acl.ingress, "10.0.144.9", 50_000, true],
    ["a request from one isolated subnet to another", acl.egress, "10.0.146.9", 5432, true],
    ["a reply from a private subnet, to which no data store connects", acl.ingress, "10.0.0.7", 50_000, false],
])("%s", (_, rules, peer, port, expected) => {
    expect(passes(rules, peer, port)).toBe(expected);
});

it("gives every rule of a direction a number of its own, and stays within EC2's twenty", () => {
    const ports = fc.array(fc.integer({ min: 1024, max: 65_535 }), { maxLength: 4 });
    fc.assert(
        fc.property(ports, fc.integer({ min: 2, max: 8 }), (dataPorts, zones) => {
            const isolated = Array.from({ length: zones }, (_, zone) => `10.0.${144 + 2 * zone}.0/23`);
            const { ingress } = isolatedAcl({ cidr: network.cidr, isolated, dataPorts });
            expect(new Set(ingress.map(({ ruleNo }) => ruleNo)).size).toBe(ingress.length);
            expect(ingress.length).toBeLessThanOrEqual(20);
        }),
    );
});
