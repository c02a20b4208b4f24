import { types } from "../../graph/types";
import { adding, set, statement } from "../platform";
import { ref } from "../stack";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

/** The program creates no repository policies: only its own account uses the repositories. */
const withPolicy = (policy: unknown) =>
    adding({
        type: types.repositoryPolicy,
        name: "backend-policy",
        props: { repository: ref("registry-backend", "name"), policy },
    });

export const registries: Cases = {
    mutations: [
        {
            rule: "repository-encrypted-with-customer-key",
            what: "ECR's default encryption",
            change: set("registry-backend", { encryptionConfigurations: undefined }),
            says: /^registry-backend: encryptionConfigurations is not set/,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "encryption without KMS",
            change: set("registry-backend", { encryptionConfigurations: [{ encryptionType: "AES256" }] }),
            says: /encryptionType is not KMS/,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "no key",
            change: set("registry-backend", { encryptionConfigurations: [{ encryptionType: "KMS" }] }),
            says: /encryptionConfigurations names no key/,
        },
        {
            rule: "repository-tags-immutable",
            what: "mutable tags",
            change: set("registry-backend", { imageTagMutability: "MUTABLE" }),
            says: /imageTagMutability is not IMMUTABLE/,
        },
        {
            rule: "repository-images-scanned",
            what: "no scan",
            change: set("registry-backend", { imageScanningConfiguration: undefined }),
            says: /scanOnPush is not true/,
        },
        {
            rule: "repository-policy-not-public",
            what: "a public permission",
            change: withPolicy(statement(anyone)),
            says: publicPolicy,
        },
    ],
    unproved: [
        {
            rule: "repository-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: set("registry-backend", {
                encryptionConfigurations: [
                    { encryptionType: "KMS", kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/0" },
                ],
            }),
            says: /encryptionConfigurations names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "repository-encrypted-with-customer-key",
            what: "an encryption type not known yet",
            change: set("registry-backend", {
                encryptionConfigurations: [
                    { encryptionType: something, kmsKey: ref("registry-encryption-key", "arn") },
                ],
            }),
            says: /encryptionType is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-tags-immutable",
            what: "mutability not known yet",
            change: set("registry-backend", { imageTagMutability: something }),
            says: /imageTagMutability is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-images-scanned",
            what: "a scan not known yet",
            change: set("registry-backend", { imageScanningConfiguration: { scanOnPush: something } }),
            says: /imageScanningConfiguration is not known yet/,
            modes: atFirst,
        },
        {
            rule: "repository-policy-not-public",
            what: "a policy not known yet",
            postponed: true,
            change: withPolicy(something),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
    ],
};
