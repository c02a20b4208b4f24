import { afterAll, beforeAll, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { CLIENT, existing, givenVpc, nodeSubnets, storeSubnets, trustedSubnets, VPC } from "./existing-vpc";

const checkout = new Checkout();
afterAll(() => checkout.remove());

beforeAll(() => {
    const network = JSON.stringify({ existing });
    const clients = JSON.stringify({ app: { securityGroupId: CLIENT } });
    checkout.edit(
        "Pulumi.dev.yaml",
        "plinth:tier: dev",
        `plinth:tier: dev\n  plinth:network: ${network}\n  plinth:clients: ${clients}`,
    );
    checkout.write("Sandbox.dev.yaml", givenVpc);
    checkout.write("policy.dev.json", trustedSubnets);
});

it("is not taken for isolated unless the pack is told so", async () => {
    const { code, output } = await checkout.run(["preview", "dev"]);
    expect(code).not.toBe(0);
    for (const rule of ["database-in-isolated-subnets", "cache-in-isolated-subnets", "cluster-in-private-subnets"]) {
        expect(output).toMatch(new RegExp(`\\[mandatory\\].*${rule}`));
    }
    expect(output).toContain("cannot be proved");
});

it("carries a platform, once its subnets are trusted, and stays when that goes", async () => {
    const withPack = ["--policy-pack-config", "policy.dev.json"];
    await checkout.succeed("up", "dev", "--skip-preview", ...withPack);
    const { deployment } = checkout.state("dev");
    const ofType = (type: string) => deployment.resources.filter((resource) => resource.type === type);
    expect(ofType("aws:ec2/vpc:Vpc")).toEqual([]);
    expect(ofType("aws:rds/subnetGroup:SubnetGroup")[0]?.inputs).toMatchObject({ subnetIds: storeSubnets });
    const admitted = ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const ports = admitted
        .filter(({ inputs }) => inputs.referencedSecurityGroupId === CLIENT)
        .map(({ inputs }) => inputs.fromPort);
    expect(ports.sort()).toEqual([5432, 6379]);

    await checkout.succeed("destroy", "dev", "--skip-preview");
    const { resources } = await checkout.account("dev");
    expect(resources.map(({ id }) => id).sort()).toEqual([VPC, CLIENT, ...nodeSubnets, ...storeSubnets].sort());
});

it("is missed where the account does not hold it, as by AWS", async () => {
    checkout.write("Sandbox.dev.yaml", "preexisting: []");
    checkout.edit("Pulumi.dev.yaml", / {2}plinth:workloads:\n( {4}.*\n)*/, "  plinth:cluster: false\n");
    const { code, output } = await checkout.run(["pulumi", "up", "--stack", "dev", "--yes", "--skip-preview"]);
    expect(code).not.toBe(0);
    // Which of those that refer to it is created first is the engine's to choose.
    expect(output).toMatch(/Invalid(VpcID|SubnetID)\.NotFound: [\w-]+: \w+ refers to (vpc|subnet)-0123456789abcd/);
});

it("is refused, all of it at once, where it is given with mistakes", async () => {
    const subnet = {
        type: "aws:ec2/subnet:Subnet",
        id: "subnet-1",
        inputs: { vpcId: "vpc-9", cidrBlock: "10.0.0.0/30" },
    };
    checkout.write(
        "Sandbox.dev.yaml",
        JSON.stringify({ preexisting: [subnet, { type: "aws:ec2/moat:Moat", id: "moat-1" }] }),
    );
    const { code, output } = await checkout.run(["preview", "dev"]);
    expect(code).toBe(1);
    expect(output).toMatch(/Sandbox\.dev\.yaml:\n.*subnet-1: cidrBlock InvalidSubnet\.Range/);
    expect(output).toContain("subnet-1: vpcId refers to vpc-9, which is not in the file: add that aws:ec2/vpc:Vpc");
    expect(output).toContain("has no resource type aws:ec2/moat:Moat");
});
