import { elements, field, type Reading } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, violated } from "../verdict";
import { mustBeTrue } from "./checks";

const databaseProxyForcesTls: Rule = {
    id: "database-proxy-forces-tls",
    title: "Database proxies refuse connections without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set requireTls: true.",
    appliesTo: [types.databaseProxy],
    judge: (proxy) => mustBeTrue(proxy, "requireTls"),
};

/** The secrets of the stack, and those that RDS keeps for a database of the stack: other rules prove how they are encrypted. */
const keepers = [types.secret, types.databaseInstance, types.databaseCluster];

const databaseProxySecretsOfStack: Rule = {
    id: "database-proxy-secrets-of-stack",
    title: "Database proxies use secrets of the stack, whose encryption other rules check",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy:
        "Set secretArn of each entry of auths to the arn of an aws.secretsmanager.Secret of the stack, or of the secret that RDS " +
        "manages for a database of the stack.",
    appliesTo: [types.databaseProxy],
    judge: (proxy) => {
        const entries = elements(proxy.read("auths")) ?? [];
        const without = entries.filter((entry) => field(entry, "secretArn").is === "absent");
        const secrets = {
            key: "auths",
            within: secretArns,
            types: keepers,
            what: "secrets",
            // It logs in with tokens of IAM's then.
            whenAbsent: satisfied,
        };
        return all([
            ...without.map(() => violated("an entry of auths names no secret")),
            judgeReferences(proxy, secrets, () => satisfied),
        ]);
    },
};

/** What `auths` names, where it can be told. */
function secretArns(auths: Reading): Reading {
    const entries = elements(auths);
    if (!entries) return auths;
    const values = entries.map((entry) => field(entry, "secretArn")).filter(({ is }) => is !== "absent");
    // Those that are not known yet count as well: each comes from a resource, which an edge names.
    return { is: "known", value: values.map((value) => (value.is === "known" ? value.value : {})) };
}

export const proxyRules: readonly Rule[] = [databaseProxyForcesTls, databaseProxySecretsOfStack];
