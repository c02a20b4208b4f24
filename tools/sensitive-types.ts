import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** Inputs by which a type keeps data (a key encrypts it, a password guards it) or opens a way in (an address, a policy, principals). */
const telling = [
    /kms(Key|Encryption)|^kms(Arn|Config)|encryption(Key|Config|AtRest|Spec)/i,
    /^publiclyAccessible$|^publicConnectivity$|^publicEndpoint$|^createPublicIp$/,
    /^(access|resource|repository)?policy(Document)?$|^accessPolicies$/i,
    /password$/i,
    /^(allowExternal)?principals?$/i,
];

/** Types that have such an input for another purpose. */
const harmless: Readonly<Record<string, string>> = {
    "aws:acm/certificateValidation:CertificateValidation": "it waits",
    "aws:bedrock/agentcoreEvaluator:AgentcoreEvaluator": "it keeps no data",
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": "the policy masks or forwards logs",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": "the policy masks data",
    "aws:cloudwatch/logIndexPolicy:LogIndexPolicy": "the policy is an index",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "the policy expires images",
    "aws:efs/backupPolicy:BackupPolicy": "the policy turns backups on",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": "the policy narrows what the role allows",
    "aws:iot/policyAttachment:PolicyAttachment": "the policy is another resource",
    "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment": "the policy is a network",
    "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy": "the policy is on retention",
    "aws:organizations/policy:Policy": "the policy denies",
    "aws:resiliencehub/resiliencyPolicy:ResiliencyPolicy": "the policy is a goal",
    "aws:ses/receiptFilter:ReceiptFilter": "the policy blocks senders",
    "aws:sns/dataProtectionPolicy:DataProtectionPolicy": "the policy masks data",
    "aws:transfer/access:Access": "the policy narrows what the role allows",
    "aws:transfer/user:User": "the policy narrows what the role allows",
};

/** The types of the installed @pulumi/aws that can hold data or open a way in, as far as the names of their inputs tell. */
export function sensitiveTypes(): { source: string; types: string[] } {
    const root = path.dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
    const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const modules = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const types = modules.flatMap((module) =>
        readdirSync(path.join(root, module.name))
            .filter((file) => file.endsWith(".js"))
            .flatMap((file) => sensitiveIn(readFileSync(path.join(root, module.name, file), "utf8"))),
    );
    return { source: `${name} ${version}`, types: [...new Set(types)].sort() };
}

function sensitiveIn(source: string): string[] {
    const type = /__pulumiType = '([^']+)'/.exec(source)?.[1];
    if (type === undefined || type in harmless) return [];
    const inputs = [...source.matchAll(/resourceInputs\["(\w+)"\] = args/g)].map(([, input]) => input ?? "");
    return inputs.some((input) => telling.some((pattern) => pattern.test(input))) ? [type] : [];
}

/** The text of policy/data/sensitive-types.json. */
export const sensitiveTypesText = (): string => `${JSON.stringify(sensitiveTypes(), null, 4)}\n`;
