import { hasCredentials, isSecretName } from "../../components/secret-names";
import type { View } from "../graph/graph";
import { type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import { satisfied, unknown, type Verdict, violated } from "../verdict";

/* Secrets that a program writes where everybody can read them who may look at the resource. */

/** Types that have a secret among their outputs, and which outputs. */
const secretOutputs: Readonly<Record<string, readonly string[]>> = {
    [types.randomPassword]: ["result"],
    "random:index/randomBytes:RandomBytes": ["base64", "hex"],
    "tls:index/privateKey:PrivateKey": ["privateKeyPem", "privateKeyOpenssh"],
    [types.secretVersion]: ["secretString"],
    "aws:iam/accessKey:AccessKey": ["secret"],
};

/** The resources that an input comes from and that have a secret. */
const secretsOf = (view: View, input: string) => view.follow(input, Object.keys(secretOutputs));

/** Whether a value contains a secret of `source`. */
const contains = (value: string, source: View) =>
    (secretOutputs[source.type] ?? []).some((output) => value.includes(text(source.read(output)) ?? "\0"));

/** A value that says where the secret is, or which variable has it. */
const reference = /^(arn:|\$|<|\{\{|%|ssm:|s3:\/\/|projects\/)/;

/** Forms that are secret by themselves: keys of AWS, of GitHub, of Slack, and private keys. */
const secretForms: readonly (readonly [RegExp, string])[] = [
    [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an access key of AWS"],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
    [/\b(ghp|gho|ghs|github_pat)_[0-9A-Za-z_]{20,}/, "a token of GitHub"],
    [/\bxox[abp]-[0-9A-Za-z-]{10,}/, "a token of Slack"],
];

/** What kind of secret a value is by its form; undefined for none. */
const formOf = (value: string): string | undefined => secretForms.find(([form]) => form.test(value))?.[1];

/** What a script contains that is a secret, in words that do not repeat it. */
export function secretIn(script: string): string | undefined {
    const form = formOf(script);
    if (form) return form;
    for (const [, name = "", value = ""] of script.matchAll(/\b([A-Za-z][\w.-]*)["']?\s*[=:]\s*["']?([^\s"';&|]+)/g)) {
        if (isSecretName(name) && !reference.test(value) && !/^(`|true$|false$|null$)/i.test(value)) {
            return `a value for ${name}`;
        }
    }
    return script.split(/[\s"']+/).some(hasCredentials) ? "a URL with a password" : undefined;
}

/** Judges a variable of a resource, part of `input`, which anybody reads in plain text who may describe the resource. */
export function judgePlainVariable(view: View, input: string, name: string, value: Reading): Verdict {
    if (value.is === "absent") return satisfied;
    if (value.is === "unknown") {
        const sources = view.follow(input);
        const [secret] = secretsOf(view, input);
        if (!secret)
            return isSecretName(name) && sources.length === 0 ? unknown(`${name} is not known yet`) : satisfied;
        if (isSecretName(name)) return violated(`${name} comes from the secret ${secret.name}`);
        // The value may come from one of the other sources.
        return sources.length > 1
            ? unknown(`${name} may come from the secret ${secret.name}`)
            : violated(`${name} comes from the secret ${secret.name}`);
    }
    const given = text(value) ?? "";
    const source = secretsOf(view, input).find((one) => contains(given, one));
    if (source) return violated(`${name} comes from the secret ${source.name}`);
    const form = formOf(given);
    if (form) return violated(`${name} is ${form}`);
    if (hasCredentials(given)) return violated(`${name} is a URL with a password`);
    return isSecretName(name) && !reference.test(given) ? violated(`${name} has a literal value`) : satisfied;
}
