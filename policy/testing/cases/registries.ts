import { set, statement } from "../platform";
import { ref } from "../stack";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

export const registries: Cases = {
    mutations: [
        {
            rule: "repository-encrypted-with-customer-key",
            what: "encryption that is left to ECR",
            change: set("backend", { encryptionConfigurations: undefined }),
            says: /^backend: encryptionConfigurations is not set/,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "encryption without KMS",
            change: set("backend", { encryptionConfigurations: [{ encryptionType: "AES256" }] }),
            says: /encryptionType is not KMS/,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "no key",
            change: set("backend", { encryptionConfigurations: [{ encryptionType: "KMS" }] }),
            says: /encryptionConfigurations names no key/,
        },
        {
            rule: "repository-tags-immutable",
            what: "tags that move",
            change: set("backend", { imageTagMutability: "MUTABLE" }),
            says: /imageTagMutability is not IMMUTABLE/,
        },
        {
            rule: "repository-images-scanned",
            what: "no scan",
            change: set("backend", { imageScanningConfiguration: undefined }),
            says: /scanOnPush is not true/,
        },
        {
            rule: "repository-policy-not-public",
            what: "an allowance for everyone",
            change: set("backend-policy", { policy: statement(anyone) }),
            says: publicPolicy,
        },
    ],
    doubts: [
        {
            rule: "repository-encrypted-with-customer-key",
            what: "a literal key, which may be AWS's own",
            change: set("backend", {
                encryptionConfigurations: [
                    { encryptionType: "KMS", kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/0" },
                ],
            }),
            says: /encryptionConfigurations names a key that is no resource of this stack/,
            modes: always,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "a kind of encryption not known yet",
            change: set("backend", {
                encryptionConfigurations: [{ encryptionType: something, kmsKey: ref("registry-key", "arn") }],
            }),
            says: /encryptionType is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-tags-immutable",
            what: "mutability not known yet",
            change: set("backend", { imageTagMutability: something }),
            says: /imageTagMutability is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-images-scanned",
            what: "a scan not known yet",
            change: set("backend", { imageScanningConfiguration: { scanOnPush: something } }),
            says: /imageScanningConfiguration is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-policy-not-public",
            what: "a policy not known yet",
            change: set("backend-policy", { policy: something }),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
    ],
};
