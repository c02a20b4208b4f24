import { hasCredentials, isSecretName } from "../../../components/secret-names";
import { field, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { satisfied, unknown, type Verdict, violated } from "../../verdict";
import { aws, customerKey } from "../inputs";
import { secretIn } from "../literal-secrets";

const parameter = aws("ssm/parameter");
const document = aws("ssm/document");

const parameterSecure: Rule = {
    id: "parameter-secret-secure",
    title: "Parameters that hold secrets are of the type SecureString",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_384"] },
    remedy: 'Set type: "SecureString".',
    judges: "inputs",
    appliesTo: [parameter],
    judge: (view): Verdict => {
        const type = view.read("type");
        if (text(type) === "SecureString") return satisfied;
        const name = text(view.read("name")) ?? view.name;
        const value = text(view.read("value")) ?? text(view.read("insecureValue")) ?? "";
        // The name of a parameter is a path, whose last part says what it is; a value may say where the secret is.
        const isSecret = isSecretName(name.split("/").pop() ?? "") && !/^(arn:|\/)/.test(value);
        if (!isSecret && !hasCredentials(value) && !secretIn(value)) return satisfied;
        if (type.is === "unknown") return unknown("type is not known yet");
        return violated(
            `type is ${text(type) ?? "not set"}, and it holds a secret by its ${isSecret ? "name" : "value"}`,
        );
    },
};

const documentPrivate: Rule = {
    id: "document-not-public",
    title: "Documents of Systems Manager are not shared with everyone",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["SSM.4"], checkov: ["CKV_AWS_303"] },
    remedy: 'Name accounts in permissions.accountIds instead of "All".',
    judges: "inputs",
    appliesTo: [document],
    judge: (view) => {
        const accounts = field(view.read("permissions"), "accountIds");
        if (accounts.is === "unknown") return unknown("permissions is not known yet");
        return /^all$/i.test(text(accounts) ?? "") ? violated("everybody may use it") : satisfied;
    },
};

const secureKey = customerKey({
    id: "parameter-encrypted-with-customer-key",
    of: "Secret parameters",
    types: [parameter],
    input: "keyId",
    controls: { checkov: ["CKV_AWS_337"] },
});

const parameterKey: Rule = {
    ...secureKey,
    judge: (view, trusted) => (text(view.read("type")) === "SecureString" ? secureKey.judge(view, trusted) : satisfied),
};

export const ssmRules: readonly Rule[] = [parameterSecure, parameterKey, documentPrivate];
