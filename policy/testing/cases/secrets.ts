import { set, statement } from "../platform";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

export const secrets: Cases = {
    mutations: [
        {
            rule: "secret-encrypted-with-customer-key",
            what: "no key",
            change: set("database-master-credentials-secret", { kmsKeyId: undefined }),
            says: /^database-master-credentials-secret: kmsKeyId names no key/,
        },
        {
            rule: "secret-encrypted-with-customer-key",
            what: "a replica without a key",
            change: set("database-master-credentials-secret", { replicas: [{ region: "eu-central-1" }] }),
            says: /replicas names no key/,
        },
        {
            rule: "secret-policy-not-public",
            what: "a public permission",
            change: set("database-master-credentials-secret", { policy: statement(anyone) }),
            says: publicPolicy,
        },
    ],
    unproved: [
        {
            rule: "secret-encrypted-with-customer-key",
            what: "replicas not known yet",
            change: set("database-master-credentials-secret", { replicas: something }),
            says: /replicas is not known yet/,
            modes: atFirst,
        },
        {
            rule: "secret-encrypted-with-customer-key",
            what: "a replica's key in another account",
            change: set("database-master-credentials-secret", {
                replicas: [{ region: "eu-central-1", kmsKeyId: "arn:aws:kms:0" }],
            }),
            says: /replicas names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "secret-policy-not-public",
            what: "a policy not known yet",
            postponed: true,
            change: set("database-master-credentials-secret", { policy: something }),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
    ],
};
