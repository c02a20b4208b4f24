import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../verdict";
import { judgeIsolation, judgePrivacy } from "../isolation";
import { declared, subnetsOf } from "./declared";
import { type Reading, readAll } from "./model";
import { type Network, networks, type Route } from "./network";

/** What a verdict should be, by the second reader: a fault decides; without one, an undeclared table proves nothing. */
const expected = (faults: readonly Route[], { isManaged }: Reading): Verdict["is"] =>
    faults.length > 0 ? "violated" : isManaged ? "satisfied" : "unknown";

/** Whether a path ends at one of the routes that are at fault: their destination is in it. */
function isWitness(verdict: Verdict, faults: readonly Route[]): boolean {
    if (verdict.is !== "violated") return true;
    return faults.some(({ destination }) => {
        const name = typeof destination === "number" ? `list-${destination}` : destination;
        return verdict.reason.includes(`route ${name} → `);
    });
}

describe("on a thousand random networks, the pack agrees with the second reader", () => {
    const sample = fc.sample(networks, { numRuns: 1000, seed: 20_261_127 });

    it("on which subnets are private and which are isolated, with a path to each fault", {
        timeout: 120_000,
    }, async () => {
        const readings = await readAll(sample);
        const disagreements: { network: Network; subnet: number; of: string; verdict: Verdict; wanted: string }[] = [];
        const counts: Record<string, number> = {};
        sample.forEach((network, index) => {
            subnetsOf(network).forEach((view, subnet) => {
                const reading = readings[index]?.[subnet];
                if (!reading) throw new Error("the second reader has no such subnet");
                const judged = [
                    { of: "privacy", verdict: judgePrivacy(view), faults: reading.toInternet },
                    {
                        of: "isolation",
                        verdict: judgeIsolation(view),
                        faults: [...reading.toInternet, ...reading.defaults],
                    },
                ];
                for (const { of, verdict, faults } of judged) {
                    const wanted = expected(faults, reading);
                    counts[`${of} ${wanted}`] = (counts[`${of} ${wanted}`] ?? 0) + 1;
                    if (verdict.is !== wanted || !isWitness(verdict, faults))
                        disagreements.push({ network, subnet, of, verdict, wanted });
                }
            });
        });
        expect(disagreements.slice(0, 3)).toEqual([]);
        // Every kind of verdict is asked for often.
        for (const of of ["privacy", "isolation"])
            for (const is of ["violated", "satisfied", "unknown"]) expect(counts[`${of} ${is}`]).toBeGreaterThan(30);
        console.log(`${sample.length} networks: ${JSON.stringify(counts)}`);
    });

    it("declares every kind of route", () => {
        const inputs = new Set(
            sample.flatMap((network) => declared(network).flatMap(({ props }) => Object.keys(props))),
        );
        expect([...inputs]).toEqual(
            expect.arrayContaining([
                "routes",
                "destinationPrefixListId",
                "destinationIpv6CidrBlock",
                "egressOnlyGatewayId",
                "entries",
            ]),
        );
    });
});
