import { describe, expect, it } from "vitest";
import { lifecyclePolicyOf } from "./lifecycle-policy";

describe("a repository's lifecycle policy", () => {
    it("has the rules in their order, the one on any image last", () => {
        const { rules } = lifecyclePolicyOf([
            { description: "keep 10", tagStatus: "any", maximumNumberOfImages: 10 },
            { tagStatus: "tagged", tagPrefixList: ["pr-"], maximumAgeLimit: 14 },
        ]);
        const expire = { type: "expire" };
        expect(rules).toEqual([
            {
                ...{ rulePriority: 1, description: undefined, action: expire },
                selection: {
                    ...{ tagStatus: "tagged", tagPrefixList: ["pr-"] },
                    ...{ countType: "sinceImagePushed", countNumber: 14, countUnit: "days" },
                },
            },
            {
                ...{ rulePriority: 2, description: "keep 10", action: expire },
                selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
            },
        ]);
    });

    it("keeps one untagged image where no rules are given", () => {
        const selection = { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 };
        expect(lifecyclePolicyOf()).toMatchObject({ rules: [{ selection }] });
    });

    it.each([
        [[{ tagStatus: "any" }], /maximumNumberOfImages or maximumAgeLimit/],
        [[{ tagStatus: "tagged", maximumAgeLimit: 1 }], /tagPrefixList/],
        [[1, 2].map((maximumAgeLimit) => ({ tagStatus: "any", maximumAgeLimit })), /At most one/],
    ])("refuses %j", (rules, reason) => {
        expect(() => lifecyclePolicyOf(rules)).toThrow(reason);
    });
});
