import { describe, expect, it } from "vitest";
import { type RbacObject, type RbacRule, readersOf } from "./secret-readers";

const secret = { namespace: "app", name: "platform-database" };
const anna = { kind: "User", name: "anna" };

const role = (...rules: RbacRule[]): RbacObject => ({
    kind: "Role",
    metadata: { name: "role", namespace: "app" },
    rules,
});
const clusterRole = (name: string, ...rules: RbacRule[]): RbacObject => ({
    kind: "ClusterRole",
    metadata: { name },
    rules,
});
const binding = (roleRef = { kind: "Role", name: "role" }, namespace = "app"): RbacObject => ({
    kind: "RoleBinding",
    metadata: { name: "binding", namespace },
    roleRef,
    subjects: [anna],
});
const clusterBinding = (name: string): RbacObject => ({
    kind: "ClusterRoleBinding",
    metadata: { name: "binding" },
    roleRef: { kind: "ClusterRole", name },
    subjects: [anna],
});
const core = (resource: string, verb: string, resourceNames?: string[]): RbacRule => ({
    ...{ apiGroups: [""], resources: [resource], verbs: [verb] },
    ...(resourceNames && { resourceNames }),
});

/** What anna can do by one rule of a role in the namespace. */
const hows = (rule: RbacRule) => readersOf([role(rule), binding()], secret).map(({ how }) => how);

describe("who can learn what a Secret holds", () => {
    it("names the subject, the binding and the right", () => {
        expect(readersOf([role(core("secrets", "get", ["platform-database"])), binding()], secret)).toEqual([
            { subject: "User anna", through: "RoleBinding app/binding", how: "reads it" },
        ]);
    });

    it.each([
        ["get of that Secret", core("secrets", "get", ["other", "platform-database"])],
        ["get of all", core("secrets", "get")],
        ["list", core("secrets", "list")],
        ["list of that Secret", core("secrets", "list", ["platform-database"])],
        ["watch", core("secrets", "watch")],
        ["any verb", core("secrets", "*")],
        ["any resource", core("*", "get")],
        ["any group", { apiGroups: ["*"], resources: ["secrets"], verbs: ["get"] }],
    ])("is who reads it: %s", (_, rule) => {
        expect(hows(rule)).toEqual(expect.arrayContaining(["reads it"]));
    });

    it.each([
        ["runs pods", core("pods", "create")],
        ["runs pods", { apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }],
        ["runs pods", { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] }],
        ["enters pods", core("pods/exec", "create")],
        ["enters pods", core("*/exec", "create")],
        ["becomes another", core("serviceaccounts/token", "create", ["external"])],
        ["becomes another", core("groups", "impersonate")],
        [
            "gives itself rights",
            { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] },
        ],
    ])("is who %s", (how, rule) => {
        expect(hows(rule)).toEqual([how]);
    });

    it.each([
        ["another Secret", core("secrets", "get", ["other"])],
        ["creating Secrets", core("secrets", "create")],
        ["deleting it", core("secrets", "delete", ["platform-database"])],
        ["what is called so in another group", { apiGroups: ["example.com"], resources: ["secrets"], verbs: ["get"] }],
        ["reading pods", core("pods", "list")],
        ["reading logs", core("pods/log", "get")],
        ["ConfigMaps", core("configmaps", "*")],
    ])("is not who may do this: %s", (_, rule) => {
        expect(hows(rule)).toEqual([]);
    });

    it("counts a ClusterRole where it is bound: everywhere, or in the binding's namespace", () => {
        const reads = clusterRole("reads", core("secrets", "get"));
        const ref = { kind: "ClusterRole", name: "reads" };
        expect(readersOf([reads, clusterBinding("reads")], secret)).toHaveLength(1);
        expect(readersOf([reads, binding(ref)], secret)).toHaveLength(1);
        expect(readersOf([reads, binding(ref, "elsewhere")], secret)).toEqual([]);
        expect(readersOf([reads], secret)).toEqual([]);
    });

    it("does not take the role of another namespace for one of the same name", () => {
        const elsewhere = { ...role(core("secrets", "get")), metadata: { name: "role", namespace: "elsewhere" } };
        expect(readersOf([elsewhere, role(core("pods", "get")), binding()], secret)).toEqual([]);
    });

    it("follows ClusterRoles that gather others", () => {
        const gathers: RbacObject = {
            kind: "ClusterRole",
            metadata: { name: "gathers" },
            aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "gathers" } }] },
        };
        const part = (to: string): RbacObject => ({
            kind: "ClusterRole",
            metadata: { name: "part", labels: { to } },
            rules: [core("secrets", "list")],
        });
        expect(readersOf([gathers, part("gathers"), clusterBinding("gathers")], secret)).toHaveLength(1);
        expect(readersOf([gathers, part("others"), clusterBinding("gathers")], secret)).toEqual([]);
    });

    it.each([
        ["cluster-admin", 1],
        ["admin", 1],
        ["edit", 1],
        ["view", 0],
    ])("knows what every cluster's %s can do", (name, readers) => {
        expect(readersOf([clusterBinding(name)], secret)).toHaveLength(readers);
    });

    it("counts a role that it can't see as one that reads", () => {
        expect(readersOf([clusterBinding("mystery")], secret)).toEqual([
            {
                subject: "User anna",
                through: "ClusterRoleBinding binding",
                how: "holds the ClusterRole mystery, which is not among the objects",
            },
        ]);
    });
});
