import { types } from "../../graph/types";
import { adding, set, statement, statements } from "../platform";
import { ref } from "../stack";
import { anyone, atFirst, type Cases, publicPolicy, something } from "./case";

export const keys: Cases = {
    mutations: [
        {
            rule: "key-rotated",
            what: "no rotation",
            change: set("cache-encryption-key", { enableKeyRotation: undefined }),
            says: /^cache-encryption-key: enableKeyRotation is not set/,
        },
        {
            rule: "key-rotated",
            what: "no rotation of an explicitly symmetric key",
            change: set("cache-encryption-key", {
                customerMasterKeySpec: "SYMMETRIC_DEFAULT",
                enableKeyRotation: false,
            }),
            says: /^cache-encryption-key: enableKeyRotation is false/,
        },
        {
            rule: "key-enabled",
            what: "a disabled key",
            change: set("cache-encryption-key", { isEnabled: false }),
            says: /^cache-encryption-key: isEnabled is false/,
        },
        {
            rule: "key-policy-not-public",
            what: "a public permission",
            change: statements("cache-encryption-key", (...own) => [...own, anyone]),
            says: publicPolicy,
        },
        {
            rule: "key-policy-not-public",
            what: "a public permission in a separate key policy",
            change: adding({
                type: types.keyPolicy,
                name: "cache-key-policy",
                props: {
                    keyId: ref("cache-encryption-key"),
                    policy: statement({ ...anyone, Principal: undefined, NotPrincipal: {} }),
                },
            }),
            says: /^cache-key-policy: statement "Anyone"/,
        },
    ],
    unproved: [
        {
            rule: "key-rotated",
            what: "a flag not known yet",
            change: set("cache-encryption-key", { enableKeyRotation: something }),
            says: /enableKeyRotation is not known yet/,
            modes: atFirst,
        },
        {
            rule: "key-enabled",
            what: "a flag not known yet",
            change: set("cache-encryption-key", { isEnabled: something }),
            says: /isEnabled is not known yet/,
            modes: atFirst,
        },
        {
            rule: "key-policy-not-public",
            what: "a policy not known yet",
            postponed: true,
            change: set("cache-encryption-key", { policy: something }),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
        {
            rule: "key-policy-not-public",
            what: "a principal not known yet in a policy given as an object",
            postponed: true,
            change: set("cache-encryption-key", {
                policy: {
                    Statement: [{ Effect: "Allow", Principal: { AWS: something }, Action: "kms:*", Resource: "*" }],
                },
            }),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
    ],
};
