import { describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { difference } from "../../difference";
import { checkFailures } from "../../testing";

const types = {
    repository: "aws:ecr/repository:Repository",
    cache: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    lifecycle: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
};
type Kind = keyof typeof types;

const images = (rule: Properties, ...others: Properties[]) => ({
    repository: "r",
    policy: { rules: [{ rulePriority: 1, action: { type: "expire" }, ...rule }, ...others] },
});
const untagged = { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 };

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["repository", { name: "Backend" }, "InvalidParameterException"],
        ["repository", { name: "a", imageTagMutability: "NEVER" }, "InvalidParameterException"],
        ["repository", { name: "ab", encryptionConfigurations: [{ kmsKey: "k" }] }, "AES256 takes no kmsKey"],
        ["lifecycle", { repository: "r", policy: "{}" }, "it has no rules"],
        ["lifecycle", images({ selection: untagged }, { rulePriority: 1, selection: untagged }), "unique"],
        ["lifecycle", images({ selection: { ...untagged, tagStatus: "all" } }), "tagStatus"],
        ["lifecycle", images({ selection: { ...untagged, tagStatus: "tagged" } }), "lists prefixes"],
        ["lifecycle", images({ selection: { ...untagged, countType: "age" } }), "countType"],
        ["lifecycle", images({ selection: { ...untagged, countNumber: 0 } }), "countNumber"],
        ["lifecycle", images({ selection: untagged, action: { type: "keep" } }), "the action is expire"],
        ["cache", { ecrRepositoryPrefix: "A", upstreamRegistryUrl: "quay.io" }, "InvalidParameterException"],
        ["cache", { ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "example.com" }, "UnsupportedUpstreamRegistry"],
        ["cache", { ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "registry-1.docker.io" }, "ecr-pullthroughcache/"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

it.each<[Kind, Properties, Properties, string[]]>([
    ["repository", {}, { encryptionConfigurations: [{ encryptionType: "KMS" }] }, ["encryptionConfigurations"]],
    ["lifecycle", { policy: "a" }, { policy: "b" }, ["policy"]],
])("%s from %j to %j replaces %j", (kind, old, next, replaced) => {
    expect(difference(types[kind], old, next).replaces).toEqual(replaced);
});
