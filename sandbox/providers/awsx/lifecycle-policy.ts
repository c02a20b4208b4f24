import type { LifecyclePolicyDocument, PolicyRule } from "@pulumi/aws/ecr";

/** A lifecycle rule in the form of awsx. */
export interface LifecycleRule {
    description?: string;
    /** The images that the rule selects. */
    tagStatus: string;
    tagPrefixList?: string[];
    maximumNumberOfImages?: number;
    /** In days. */
    maximumAgeLimit?: number;
}

/** The default rule: of the images without a tag, the newest one is kept. */
const WITHOUT_RULES: LifecycleRule[] = [
    { description: "remove untagged images", tagStatus: "untagged", maximumNumberOfImages: 1 },
];

/** The rules in the form of ECR, in their order, with the rule for any image last, as ECR requires. */
export function lifecyclePolicyOf(rules: LifecycleRule[] = WITHOUT_RULES): LifecyclePolicyDocument {
    const any = rules.filter(({ tagStatus }) => tagStatus === "any");
    if (any.length > 1) throw new Error("At most one rule can be on any image.");
    const ordered = [...rules.filter(({ tagStatus }) => tagStatus !== "any"), ...any];
    return { rules: ordered.map((rule, index) => converted(rule, index + 1)) };
}

function converted(rule: LifecycleRule, rulePriority: number): PolicyRule {
    return {
        rulePriority,
        description: rule.description,
        selection: { ...tagsOf(rule), ...countOf(rule) } as PolicyRule["selection"],
        action: { type: "expire" },
    };
}

function tagsOf({ tagStatus, tagPrefixList = [] }: LifecycleRule): object {
    if (tagStatus === "any" || tagStatus === "untagged") return { tagStatus };
    if (tagPrefixList.length === 0) throw new Error("tagPrefixList cannot be empty.");
    return { tagStatus: "tagged", tagPrefixList };
}

function countOf({ maximumNumberOfImages, maximumAgeLimit }: LifecycleRule): object {
    if (maximumNumberOfImages !== undefined)
        return { countType: "imageCountMoreThan", countNumber: maximumNumberOfImages };
    if (maximumAgeLimit !== undefined)
        return { countType: "sinceImagePushed", countNumber: maximumAgeLimit, countUnit: "days" };
    throw new Error("Either maximumNumberOfImages or maximumAgeLimit must be provided with a rule.");
}
