import { set } from "../platform";
import { always, atFirst, type Cases, something } from "./case";

const rule = "log-group-encrypted-with-customer-key";

export const logs: Cases = {
    mutations: [
        {
            rule,
            what: "a log group without a key",
            change: set("network-flow-logs-logs-group", { kmsKeyId: undefined }),
            says: /^network-flow-logs-logs-group: kmsKeyId names no key, so an AWS managed key would be used/,
        },
    ],
    unproved: [
        {
            rule,
            what: "a key from outside the stack",
            change: set("network-flow-logs-logs-group", {
                kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/elsewhere",
            }),
            says: /kmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule,
            what: "a key not known yet",
            change: set("network-flow-logs-logs-group", { kmsKeyId: something }),
            says: /kmsKeyId is not known yet, and does not come from a KMS key/,
            modes: atFirst,
        },
    ],
};
