import { describe, expect, it } from "vitest";
import { withCluster } from "../testing/aurora";
import { doubts } from "../testing/cases";
import { adding, both, set } from "../testing/platform";
import { reportsOn, rulesIn } from "../testing/report";
import type { Mode } from "../testing/stack";
import { ref } from "../testing/stack";
import { rules } from ".";

describe.each<Mode>(["fresh", "updated"])("what cannot be proved, %s", (mode) => {
    const cases = doubts.filter(({ modes }) => modes.includes(mode));

    it.each(cases)("is reported by $rule, and by nothing else: $what", ({ rule, change, says }) => {
        const reports = reportsOn(mode, change);
        expect(rulesIn(reports)).toEqual([rule]);
        for (const { message } of reports) {
            expect(message).toMatch(says);
            expect(message).toContain("cannot be proved: ");
        }
    });
});

it("has something that each rule cannot prove", () => {
    expect(rules.filter(({ id }) => doubts.every(({ rule }) => rule !== id)).map(({ id }) => id)).toEqual([]);
});

it("leaves a queue's rules in doubt, all of them, while its policy is not known yet", () => {
    const reports = reportsOn("fresh", set("orders-policy", { policy: ref("orders", "arn") }));
    expect(rulesIn(reports)).toEqual(["queue-tls-only", "queue-policy-not-public"]);
    for (const { message } of reports) expect(message).toContain("cannot be proved: its policy is not known yet");
});

describe("a database that is restored", () => {
    const restored = set("database-primary", { snapshotIdentifier: "before-the-flood" });

    it("is encrypted as its snapshot is, so nothing is proved before it exists", () => {
        const reports = reportsOn("fresh", restored);
        expect(rulesIn(reports)).toEqual(["database-encrypted-at-rest", "database-encrypted-with-customer-key"]);
        expect(reports[0]?.message).toContain(
            "cannot be proved: what snapshotIdentifier names decides until the database exists",
        );
    });

    it("is judged by what AWS says of it once it exists", () => {
        expect(reportsOn("updated", restored)).toEqual([]);
    });

    it("is judged so as a cluster too", () => {
        const cluster = both(withCluster, set("cluster", { snapshotIdentifier: "before-the-flood" }));
        expect(rulesIn(reportsOn("fresh", cluster))).toEqual([
            "database-encrypted-at-rest",
            "database-encrypted-with-customer-key",
        ]);
        expect(reportsOn("updated", cluster)).toEqual([]);
    });
});

it("never repeats a value that could be secret", () => {
    const secret = "hunter2hunter2hunter2";
    const reports = reportsOn("updated", (resources) =>
        adding({
            type: "aws:elasticache/replicationGroup:ReplicationGroup",
            name: "bare",
            props: { authToken: secret, description: secret },
        })(
            set("database-primary", {
                password: secret,
                publiclyAccessible: true,
                dbSubnetGroupName: undefined,
                kmsKeyId: secret,
            })(resources),
        ),
    );
    expect(rulesIn(reports).length).toBeGreaterThan(5);
    expect(JSON.stringify(reports)).not.toContain(secret);
});
