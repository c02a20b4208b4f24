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

/** Secrets of the stack, and those that RDS manages for its databases: other rules check their encryption. */
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
            // Then it uses IAM authentication.
            whenAbsent: satisfied,
        };
        return all([
            ...without.map(() => violated("an entry of auths names no secret")),
            judgeReferences(proxy, secrets, () => satisfied),
        ]);
    },
};

/** The secrets that `auths` names, when they can be counted. */
function secretArns(auths: Reading): Reading {
    const entries = elements(auths);
    if (!entries) return auths;
    const values = entries.map((entry) => field(entry, "secretArn")).filter(({ is }) => is !== "absent");
    // Unknown ones count too: each comes from a resource, to which there is an edge.
    return { is: "known", value: values.map((value) => (value.is === "known" ? value.value : {})) };
}

export const proxyRules: readonly Rule[] = [databaseProxyForcesTls, databaseProxySecretsOfStack];
