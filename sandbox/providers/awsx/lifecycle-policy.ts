import type { LifecyclePolicyDocument, PolicyRule } from "@pulumi/aws/ecr";

/** A rule as awsx takes it. */
export interface LifecycleRule {
    description?: string;
    /** Which images it is about. */
    tagStatus: string;
    tagPrefixList?: string[];
    maximumNumberOfImages?: number;
    /** In days. */
    maximumAgeLimit?: number;
}

/** Of images without a tag, the last one stays. */
const WITHOUT_RULES: LifecycleRule[] = [
    { description: "remove untagged images", tagStatus: "untagged", maximumNumberOfImages: 1 },
];

/** The rules as ECR takes them: in their order, the one on any image last, as ECR asks. */
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
