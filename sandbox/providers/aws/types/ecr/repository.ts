import { isObject, revealDeep } from "../../../../rpc/values";
import { type Inputs, isJson, type Rejection, type ResourceType } from "../../resource-type";
import { KEY } from "../kms/key";

const REPOSITORY = "aws:ecr/repository:Repository";
const INVALID = "InvalidParameterException";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
const UPSTREAMS =
    /^(public\.ecr\.aws|registry\.k8s\.io|quay\.io|registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|[\w.-]+\.azurecr\.io|cgr\.dev|\d{12}\.dkr\.ecr\.[\w.-]+)$/;
const WITH_CREDENTIALS = /^(registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|[\w.-]+\.azurecr\.io|cgr\.dev)$/;

/** The lifecycle policy, from an object or from JSON text; undefined where it is neither. */
function policyOf(inputs: Inputs): Record<string, unknown> | undefined {
    const value = revealDeep(inputs.properties.policy);
    if (isObject(value)) return value;
    const text = inputs.text("policy");
    return isJson(text) ? (JSON.parse(text) as Record<string, unknown>) : undefined;
}

interface Rule {
    rulePriority?: number;
    selection?: {
        tagStatus?: string;
        tagPrefixList?: string[];
        tagPatternList?: string[];
        countType?: string;
        countNumber?: number;
    };
    action?: { type?: string };
}

/** What is wrong with a lifecycle policy. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function faultOf(inputs: Inputs): string | undefined {
    const rules = policyOf(inputs)?.rules as Rule[] | undefined;
    if (!Array.isArray(rules) || rules.length === 0) return "it has no rules";
    const priorities = rules.map(({ rulePriority }) => rulePriority ?? 0);
    if (priorities.some((priority) => priority < 1) || new Set(priorities).size < rules.length)
        return "rule priorities are unique and at least 1";
    for (const { rulePriority, selection, action } of rules) {
        const { tagStatus = "", tagPrefixList, tagPatternList, countType = "", countNumber = 0 } = selection ?? {};
        if (!["tagged", "untagged", "any"].includes(tagStatus)) return "tagStatus is tagged, untagged or any";
        if (tagStatus === "tagged" && !tagPrefixList?.length && !tagPatternList?.length)
            return "a rule on tagged images lists prefixes or patterns";
        if (tagStatus === "any" && rulePriority !== Math.max(...priorities))
            return "the rule on any image has the highest priority number";
        if (!["imageCountMoreThan", "sinceImagePushed"].includes(countType))
            return "countType is imageCountMoreThan or sinceImagePushed";
        if (countNumber < 1) return "countNumber is at least 1";
        if (action?.type !== "expire") return "the action is expire";
    }
    return undefined;
}

const rejects: Rejection<Inputs>[] = [
    {
        code: INVALID,
        at: "encryptionConfigurations",
        when: (inputs) =>
            inputs
                .blocks("encryptionConfigurations")
                .some((one) => (one.text("encryptionType") || "AES256") === "AES256" && one.has("kmsKey")),
        say: () => "encryptionType AES256 takes no kmsKey",
    },
];

export const ecr: Record<string, ResourceType> = {
    [REPOSITORY]: {
        id: ({ inputs }) => inputs.text("name"),
        name: "name",
        exists: "RepositoryAlreadyExistsException",
        outputs: ({ id, region, accountId, partition, dnsSuffix }) => ({
            arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${id}`,
            registryId: accountId,
            repositoryUrl: `${accountId}.dkr.ecr.${region}.${dnsSuffix}/${id}`,
        }),
        refersTo: { "encryptionConfigurations.kmsKey": { type: KEY, weak: true } },
        rejects,
        notFound: "RepositoryNotFoundException",
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        id: ({ inputs }) => inputs.text("repository"),
        outputs: ({ accountId }) => ({ registryId: accountId }),
        refersTo: { repository: { type: REPOSITORY, weak: true } },
        rejects: [
            {
                code: INVALID,
                at: "policy",
                when: (inputs) => inputs.has("policy") && faultOf(inputs) !== undefined,
                say: (inputs) =>
                    `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: ${faultOf(inputs)}`,
            },
        ],
    },
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": {
        id: ({ inputs }) => inputs.text("ecrRepositoryPrefix"),
        outputs: ({ accountId }) => ({ registryId: accountId }),
        name: "ecrRepositoryPrefix",
        exists: "PullThroughCacheRuleAlreadyExistsException",
        rejects: [
            {
                code: "UnsupportedUpstreamRegistryException",
                at: "upstreamRegistryUrl",
                when: (inputs) => !UPSTREAMS.test(inputs.text("upstreamRegistryUrl")),
                say: () => "ECR has no pull through cache for this registry",
            },
            {
                code: INVALID,
                at: "credentialArn",
                when: (inputs) =>
                    WITH_CREDENTIALS.test(inputs.text("upstreamRegistryUrl")) &&
                    !/:secret:ecr-pullthroughcache\//.test(inputs.text("credentialArn")),
                say: () => "the registry asks for a secret whose name begins with ecr-pullthroughcache/",
            },
        ],
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": {
        id: ({ inputs }) => inputs.text("repository"),
        outputs: ({ accountId }) => ({ registryId: accountId }),
        refersTo: { repository: { type: REPOSITORY, weak: true } },
        rejects: [
            {
                code: INVALID,
                at: "policy",
                when: (inputs) => inputs.has("policy") && policyOf(inputs) === undefined,
                say: () =>
                    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
            },
        ],
    },
};
