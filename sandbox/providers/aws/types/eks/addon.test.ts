import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures } from "../../testing";
import { EksAccount, type Kind, types } from "./testing";

const anAddon = (more: Properties) => ({ clusterName: "k", addonName: "vpc-cni", ...more });

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["addon", anAddon({ addonName: "istio" }), "Addon istio specified is not supported"],
        ["addon", anAddon({ addonVersion: "1.21" }), "Addon version specified is not supported"],
        ["addon", anAddon({ resolveConflictsOnCreate: "PRESERVE" }), "InvalidParameterException"],
        ["addon", anAddon({ resolveConflictsOnUpdate: "KEEP" }), "InvalidParameterException"],
        ["addon", anAddon({ configurationValues: "{" }), "not valid JSON"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

describe("in an account", () => {
    let account: EksAccount;
    beforeEach(() => {
        account = new EksAccount();
    });

    it("an add-on is there once, in a release for the cluster's version", () => {
        account.made("cluster", account.cluster());
        const kubeProxy = (addonVersion: string) => ({ clusterName: "k", addonName: "kube-proxy", addonVersion });
        expect(() => account.made("addon", kubeProxy("v1.35.0-eksbuild.2"))).toThrow(
            /Addon version specified is not supported/,
        );
        expect(account.make("addon", kubeProxy("v1.34.0-eksbuild.2"))).toBe("k:kube-proxy");
        expect(() => account.made("addon", kubeProxy("v1.34.0-eksbuild.2"))).toThrow(
            /ResourceInUseException.*already exists/,
        );
        expect(() => account.update("addon", "k:kube-proxy", kubeProxy("v1.35.0-eksbuild.2"))).toThrow(/not supported/);
        expect(account.made("addon", { clusterName: "k", addonName: "coredns" }).outputs.addonVersion).toMatch(
            /^v1\.12\./,
        );
        expect(() => account.made("addon", { clusterName: "other", addonName: "coredns" })).toThrow(
            /ResourceNotFoundException/,
        );
    });
});
