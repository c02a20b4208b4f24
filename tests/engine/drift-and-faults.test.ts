import { afterAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["cluster"]);
afterAll(() => checkout.remove());

/** One fault of each kind, on resources that others wait for and on such that nothing waits for. */
const faults = [
    { fault: "quotaExceeded", urn: "*$aws:ec2/eip:Eip::network-*" },
    { fault: "throttling", urn: "*::network-private-*", times: 2 },
    { fault: "notVisibleYet", urn: "*::network-isolated-0-association" },
    { fault: "failedCreate", urn: "*::cache-replication-group" },
    { fault: "insufficientCapacity", urn: "*::database-primary" },
    { fault: "timeout", urn: "*::orders-queue" },
    { fault: "slow", urn: "*::network-vpc", operations: ["create"], seconds: 1 },
    { fault: "crash", urn: "*::notifications-topic" },
];

/** What each says, but for the slow one, which fails nothing. */
const said = [
    /AddressLimitExceeded: create of network-/,
    /RequestLimitExceeded: create of network-private-[^:]*: Rate exceeded/,
    /InvalidSubnetID\.NotFound: create of network-isolated-0-association/,
    /unexpected state 'failed', wanted target 'available'/,
    /InsufficientDBInstanceCapacity: create of database-primary/,
    /timeout while waiting for it to be ready/,
    /plugin .*aws.* exited|connection (refused|reset)|transport|EOF/i,
];

describe("a plan of faults", () => {
    it("happens as Sandbox.dev.yaml says, and each next update goes on until nothing is left", async () => {
        checkout.write("Sandbox.dev.yaml", JSON.stringify({ faults }));
        let output = "";
        let code: number | null = 1;
        let updates = 0;
        for (; code !== 0 && updates < 8; updates++) {
            const result = await checkout.run(["up", "dev", "--skip-preview", "--continue-on-error"]);
            code = result.code;
            output += result.output;
        }
        expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
        expect(updates).toBeGreaterThan(1);
        for (const message of said) expect(output).toMatch(message);
        await checkout.isAsPlanned("dev");
        expect(checkout.state("dev").deployment.pending_operations ?? []).toEqual([]);
    });
});

describe("drift", () => {
    it("is found by a refresh, all of it and nothing else, and mended by an update that refreshes", async () => {
        const { stdout } = await checkout.run(["drift", "dev", "--seed", "7", "--count", "100", "--json"]);
        const drifted = JSON.parse(stdout) as { urn: string; what: string }[];
        expect(drifted.length).toBeGreaterThan(50);
        expect(new Set(drifted.map(({ what }) => what)).size).toBeGreaterThan(8);
        const found = await refreshed();
        expect(found.sort()).toEqual(drifted.map(({ urn }) => urn).sort());
        await checkout.succeed("up", "dev", "--skip-preview", "--refresh");
        expect(await refreshed()).toEqual([]);
    });

    /** The URNs of what a refresh finds changed. */
    async function refreshed(): Promise<string[]> {
        const { stdout } = await checkout.run(["refresh", "dev", "--preview-only", "--json"]);
        const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
        return steps.filter(({ op }) => op !== "refresh" && op !== "same").map(({ urn }) => urn);
    }
});
