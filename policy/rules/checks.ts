import { type Document, parseDocument, publicStatements, unboundServices } from "../graph/document";
import type { View } from "../graph/graph";
import { elements, field, type Reading, text } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule, TrustedIds } from "../rule";
import { all, deferred, satisfied, through, unknown, type Verdict, violated } from "../verdict";

/** The input must be set and true. */
export function mustBeTrue(view: View, key: string): Verdict {
    const reading = view.read(key);
    if (reading.is === "unknown") return unknown(`${key} is not known yet`);
    if (text(reading) === "true") return satisfied;
    return violated(reading.is === "absent" ? `${key} is not set` : `${key} is false`);
}

/** The input must be false or not set. */
export function mustNotBeTrue(view: View, key: string): Verdict {
    return mustNotBe(view.read(key), key, ["true"]);
}

/** The value must be none of `values`, or not set; `what` is its name in messages. */
export function mustNotBe(reading: Reading, what: string, values: readonly string[]): Verdict {
    if (reading.is === "unknown") return unknown(`${what} is not known yet`);
    const value = text(reading);
    return value !== undefined && values.includes(value) ? violated(`${what} is ${value}`) : satisfied;
}

/** The value must be `wanted`; `what` is its name in messages. */
export function mustEqual(reading: Reading, what: string, wanted: string): Verdict {
    if (reading.is === "unknown") return unknown(`${what} is not known yet`);
    return text(reading) === wanted ? satisfied : violated(`${what} is not ${wanted}`);
}

/** The input must name a KMS key, whoever manages it: a known one, or one of the stack that is not known yet. */
export function mustNameKey(view: View, key: string): Verdict {
    const reading = view.read(key);
    if (reading.is === "absent") return violated(`${key} is not set`);
    const isNamed = reading.is === "known" || view.follow(key, [types.key, types.keyAlias]).length > 0;
    return isNamed ? satisfied : unknown(`${key} is not known yet`);
}

/** KMS keys of other stacks or accounts. */
export const trustedKeys: TrustedIds = {
    key: "customerKeyArns",
    meaning: "a customer managed KMS key outside the stack, written as in the input, that is rotated and not public",
    // The engine checks it with Go's regular expressions, which have no lookahead.
    pattern: "^(arn:|alias/([^a]|a[^w]|aw[^s]|aws[^/])|mrk-|[0-9a-f]{8}-)",
};

/** The input must name a customer managed key: one of the stack, itself or by its alias, or a trusted one. */
export function mustNameCustomerKey(view: View, key: string, trusted: ReadonlySet<string>): Verdict {
    return judgeKey(view.read(key), view, key, trusted);
}

/** The same for the `kmsKeyId` of each element of the list input `key`, which may be left out. */
export function copiesMustNameCustomerKey(view: View, key: string, trusted: ReadonlySet<string>): Verdict {
    const reading = view.read(key);
    if (reading.is === "unknown") return unknown(`${key} is not known yet`);
    return all((elements(reading) ?? []).map((copy) => judgeKey(field(copy, "kmsKeyId"), view, key, trusted)));
}

/** `input` contains `reading`: the engine reports edges per whole input. */
export function judgeKey(
    reading: Reading,
    view: View,
    input: string,
    trusted: ReadonlySet<string>,
    wanted: readonly string[] = keyTypes,
): Verdict {
    if (reading.is === "absent") return violated(`${input} names no key, so an AWS managed key would be used`);
    const value = text(reading);
    // The aliases of AWS managed keys. A known value counts more than an edge to a key.
    if (value !== undefined && /(^|:)alias\/aws\//.test(value)) return violated(`${input} names an AWS managed key`);
    if (value !== undefined && trusted.has(value)) return satisfied;

    const named = value === undefined ? view.follow(input) : view.named(reading, wanted, input);
    if (named.length > 0 && named.every(({ type }) => wanted.includes(type)))
        return all(named.map((key) => judgeNamedKey(key, trusted)));
    return unknown(
        reading.is === "known"
            ? `${input} names a key that is not a resource of this stack`
            : `${input} is not known yet, and does not come from a KMS key of this stack alone`,
    );
}

/** The provider can create customer managed keys only. */
const customerKeyTypes: readonly string[] = [types.key, types.replicaKey, types.externalKey];
const keyTypes = [...customerKeyTypes, types.keyAlias];

function judgeNamedKey(view: View, trusted: ReadonlySet<string>): Verdict {
    if (customerKeyTypes.includes(view.type)) return satisfied;
    return through(view.name, judgeKey(view.read("targetKeyId"), view, "targetKeyId", trusted, customerKeyTypes));
}

/** The policy document in `key` must not allow public access. Without a document nobody has access. */
export function mustNotBePublic(view: View, key = "policy"): Verdict {
    const document = parseDocument(view.read(key));
    if (document.is !== "known") return document.is === "absent" ? satisfied : unreadable(document, view, key);
    return all(
        publicStatements(document.statements).map((statement) =>
            violated(`statement ${statement} of its policy allows public access`),
        ),
    );
}

/** The same, and no service may act for any account. */
export function mustNotBePublicThroughServices(view: View): Verdict {
    const document = parseDocument(view.read("policy"));
    const services = document.is === "known" ? unboundServices(document.statements) : [];
    return all([
        mustNotBePublic(view),
        ...services.map(({ statement, service }) =>
            violated(`statement ${statement} of its policy allows ${service} to act for any account`),
        ),
    ]);
}

/** The verdict on a policy document in `key` whose statements cannot be read, by a rule with `document`. */
export function unreadable(document: Exclude<Document, { is: "known" }>, view: View, key: string): Verdict {
    if (document.is !== "unknown") return unknown("its policy is not a valid policy document");
    const reason = "its policy is not known yet";
    return view.comesFromStack(key) ? deferred(reason) : unknown(reason);
}

/** A rule that judges each policy document by itself, with nothing but the inputs of its resource. */
export const onDocuments = (rule: Rule): Rule => ({ ...rule, judgesDocuments: true });

/** Security groups of other stacks. */
export const trustedSecurityGroups: TrustedIds = {
    key: "securityGroupIds",
    meaning: "a security group outside the stack that does not admit the internet",
    pattern: "^sg-[0-9a-f]+$",
};

/** The input must name security groups of the stack, whose rules other rules of the pack judge, or trusted ones. */
export function mustNameSecurityGroups(view: View, key: string, trusted: ReadonlySet<string>): Verdict {
    const reference = {
        key,
        types: [types.securityGroup, types.defaultSecurityGroup],
        what: "security groups",
        trusted,
        whenAbsent: violated(`${key} is not set, so the VPC's default security group would be used`),
    };
    return judgeReferences(view, reference, (group) =>
        group.type === types.defaultSecurityGroup ? violated("the VPC's default security group") : satisfied,
    );
}
