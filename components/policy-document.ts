import * as pulumi from "@pulumi/pulumi";

/** One statement of a policy of IAM's language. */
export interface PolicyStatement {
    Sid: string;
    Effect: "Allow" | "Deny";
    Principal?: "*" | Record<string, pulumi.Input<string> | pulumi.Input<string>[]>;
    Action: string | string[];
    /** Left out in a role's trust policy, which applies to the role itself. */
    Resource?: pulumi.Input<string> | pulumi.Input<string>[];
    Condition?: Record<string, Record<string, pulumi.Input<string> | pulumi.Input<string>[]>>;
}

/** A statement that denies everyone an action on a resource without TLS. */
export function denyWithoutTls({
    Sid,
    Action,
    Resource,
}: Pick<PolicyStatement, "Sid" | "Action" | "Resource">): PolicyStatement {
    const Condition = { Bool: { "aws:SecureTransport": "false" } };
    return { Sid, Effect: "Deny", Principal: "*", Action, Resource, Condition };
}

/** The JSON of a policy of IAM's language. */
export function policyDocument(...statements: PolicyStatement[]): pulumi.Output<string> {
    return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}
