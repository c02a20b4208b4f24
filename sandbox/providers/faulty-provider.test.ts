import { describe, expect, it } from "vitest";
import { type Fault, type FaultKind, operationsOf } from "../account/fault-plan";
import { writeInjectedFaults } from "../account/injected-faults";
import { emptyAccounts, providerInAccount } from "./aws/testing";
import { withFaults } from "./faulty-provider";
import { InitError, type Resource } from "./provider";

const queue: Resource = { type: "aws:sqs/queue:Queue", name: "orders", stack: "dev" };
const inputs = { name: "orders" };

/** A provider in an account of its own, to which these faults happen. */
function faulty(...faults: (Partial<Fault> & { fault: FaultKind })[]) {
    const accounts = emptyAccounts();
    const plan = faults.map((one) => ({
        urn: "*::orders",
        operations: operationsOf[one.fault],
        times: 1,
        seconds: 1,
        ...one,
    }));
    writeInjectedFaults(accounts, "dev", { failingJobs: [], plan });
    const provider = providerInAccount(accounts);
    return {
        provider: withFaults(provider, { accounts, passphrase: "for tests", run: "this" }),
        real: provider,
        accounts,
    };
}

describe("a planned fault", () => {
    it.each([
        ["throttling", "ThrottlingException: create of orders: Rate exceeded"],
        ["insufficientCapacity", "InsufficientInstanceCapacity: create of orders"],
        ["quotaExceeded", "LimitExceededException: create of orders"],
    ] as const)("%s refuses the operation, which has done nothing, as often as planned", async (fault, message) => {
        const { provider } = faulty({ fault, times: 2 });
        await expect(provider.create(queue, inputs, false)).rejects.toThrow(message);
        await expect(provider.create(queue, inputs, false)).rejects.toThrow(message);
        await expect(provider.create(queue, inputs, false)).resolves.toMatchObject({ outputs: { name: "orders" } });
    });

    it.each(["failedCreate", "timeout"] as const)(
        "%s leaves a resource that is not ready, which the engine keeps",
        async (fault) => {
            const { provider, real } = faulty({ fault });
            const error = await Promise.resolve(provider.create(queue, inputs, false)).catch(
                (reason: unknown) => reason,
            );
            expect(error).toBeInstanceOf(InitError);
            const { id } = (error as InitError).resource;
            expect(real.read(queue, id)).toMatchObject({ id });
        },
    );

    it("takes times of the service that is asked, by its own codes", async () => {
        const address = { type: "aws:ec2/eip:Eip", name: "orders", stack: "dev" };
        await expect(faulty({ fault: "quotaExceeded" }).provider.create(address, {}, false)).rejects.toThrow(
            "AddressLimitExceeded",
        );
        await expect(faulty({ fault: "throttling" }).provider.create(address, {}, false)).rejects.toThrow(
            "RequestLimitExceeded",
        );
    });

    it("is not visible yet only to what refers to something", async () => {
        const { provider } = faulty({ fault: "notVisibleYet" });
        const association = {
            type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
            name: "orders",
            stack: "dev",
        };
        const referring = { subnetId: "subnet-1", routeTableId: "rtb-1" };
        await expect(provider.create(association, referring, false)).rejects.toThrow(
            /NotFound: create of orders: \w+ refers to/,
        );
    });

    it("happens to the operations and the resources that it names, and not in a preview", async () => {
        const { provider } = faulty({ fault: "throttling", operations: ["delete"] });
        await provider.create(queue, inputs, true);
        const { id } = await provider.create(queue, inputs, false);
        const stored = { id, inputs, outputs: {} };
        await expect(Promise.resolve(provider.delete(queue, stored))).rejects.toThrow(
            "delete of orders: Rate exceeded",
        );
        await provider.delete(queue, stored);
        const other = faulty({ fault: "throttling", urn: "*::other" });
        await expect(other.provider.create(queue, inputs, false)).resolves.toBeDefined();
    });

    it("has happened for every process, once it has", async () => {
        const { provider, accounts } = faulty({ fault: "throttling" });
        await expect(provider.create(queue, inputs, false)).rejects.toThrow();
        const another = withFaults(providerInAccount(accounts), { accounts, passphrase: "for tests", run: "next" });
        await expect(another.create(queue, inputs, false)).resolves.toBeDefined();
    });

    it("slows an operation by its seconds", async () => {
        const { provider } = faulty({ fault: "slow", seconds: 1 });
        const started = Date.now();
        await provider.create(queue, inputs, false);
        expect(Date.now() - started).toBeGreaterThan(950);
    });
});
