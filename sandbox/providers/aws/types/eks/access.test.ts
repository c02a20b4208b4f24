import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { difference } from "../../difference";
import { checkFailures } from "../../testing";
import { ADMIN, EksAccount, type Kind, ROLE, types } from "./testing";

const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
const anEntry = (more: Properties) => ({ clusterName: "k", principalArn: ADMIN, ...more });

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["entry", anEntry({ principalArn: "admin" }), "invalid principal"],
        ["entry", anEntry({ type: "NODE" }), "InvalidParameterException"],
        ["entry", anEntry({ kubernetesGroups: ["system:masters"] }), "cannot start with system:"],
        ["entry", anEntry({ type: "EC2_LINUX", kubernetesGroups: ["a"] }), "not allowed with type EC2_LINUX"],
        ["access", { ...anEntry({ policyArn: "arn:admin" }), accessScope: { type: "cluster" } }, "access policies"],
        ["access", { ...anEntry({ policyArn }), accessScope: { type: "namespace" } }, "at least one namespace"],
        ["pods", { clusterName: "k", namespace: "A", serviceAccount: "a", roleArn: ROLE }, "DNS label"],
        ["pods", { clusterName: "k", namespace: "a", serviceAccount: "a_b", roleArn: ROLE }, "DNS name"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

describe("in an account", () => {
    let account: EksAccount;
    beforeEach(() => {
        account = new EksAccount();
    });

    it("access is for clusters that have entries, and policies for principals that have one", () => {
        account.made("cluster", account.cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } }));
        expect(() => account.made("entry", anEntry({}))).toThrow(/InvalidRequestException.*authentication mode/);
        account.update("cluster", "k", account.cluster());
        const access = { ...anEntry({ policyArn }), accessScope: { type: "cluster" } };
        expect(() => account.made("access", access)).toThrow(/ResourceNotFoundException.*list-access-entries/);
        account.make("entry", anEntry({}));
        account.make("access", access);
        expect(() => account.made("entry", anEntry({}))).toThrow(/ResourceInUseException/);
        account.make("entry", anEntry({ principalArn: ROLE, type: "EC2_LINUX" }));
        expect(() => account.made("access", { ...access, principalArn: ROLE })).toThrow(/type STANDARD/);
    });

    it("field B6: an entry loses the groups that an empty list takes away", () => {
        account.made("cluster", account.cluster());
        const id = account.make("entry", anEntry({ kubernetesGroups: ["readers"] }));
        expect(account.update("entry", id, anEntry({ kubernetesGroups: [] })).kubernetesGroups).toEqual([]);
    });

    it("a service account has one role", () => {
        account.made("cluster", account.cluster());
        const association = { clusterName: "k", namespace: "app", serviceAccount: "backend", roleArn: ROLE };
        const id = account.make("pods", association);
        expect(() => account.made("pods", association)).toThrow(
            new RegExp(`ResourceInUseException.*already exists: ${id}`),
        );
        account.make("pods", { ...association, namespace: "other" });
    });
});

it.each<[Kind, Properties, Properties, string[]]>([["pods", { roleArn: "a" }, { roleArn: "b" }, []]])(
    "%s from %j to %j replaces %j",
    (kind, old, next, replaced) => {
        expect(difference(types[kind], old, next).replaces).toEqual(replaced);
    },
);
