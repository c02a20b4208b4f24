import type {
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { types } from "../graph/types";
import { toPolicy } from "../pack";
import type { Rule } from "../rule";
import { unproved } from "../testing/cases";
import { foreignCases } from "../testing/foreign";
import { adding, both, type Change, set, statement } from "../testing/platform";
import { type Config, mattering, postponedIn, reportsOn, rulesIn } from "../testing/report";
import { proxied } from "../testing/sdk";
import { find, invoked, type Mode, materialise, ref } from "../testing/stack";
import { rules } from ".";

describe.each<Mode>(["fresh", "updated"])("what cannot be proved, %s", (mode) => {
    const cases = unproved.filter(({ modes }) => modes.includes(mode));

    it.each(cases)(
        "is reported by $rule, and by nothing else: $what",
        ({ rule, also = [], platform, change, says, postponed }) => {
            const config: Config = postponed ? { [rule]: { onUnproved: "report" } } : {};
            const reports = mattering(reportsOn(mode, change, config, platform), rule);
            expect(rulesIn(reports).sort()).toEqual([rule, ...also].sort());
            for (const { message } of reports) {
                expect(message).toMatch(says);
                expect(message).toContain("cannot be proved: ");
            }
        },
    );
});

it("has a case for each rule", () => {
    const proved = new Set([...unproved, ...foreignCases].map(({ rule }) => rule));
    expect(rules.filter(({ id }) => !proved.has(id)).map(({ id }) => id)).toEqual([]);
});

describe("a policy document that is not known because it names resources of the stack", () => {
    it.each(unproved.filter(({ postponed }) => postponed))("is left to the update by $rule: $what", (one) => {
        expect(mattering(reportsOn("fresh", one.change, {}, one.platform), one.rule)).toEqual([]);
        expect(postponedIn([])).toContain(one.rule);
        expect(postponedIn([])).toBeUndefined();
    });

    const named = set("orders-policy", { policy: ref("orders-queue", "arn") });

    it("is named once, with all rules that judge it", () => {
        expect(mattering(reportsOn("fresh", named))).toEqual([]);
        expect(postponedIn([])).toContain("queue-tls-only, queue-policy-not-public");
    });

    it("is reported where a rule is told to", () => {
        const rules = ["queue-tls-only", "queue-policy-not-public"];
        const config = Object.fromEntries(rules.map((rule) => [rule, { onUnproved: "report" }]));
        const reports = reportsOn("fresh", named, config);
        expect(rulesIn(reports)).toEqual(rules);
        for (const { message } of reports) expect(message).toContain("cannot be proved: its policy is not known yet");
    });

    const allowed = ["*", "kms:Decrypt"];
    const open = JSON.stringify({
        Statement: allowed.map((Action) => ({ Effect: "Allow", Principal: "*", Action, Resource: "*" })),
    });
    const judged = rules
        .filter((rule) => rule.judgesDocuments)
        .flatMap((rule) => rule.appliesTo.map((type) => ({ rule, type })));

    it.each(judged)("is judged by $rule.id before $type is created", ({ rule, type }) => {
        const validate = validatorOf(rule);
        const inputs = { policy: open, assumeRolePolicy: open, resourcePolicy: open, details: open };
        const more = {
            accessPolicy: open,
            policyDocument: open,
            inlinePolicy: open,
            inlinePolicies: [{ policy: open }],
        };
        const further = { deliveryDestinationPolicy: open, repositoryPolicy: open };
        const others = { endpointConfiguration: { types: "PRIVATE" }, principal: "*" };
        expect(validate(type, { ...inputs, ...more, ...further, ...others })).toEqual([
            expect.stringContaining("Remedy: "),
        ]);
        expect(validate("aws:sqs/other:Other", inputs)).toEqual([]);
    });

    it("is reported once where it is known at preview", () => {
        const rule = rules.find(({ id }) => id === "queue-policy-not-public") as Rule;
        const policy = toPolicy(rule) as ResourceValidationPolicy & StackValidationPolicy;
        const [queuePolicy] = materialise(
            [{ type: types.queuePolicy, name: "open", props: { policy: open } }],
            "fresh",
        );
        const said: string[] = [];
        const report = (message: string) => void said.push(message);
        const more = { getConfig: () => ({}) };
        void policy.validateStack({ resources: [queuePolicy], ...more } as unknown as StackValidationArgs, report);
        expect(said).toHaveLength(1);
        for (const validate of [policy.validateResource ?? []].flat())
            void validate({ ...queuePolicy, ...more } as unknown as ResourceValidationArgs, report);
        expect(said).toHaveLength(2);
        void policy.validateStack({ resources: [queuePolicy], ...more } as unknown as StackValidationArgs, report);
        expect(said).toHaveLength(2);
    });
});

/** The resource policy of a rule, and what it reports of inputs. */
function validatorOf(rule: Rule): (type: string, props: object) => string[] {
    const [validate] = [(toPolicy(rule) as ResourceValidationPolicy).validateResource ?? []].flat();
    return (type, props) => {
        const messages: string[] = [];
        const args = { type, name: "one", urn: "urn", props: proxied(props), getConfig: () => ({}) };
        void validate?.(args as unknown as ResourceValidationArgs, (message) => void messages.push(message));
        return messages;
    };
}

describe("an output of an invoke whose arguments are not known yet", () => {
    const open = statement({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });

    it.each([
        ["key-policy-not-public", "cache-encryption-key", "policy"],
        ["secret-policy-not-public", "database-master-credentials-secret", "policy"],
        ["role-trust-narrow", "cluster-nodes-role", "assumeRolePolicy"],
    ])("is not taken for what AWS fills in by %s", (rule, name, key) => {
        const change = set(name, { [key]: invoked(open) });
        const [first, ...others] = reportsOn("fresh", change);
        expect(others).toEqual([]);
        expect(first?.rule).toBe(rule);
        expect(first?.message).toContain("cannot be proved: its policy is not known yet");
        expect(rulesIn(reportsOn("updated", change))).toEqual([rule]);
        expect(reportsOn("updated", change)[0]?.message).toContain("allows public access");
    });
});

describe("another way to make a Kubernetes object", () => {
    it.each([
        ["pod-restricted", "core/v1:PodTemplate", { template: { spec: { hostNetwork: true, containers: [] } } }],
        ["service-not-exposed", "core/v1:ServicePatch", { spec: { type: "NodePort" } }],
        ["role-without-wildcards", "rbac.authorization.k8s.io/v1:RolePatch", { rules: [{ verbs: ["*"] }] }],
        [
            "role-binding-limited",
            "rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch",
            { roleRef: { name: "cluster-admin" } },
        ],
    ])("is judged by %s: %s", (rule, type, props) => {
        const change = adding({ type: `kubernetes:${type}`, name: "another", props });
        expect(rulesIn(mattering(reportsOn("fresh", change), rule))).toEqual([rule]);
    });
});

describe("a database that is restored", () => {
    const restored = set("database-primary", { snapshotIdentifier: "before-the-flood" });
    const trusting = (...encryptedSnapshots: string[]) => ({
        "database-encrypted-at-rest": { encryptedSnapshots },
        "database-encrypted-with-customer-key": { encryptedSnapshots },
    });

    it("has the encryption of its snapshot, so nothing is proved before it exists", () => {
        const reports = reportsOn("fresh", restored);
        expect(rulesIn(reports)).toEqual(["database-encrypted-at-rest", "database-encrypted-with-customer-key"]);
        expect(reports[0]?.message).toContain(
            "cannot be proved: the snapshot in snapshotIdentifier decides this until the database exists",
        );
    });

    it("is judged by its outputs once it exists", () => {
        expect(reportsOn("updated", restored)).toEqual([]);
    });

    const reportsOnCluster = (mode: Mode, props: Record<string, unknown>, config?: Config) =>
        reportsOn(
            mode,
            set("database-cluster", { snapshotIdentifier: "before-the-flood", ...props }),
            config,
            "aurora",
        );

    it("is judged in the same way as a cluster without a key", () => {
        const kept = { kmsKeyId: undefined };
        const both = ["database-encrypted-at-rest", "database-encrypted-with-customer-key"];
        expect(rulesIn(reportsOnCluster("fresh", kept))).toEqual(both);
        expect(rulesIn(reportsOnCluster("fresh", kept, trusting("before-the-flood")))).toEqual([]);
    });

    it("is judged by itself as a cluster with a key, since it is restored with that key or not at all", () => {
        expect(reportsOnCluster("fresh", {})).toEqual([]);
        expect(reportsOnCluster("updated", {})).toEqual([]);
        const point = { snapshotIdentifier: undefined, restoreToPointInTime: { sourceClusterIdentifier: "other" } };
        expect(reportsOnCluster("fresh", point)).toEqual([]);
        const awsKey = { kmsKeyId: "alias/aws/rds" };
        expect(rulesIn(reportsOnCluster("fresh", awsKey, trusting("before-the-flood")))).toEqual([
            "database-encrypted-with-customer-key",
        ]);
        expect(rulesIn(reportsOnCluster("fresh", { storageEncrypted: false }))).toEqual(["database-encrypted-at-rest"]);
    });

    it("is proved by trusting the snapshot in both rules, and no other snapshot", () => {
        expect(reportsOn("fresh", restored, trusting("before-the-flood"))).toEqual([]);
        expect(rulesIn(reportsOn("fresh", restored, trusting("after-the-flood")))).toHaveLength(2);
    });

    const second =
        (origin: Record<string, unknown>): Change =>
        (resources) =>
            both(
                adding({ ...find(resources, "database-primary"), name: "database-second-primary" }),
                set("database-second-primary", { kmsKeyId: undefined, ...origin }),
            )(resources);
    const living = { restoreToPointInTime: { sourceDbInstanceIdentifier: ref("database-primary", "identifier") } };

    it("to a point in time is judged by its source in the stack, whose encryption it inherits", () => {
        expect(reportsOn("fresh", second(living))).toEqual([]);
        const reports = reportsOn("fresh", both(second(living), set("database-primary", { storageEncrypted: false })));
        expect(rulesIn(reports)).toEqual(["database-encrypted-at-rest"]);
        expect(reports.map(({ message }) => message)).toContainEqual(
            expect.stringMatching(/^database-second-primary: database-primary → storageEncrypted is false/),
        );
    });

    it("to a point in time of one outside the stack is not proved", () => {
        const reports = reportsOn("fresh", second({ restoreToPointInTime: { sourceDbInstanceIdentifier: "other" } }));
        expect(rulesIn(reports)).toEqual(["database-encrypted-at-rest", "database-encrypted-with-customer-key"]);
        expect(reports[0]?.message).toContain("databases to restore from that are not resources of this stack");
    });

    it("may have a key of the stack that AWS inherited from its origin, and no other key", () => {
        const key = (name: string) => set("database-encryption-key", { arn: name });
        const chosen = "arn:aws:kms:eu-west-1:111122223333:key/0aws"; // what the test's AWS fills in
        // The changed key is also that of other databases and of other inputs.
        const reportsOf = (change: Change) =>
            reportsOn("updated", both(second(living), change)).filter(
                ({ rule, urn }) =>
                    rule === "database-encrypted-with-customer-key" && urn?.endsWith("::database-second-primary"),
            );
        expect(reportsOf(key(chosen))).toEqual([]);
        const reports = reportsOf(key("arn:aws:kms:eu-west-1:111122223333:key/1"));
        expect(reports).toHaveLength(1);
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
